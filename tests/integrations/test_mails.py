"""Answers as many mail programs write them: what the person wrote is found, and nothing else."""

import pytest

from hallway.integrations.mail.quotes import answer_in_html, answer_in_text
from hallway.integrations.mail.reading import UnreadableMail, read

NOTICE = "##- Write your reply above this line -##\n\nMessage from Priya Raman\n\n28 Nov 2026, 10:00\nWhen do you come?"
QUOTED = "\n".join(f"> {line}".rstrip() for line in NOTICE.split("\n"))
ANSWER = "At nine.\n\nShall I bring the plan?"

TEXTS = {
    "gmail, English": f"{ANSWER}\n\nOn Sat, 28 Nov 2026 at 10:00, Priya Raman (Northwind) <noreply@hall.example> wrote:\n\n{QUOTED}\n",
    "gmail, English, wrapped": f"{ANSWER}\n\nOn Sat, Nov 28, 2026 at 10:00 AM Priya Raman (Northwind Academy) <\nnoreply@hall.example> wrote:\n\n{QUOTED}\n",
    "gmail, German": f"{ANSWER}\n\nAm Sa., 28. Nov. 2026 um 10:00 Uhr schrieb Priya Raman <noreply@hall.example>:\n\n{QUOTED}\n",
    "gmail, Russian": f"{ANSWER}\n\nсб, 28 нояб. 2026 г. в 10:00, Priya Raman <noreply@hall.example>:\n\n{QUOTED}\n",
    "gmail, Chinese": f"{ANSWER}\n\nPriya Raman <noreply@hall.example> 于2026年11月28日周六 10:00写道：\n\n{QUOTED}\n",
    "gmail, French": f"{ANSWER}\n\nLe sam. 28 nov. 2026 à 10:00, Priya Raman <noreply@hall.example> a écrit :\n\n{QUOTED}\n",
    "apple, English": f"{ANSWER}\n\n> On 28. Nov 2026, at 10:00, Priya Raman <noreply@hall.example> wrote:\n> \n{QUOTED}\n",
    "apple, phone": f"{ANSWER}\n\nSent from my iPhone\n\n> On 28 Nov 2026, at 10:00, Priya Raman <noreply@hall.example> wrote:\n>\n{QUOTED}\n",
    "mail.ru": f"{ANSWER}\n\nСуббота, 28 ноября 2026, 10:00 +03:00 от Priya Raman <noreply@hall.example>:\n\n{QUOTED}\n",
    "outlook, English": f"{ANSWER}\r\n\r\n________________________________\r\nFrom: Priya Raman <noreply@hall.example>\r\nSent: Saturday, November 28, 2026 10:00 AM\r\nTo: Maya Lindqvist <maya@northwind.example>\r\nSubject: Message from Priya Raman\r\n\r\n{NOTICE}\r\n",
    "outlook, German": f"{ANSWER}\n\n-----Ursprüngliche Nachricht-----\nVon: Priya Raman <noreply@hall.example>\nGesendet: Samstag, 28. November 2026 10:00\nAn: Maya\nBetreff: Message\n\n{NOTICE}\n",
    "outlook, Russian": f"{ANSWER}\n\nОт: Priya Raman <noreply@hall.example>\nОтправлено: 28 ноября 2026 г. 10:00\nКому: Maya\nТема: Message\n\n{NOTICE}\n",
    "thunderbird, below": f"On 28.11.26 10:00, Priya Raman wrote:\n{QUOTED}\n\n{ANSWER}\n",
    "only our line": f"{ANSWER}\n\n{NOTICE}\n",
    "our line, quoted by a program nobody knows": f"{ANSWER}\n\n| ##- Напишите ответ над этой строкой -##\n| …\n",
    "a signature": f"{ANSWER}\n\n-- \nMaya Lindqvist\nNorthwind\n\nOn Sat, 28 Nov 2026 at 10:00, Priya <a@b.example> wrote:\n{QUOTED}\n",
    "nothing quoted": f"{ANSWER}\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_plain_answer_is_what_the_person_wrote(text: str) -> None:
    assert answer_in_text(text) == ANSWER


HTML = "<div>At nine.</div><div><br></div><div>Shall I bring <b>the plan</b>?</div>"
NOTICE_HTML = NOTICE.replace("\n", "<br>")
PAGES = {
    "gmail": f'{HTML}<br><div class="gmail_quote"><div dir="ltr">On Sat, 28 Nov 2026 at 10:00, Priya Raman &lt;<a href="mailto:noreply@hall.example">noreply@hall.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">{NOTICE_HTML}</blockquote></div>',
    "outlook": f'<html><body>{HTML}<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> Priya Raman &lt;noreply@hall.example&gt;<br><b>Sent:</b> Saturday, November 28, 2026 10:00 AM<br><b>To:</b> Maya<br><b>Subject:</b> Message</p></div>{NOTICE_HTML}</body></html>',
    "apple": f'<html><body>{HTML}<br><blockquote type="cite"><div>On 28 Nov 2026, at 10:00, Priya Raman &lt;noreply@hall.example&gt; wrote:</div><br>{NOTICE_HTML}</blockquote></body></html>',
    "our line alone": f"{HTML}<br>{NOTICE_HTML}",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_an_answer_in_html_is_what_the_person_wrote(page: str) -> None:
    assert answer_in_html(page).split() == ANSWER.split()


def test_a_quote_without_an_answer_is_none() -> None:
    assert answer_in_text(f"On Sat, 28 Nov 2026 at 10:00, Priya <a@b.example> wrote:\n{QUOTED}\n") == ""


HEAD = b"From: =?windows-1251?B?zODj?= <maya@northwind.example>\r\nMessage-ID: <1@a.example>\r\nMIME-Version: 1.0\r\n"


@pytest.mark.parametrize(
    ("kind", "encoding", "body"),
    [
        ('text/plain; charset="windows-1251"', "8bit", "Приду в девять.".encode("windows-1251")),
        (
            'text/plain; charset="utf-8"',
            "quoted-printable",
            b"=D0=9F=D1=80=D0=B8=D0=B4=D1=83 =D0=B2 =D0=B4=D0=B5=D0=B2=D1=8F=D1=82=D1=8C.",
        ),
        ('text/plain; charset="koi8-r"', "base64", b"8NLJxNUg1yDExdfR1Nguaaaa"[:20] + b"\r\n"),
        ('text/plain; charset="no-such-charset"', "8bit", "Приду в девять.".encode()),
        ("text/plain", "8bit", "Приду в девять.".encode("windows-1251")),
        ('text/html; charset="utf-8"', "8bit", "<p>Приду в девять.</p>".encode()),
    ],
)
def test_whatever_a_text_is_written_in(kind: str, encoding: str, body: bytes) -> None:
    head = HEAD + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    assert read(head + body, "maya@northwind.example", []).text.startswith("Приду в де")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Nobody\r\n\r\nHello",
        b"From: nobody\r\n\r\nHello",
        b"From: <<@>>\r\nTo: \xff\r\n\r\n",
    ],
)
def test_what_is_no_mail_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(UnreadableMail):
        read(content, "a@b.example", [])


def test_a_picture_that_a_signature_shows_is_no_file() -> None:
    parts = (
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Yes</p><img src="cid:1">\r\n'
        b"--b\r\nContent-Type: image/png\r\nContent-ID: <1>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b--\r\n"
    )
    found = read(HEAD + parts, "maya@northwind.example", [])
    assert (found.text, found.files) == ("Yes", 0)


@pytest.mark.parametrize(
    ("header", "is_forged"),
    [
        ("Authentication-Results: mx.hall.example; spf=fail; dmarc=fail header.from=x.example", True),
        ("Authentication-Results: mx.hall.example 1;\n\tspf=pass;\n\tdmarc = FAIL (p=NONE)", True),
        ("Authentication-Results: mx.hall.example; dmarc=pass", False),
        ("Authentication-Results: mx.hall.example; spf=fail; dmarc=none", False),
        ("Authentication-Results: elsewhere.example; dmarc=fail", False),
        ("Authentication-Results: mx.hall.example.evil.example; dmarc=fail", False),
        (
            "Authentication-Results: mx.hall.example; dmarc=fail\nAuthentication-Results: mx.hall.example; dmarc=pass",
            True,
        ),
        ("Authentication-Results: ;", False),
        ("Authentication-Results:", False),
        ("X-Nothing: here", False),
    ],
)
def test_the_operators_mail_server_says_what_is_forged(header: str, is_forged: bool) -> None:
    content = f"From: a@x.example\n{header}\nSubject: dmarc=fail\n\nHello; dmarc=fail\n".encode()
    assert read(content, "a@x.example", [], trusts="mx.hall.example").is_forged is is_forged
    assert not read(content, "a@x.example", []).is_forged


def test_the_same_mail_has_one_fingerprint_by_whatever_way_it_comes() -> None:
    one = HEAD + b"\r\nHello"
    assert read(one, "a@b.example", []).fingerprint == read(b"Received: x\r\n" + one, None, []).fingerprint
    other = one.replace(b"<1@a.example>", b"<2@a.example>")
    assert read(one, None, []).fingerprint != read(other, None, []).fingerprint
