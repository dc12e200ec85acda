"""Somebody sends a mail that cannot be worked on, so that everything behind it waits, or gets lost."""

import asyncio
import base64

import pytest

from hallway.integrations.mail.mailbox import FETCHINGS, Fetcher
from hallway.usecases.notifications import inbound
from hallway.usecases.notifications.inbound import Envelope
from hallway.usecases.notifications.mail_replies import Incoming
from hallway.usecases.transaction import Store
from tests.contracts.world import HERE
from tests.security.postbox import postbox, read_here, working

pytestmark = pytest.mark.anyio


NUL_SUBJECT = f"Subject: =?utf-8?b?{base64.b64encode(b'a' + bytes(3) + b'b').decode()}?=\n"


@pytest.mark.parametrize(
    ("head", "text", "said"),
    [
        (NUL_SUBJECT, "Yes.", "Yes."),
        ("", "Ye\x00s\x1b[31m.\x0cPage\ttwo", "Yes[31m.\nPage\ttwo"),
        ("", "Yes\u0085no\u2028\u202emaybe", "Yes\nno\nmaybe"),
        ("Content-Type: text/plain; charset=utf-7\n", b"Yes+2AA-.", "Yes."),
        ("Content-Type: text/plain; charset=punycode\n", "Yes.", "Yes."),
        ("Content-Type: text/html\n", "<p>Yes&#0;&#1;&#x202e;.", "Yes\ufffd."),
    ],
)
async def test_what_no_database_takes_is_cleaned_out_of_a_mail(
    store: Store, head: str, text: str | bytes, said: str
) -> None:
    box = postbox(store)
    async with working(box):
        assert await box.bring(text, head=head, number=1)
        assert await box.bring("And this?", number=2)
        await box.until_worked_on()
    assert [one.replace("\ufffd", "") for one in box.bodies()[1:]] == [said.replace("\ufffd", ""), "And this?"]


async def test_controls_in_a_mail_that_is_kept_aside_are_cleaned(store: Store) -> None:
    box = postbox(store)
    box.token = "nobodys"
    async with working(box):
        await box.bring("Buy", head=NUL_SUBJECT)
        await box.until_worked_on()
    (kept,) = store.read(lambda tx: tx.mails.kept(HERE, 9))
    assert (kept.reason, kept.subject) == ("no_address", "ab")


async def test_a_mail_that_fails_each_time_is_set_aside_with_its_reason_and_harms_no_other(store: Store) -> None:
    async def read(content: bytes, envelope: Envelope) -> Incoming:
        if b"poison" in content:
            message = "this mail\x00 ends whoever reads it"
            raise RuntimeError(message)
        return await read_here(content, envelope)

    box = postbox(store, read=read)
    async with working(box):
        assert await box.bring("poison", number=1)
        assert await box.bring("Yes.", number=2)
        await box.until_worked_on()
    assert box.bodies()[1:] == ["Yes."]
    (aside,) = store.read(lambda tx: tx.jobs.set_aside(HERE, 9))
    assert aside.kind == "inbound_mail"
    assert "ends whoever reads it" in (aside.reason or "")


@pytest.mark.slow
async def test_what_was_accepted_is_neither_lost_nor_doubled(store: Store) -> None:
    box = postbox(store)
    for _ in range(2):
        assert await box.bring("Yes.")  # nobody works, as if the process ended just then
    assert box.bodies()[1:] == []
    next_one = postbox(store)
    async with working(next_one):
        await next_one.until_worked_on()
        assert await next_one.bring("Yes.")  # the mail server did not hear that it was taken
        await next_one.until_worked_on()
    assert next_one.bodies()[1:] == ["Yes."]


@pytest.mark.slow
async def test_when_too_many_wait_the_next_one_is_to_come_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbound, "MOST_WAITING", 1)
    box = postbox(store)
    assert await box.bring("One", number=1)
    assert await box.bring("One", number=1)
    assert not await box.bring("Two", number=2)


async def test_a_mail_that_ends_the_connection_stays_in_the_mailbox_and_those_behind_it_are_fetched() -> None:
    class Mailbox:
        client: "Mailbox"

        def __init__(self) -> None:
            self.client = self
            self.flagged: list[str] = []

        def uids(self, _: object) -> list[str]:
            return [one for one in ("1", "2") if one not in self.flagged]

        def uid(self, _: str, uid: str, __: str) -> tuple[str, list[object]]:
            if uid == "1":
                message = "got more than 1000000 bytes"
                raise OSError(message)
            return "OK", [(b"", b"mail")]

        def flag(self, uids: list[str], *_: object, **__: object) -> None:
            self.flagged += uids

    async def take(*_: object) -> bool:
        return True

    loop = asyncio.get_running_loop()
    mailbox, fetcher = Mailbox(), Fetcher("imap://a:b@127.0.0.1", take)
    for _ in range(FETCHINGS):
        with pytest.raises(OSError, match="bytes"):
            await asyncio.to_thread(fetcher._fetch_some, mailbox, loop)  # type: ignore[arg-type] - a part of one
    assert await asyncio.to_thread(fetcher._fetch_some, mailbox, loop) == 1  # type: ignore[arg-type]
    assert mailbox.flagged == ["2"]
