"""Somebody sends one mail that takes for ever to read, or more memory than there is."""

import asyncio
import base64
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest

from hallway.integrations.mail.parsing import LARGEST, TooComplexMail, UnreadableMail
from hallway.integrations.mail.reading import read
from hallway.integrations.sandbox import Sandbox
from hallway.notifications.mails import _read_apart
from hallway.usecases.transaction import Store
from tests.security.postbox import postbox, working
from tests.security.test_freeze_the_server_with_a_text import is_steady

HEAD = b"From: Maya <maya@x.example>\r\nMessage-ID: <1@x.example>\r\n"


def plain(text: str) -> bytes:
    return HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(text.encode())


def page(text: str) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()


def charset(name: str, size: int) -> bytes:
    return HEAD + f"Content-Type: text/plain; charset={name}\r\n\r\n".encode() + b"a" * size + b"-" + b"z" * size


def of(head: str, size: int) -> bytes:
    return HEAD + head.encode() * (size // len(head)) + b"\r\n\r\nYes."


def header(name: str, value: str, size: int) -> bytes:
    return HEAD + f"{name}: ".encode() + value.encode() * (size // len(value)) + b"\r\n\r\nYes."


def nested(size: int) -> bytes:
    """Each part has one part."""
    parts = [f'Content-Type: multipart/mixed; boundary="b{one}"\r\n\r\n--b{one}\r\n' for one in range(size // 60)]
    return HEAD + "".join(parts).encode() + b"\r\nYes."


MAILS: dict[str, Callable[[int], bytes]] = {
    "the first pattern": lambda size: plain("1" * 140 + "(" + "@" * size),
    "Swedish introductions": lambda size: plain("Den " + " skrev " * (size // 7)),
    "dates": lambda size: plain(("2026/1/1 " + " <@" * 100 + "\n") * (size // 310)),
    "our line": lambda size: plain("##-" * (size // 3)),
    "quotes": lambda size: plain(">\n" * (size // 2)),
    "nested parts": nested,
    "attached mails": lambda size: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * (size // 32) + b"Yes.",
    "many parts": lambda size: (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * (size // 10)
    ),
    "many headers": partial(of, "a: b\r\n"),
    "parameters": partial(header, "Content-Type", 'text/plain; ";";'),
    "comments": partial(header, "From", "("),
    "encoded words": partial(header, "Subject", "=?utf-8?q?"),
    "ids": partial(header, "References", "<aaaaaaaaaaaaaaaaaaaaaaaaa.1"),
    "recipients": partial(header, "To", "a+b, "),
    "punycode": partial(charset, "punycode"),
    "idna": partial(charset, "idna"),
    "utf-7": partial(charset, "utf-7"),
    "attributes": lambda size: page("<p " + " ".join(f"a{one}" for one in range(size // 6)) + ">x"),
    "deep blocks": lambda size: page("<blockquote>" * (size // 20) + "<br>" * (size // 10)),
    "margins": lambda size: page("<p style='margin-top:99999999em;padding-left:99999em'>x</p>" * (size // 60)),
    "wide tables": lambda size: page("<table><tr>" + "<td>a" * (size // 10) + "<tr><td>" + "<br>" * (size // 10)),
}


def outcome(content: bytes) -> None:
    """Read it, or find that it is none."""
    try:
        read(content, "maya@x.example", [])
    except UnreadableMail:
        return


@pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS.keys())
def test_a_mail_of_twice_the_size_takes_twice_the_time(mail: Callable[[int], bytes]) -> None:
    made = {size: mail(size) for size in (500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000)}
    assert is_steady(lambda size: outcome(made[size]))


@pytest.mark.slow
@pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS.keys())
def test_the_largest_mail_is_read_or_refused_soon(mail: Callable[[int], bytes]) -> None:
    content = mail(1_000_000)
    began = time.thread_time()
    outcome(content)
    assert time.thread_time() - began < 10


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"\r\n" + b"a" * LARGEST,
        HEAD + b"\r\n" + b"\n" * 300_000,
        MAILS["nested parts"](20_000),
        MAILS["attached mails"](20_000),
        MAILS["many parts"](20_000),
        MAILS["many headers"](20_000),
    ],
)
def test_what_no_person_s_mail_has_is_refused_while_it_is_taken_apart(content: bytes) -> None:
    with pytest.raises(TooComplexMail):
        read(content, "maya@x.example", [])


def test_a_mail_with_much_in_it_is_read() -> None:
    received = "".join(
        f"Received: from a{one}.example by b.example; Mon, 2 Nov 2026 10:00:00 +0000\r\n" for one in range(60)
    )
    files = "".join(
        f"--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename={one}.png\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(bytes(30_000)).decode()}\r\n"
        for one in range(40)
    )
    text = "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee the pictures.\r\n"
    body = f"Content-Type: multipart/mixed; boundary=b\r\n\r\n{text}{files}--b--\r\n"
    found = read(HEAD + received.encode() + body.encode(), "maya@x.example", [])
    assert (found.text, found.files) == ("See the pictures.", 40)


@pytest.mark.anyio
async def test_the_server_goes_on_while_it_reads_the_mail_that_froze_it(store: Store) -> None:
    turns = 0

    async def breathe() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    breathing = asyncio.create_task(breathe())
    with closing(Sandbox()) as sandbox:
        box = postbox(store, read=partial(_read_apart, sandbox, ""))
        async with working(box):
            assert await box.bring("1" * 140 + "(" + "@" * 22_000, number=1)
            assert await box.bring("Yes.", number=2)
            await box.until_worked_on()
    breathing.cancel()
    assert turns > 100
    assert box.bodies()[1:] == ["Yes."]
    assert [one.text for one in box.returned] == ["returned-too-long"]
