"""What a mail says in its parts: the whole text, in its charset, its paragraphs and links as they were meant; the rest is a file."""

from base64 import encodebytes

import pytest
import webencodings

from hallway.integrations.mail.html import text_of
from hallway.integrations.mail.parsing import LARGEST
from hallway.integrations.mail.quotes import answer_in_html
from hallway.integrations.mail.reading import read
from hallway.usecases.notifications.mail_replies import Incoming

HEAD = "From: Maya <maya@x.example>\nMessage-ID: <1@x.example>\nMIME-Version: 1.0\n"
PLAIN, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"
PICTURE = "image/png\nContent-Disposition: inline; filename=plan.png\nContent-Transfer-Encoding: base64"
MAIL = 'message/rfc822\nContent-Disposition: attachment; filename="x.eml"'
SALARIES = "From: boss@x.example\nSubject: Salaries\nContent-Type: text/plain\n\nKeep this between us."
QUOTED = "On Mon, 2 Nov 2026 at 10:00, Daniel <d@example.org> wrote:\n> Where is the plan?"


def mail(kind: str, body: str | bytes) -> Incoming:
    content = f"{HEAD}Content-Type: {kind}\n\n".encode() + (body if isinstance(body, bytes) else body.encode())
    return read(content.replace(b"\n", b"\r\n"), "maya@x.example", [])


def of(kind: str, *parts: tuple[str, str]) -> str:
    """A mail of parts, from its kind on."""
    inside = "".join(f"--{kind}\nContent-Type: {head}\n\n{body}\n" for head, body in parts)
    return f'multipart/{kind}; boundary="{kind}"\n\n{inside}--{kind}--\n'


def parts(kind: str, *given: tuple[str, str]) -> Incoming:
    head, _, body = of(kind, *given).partition("\n\n")
    return mail(head, body)


def nested(kind: str, *given: tuple[str, str]) -> tuple[str, str]:
    """Such a mail as a part of another one."""
    head, _, body = of(kind, *given).partition("\n\n")
    return head, body


@pytest.mark.parametrize(
    ("found", "text", "files"),
    [
        (parts("mixed", (PLAIN, "One."), (PICTURE, "iVBORw0K"), (PLAIN, f"Two.\n\n{QUOTED}")), "One.\n\nTwo.", 1),
        (parts("mixed", (HTML, "<p>One."), (PICTURE, "iVBORw0K"), (HTML, "<p>Two.")), "One.\n\nTwo.", 1),
        (parts("alternative", (PLAIN, "Plain"), (HTML, "<p>Page")), "Plain", 0),
        (parts("alternative", (HTML, "<p>Page"), (PLAIN, "Plain")), "Plain", 0),
        (parts("alternative", (PLAIN, " \n"), (HTML, "<p>Page")), "Page", 0),
        (parts("alternative", (PLAIN, QUOTED), (HTML, "<p>Page")), "Page", 0),
        (parts("alternative", (PLAIN, "I come."), ("text/calendar", "BEGIN:VCALENDAR")), "I come.", 0),
        (
            parts("alternative", (PLAIN, " "), nested("mixed", (HTML, "<p>One."), (PICTURE, "iVBO"), (HTML, "<p>Two."))),
            "One.\n\nTwo.",
            1,
        ),
        (parts("mixed", nested("alternative", (PLAIN, "One."), (HTML, "<p>1.")), (PLAIN, "Two.")), "One.\n\nTwo.", 0),
        (parts("mixed", (PLAIN, "Same words."), (HTML, "<p>Same <b>words</b>.")), "Same words.", 0),
        (parts("signed", (PLAIN, "Yes."), ("application/pgp-signature; name=x.asc", "iQ")), "Yes.", 0),
        (parts("mixed", (PLAIN, "Yes."), ("application/pgp-signature; name=x.asc", "iQ")), "Yes.", 1),
        (parts("mixed", (PLAIN, "Yes."), ("text/calendar", "BEGIN:VCALENDAR")), "Yes.", 1),
        (parts("mixed", (PLAIN, "See there."), ("text/plain; name=notes.txt", "Mine.")), "See there.", 1),
        (parts("mixed", (PLAIN, "See there."), ("text/html; name*=undefined''x", "Mine.")), "See there.", 1),
        (parts("mixed", (HTML, "<p>See there."), (MAIL, SALARIES)), "See there.", 1),
        (parts("mixed", (PLAIN, "See there."), (MAIL, SALARIES)), "See there.", 1),
        (parts("mixed", (PLAIN, "See there."), ("message/rfc822", SALARIES)), "See there.", 1),
        (parts("mixed", (PLAIN, ""), (MAIL, SALARIES)), "", 1),
        (mail("message/rfc822", SALARIES), "", 1),
    ],
)  # fmt: skip
def test_all_that_a_person_wrote_is_read_and_all_else_is_a_file(found: Incoming, text: str, files: int) -> None:
    assert (found.text, found.files) == (text, files)


def test_of_a_mail_that_was_cut_something_is_missing() -> None:
    content = f"{HEAD}Content-Type: text/plain\nX-Long: ".encode() + b"x" * 80 + b"\n\nYes.\n\n-- \n" + b"x" * LARGEST
    assert read(content[:LARGEST], None, []).files == 1
    assert read(content[:400], None, []).files == 0


@pytest.mark.parametrize("label", [*webencodings.labels.LABELS, "utf-7", "cp850", "iso-2022-kr", "hz-gb-2312"])
def test_every_name_of_a_charset_is_known(label: str) -> None:
    assert mail(f"text/plain; charset={label}", b"Yes.").text == "Yes."


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "It’s fine – at nine, 5 €"),
        ("us-ascii", "cp1252", "It’s fine"),
        ("x-cp1252", "cp1252", "It’s fine"),
        ("'iso-8859-1'", "cp1252", "It’s fine"),
        ("gb2312", "gbk", "朱镕基，谢谢。"),
        ("x-gbk", "gbk", "谢谢"),
        ("ks_c_5601-1987", "cp949", "감사합니다 똠방"),
        ("windows-949", "cp949", "똠방"),
        ("shift_jis", "cp932", "①九時に行きます"),
        ("x-sjis", "cp932", "①"),
        ("big5", "big5hkscs", "你好"),
        ("iso-8859-8-i", "iso-8859-8", "אני בא בתשע"),
        ("logical", "iso-8859-8", "אני בא בתשע"),
        ("iso-8859-9", "cp1254", "Dokuzda – tamam"),
        ("tis-620", "cp874", "สวัสดี…"),
        ("dos-874", "cp874", "สวัสดี"),
        ("x-mac-cyrillic", "mac-cyrillic", "Приду"),
        ("koi8-r", "koi8-r", "её"),
        ("cp866", "cp866", "Приду"),
        ("utf-7", "utf-7", "Größe"),
        ("utf-16", "utf-16-le", "Größe\n九時"),
        ("utf-16be", "utf-16-be", "Größe\n九時"),
        ("utf-16", "utf-16", "Größe\n九時"),
        ("unicode", "utf-8", "Größe\n九時"),
        ("iso-2022-jp", "iso2022_jp", "九時"),
        ("x-unknown", "utf-8", "Größe"),
        ("unknown-8bit", "cp1252", "Die Größe stimmt so"),
        ("x-unknown", "cp1251", "Приду в девять"),
        ("utf8", "utf-8-sig", "Größe"),
        ("iso-8859-1", "utf-8", "Größe"),
        ("us-ascii", "utf-8", "Приду"),
        ("windows-1252", "utf-8", "🦔 at nine"),
        ("iso-8859-1", "cp1252", "Viel Spaß…"),
        ("utf-8", "cp1252", "Die Größe stimmt so"),
    ],
)
def test_a_charset_is_read_as_it_is_meant_in_the_world(charset: str, encoding: str, text: str) -> None:
    head = f"text/plain; charset={charset}\nContent-Transfer-Encoding: base64"
    assert mail(head, encodebytes(text.encode(encoding))).text == text


def test_a_page_may_say_itself_what_it_is_written_in() -> None:
    page = '<html><head><meta http-equiv=Content-Type content="text/html; charset=koi8-r"></head><p>Приду'
    assert mail("text/html", page.encode("koi8-r")).text == "Приду"
    assert mail("text/html; charset=windows-1251", page.encode("windows-1251")).text == "Приду"


def test_one_broken_letter_changes_no_other() -> None:
    text = "Приду в девять, если поезд не опоздает, и принесу план с собой."
    assert mail("text/plain; charset=utf-8", text.encode() + b"\xd0").text == f"{text}\ufffd"


FLOWED = "text/plain; charset=utf-8; format=flowed"


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (FLOWED, "One \nparagraph.\n\nAnother\none.", "One paragraph.\n\nAnother\none."),
        (f"{FLOWED}; delsp=yes", "この章の \n二番目", "この章の二番目"),
        (FLOWED.replace("flowed", '"Flowed"'), "One \nparagraph.", "One paragraph."),
        (FLOWED, "The rule is:\n > 5 metres\nRight?", "The rule is:\n> 5 metres\nRight?"),
        (FLOWED, "Yes.\n  indented\n From here", "Yes.\n indented\nFrom here"),
        (FLOWED, "> 5 metres\n>> 6 \n>> 7\nRight?", "Right?"),
        (FLOWED, "Yes. \n> No.\nMaybe.", "Yes. \n\nMaybe."),
        (FLOWED, f"Yes, that is \nright.\n\n-- \nMaya \nNorthwind\n\n{QUOTED}", "Yes, that is right."),
        (FLOWED, f"On slide 4: \n1. One\n\n{QUOTED.replace('Daniel', 'Daniel ').replace(' <d', chr(10) + '<d')}", "On slide 4: 1. One"),
        ("text/plain", "One \nline.", "One \nline."),
    ],
)  # fmt: skip
def test_a_soft_break_is_none(kind: str, body: str, text: str) -> None:
    assert mail(kind, body).text.replace(" \n\n", "\n\n") == text.replace(" \n\n", "\n\n")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('See <a href="https://x.example/plan">the plan</a>.', "See the plan (https://x.example/plan)."),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="http://www.x.example/a%20b">https://x.example/a b</a>', "https://x.example/a b"),
        ('<a href="mailto:a@x.example">Anna</a>, <a href="mailto:a@x.example">a@x.example</a>', "Anna (a@x.example), a@x.example"),
        ('<a href="tel:+4930">call me</a>', "call me (+4930)"),
        ('<a href="https://safe.example/?url=https%3A%2F%2Fx.example%2Fplan&d=1">https://x.example/plan</a>', "https://x.example/plan"),
        ('<a href="https://x.example/">https://other.example/</a>', "https://other.example/ (https://x.example/)"),
        ('<a href="https://x.example/"><img alt="Plan"></a><img alt="😀"><img src="cid:1">', "[Plan] (https://x.example/)😀"),
        ('<a href="https://x.example/"></a>Yes', "https://x.example/ Yes"),
        ('<a href="javascript:alert(1)">x</a><a name="y">y</a><a href="#z">z</a>', "xyz"),
        ("<p>One</p><br><br><br><br><p>Two</p>", "One\n\nTwo"),
        ('<blockquote class="gmail_quote" style="margin:0 0 0 40px;border:none;padding:0px">My own.</blockquote>', "My own."),
        ("<div>Yes.</div><div>-- </div><div>Maya</div>", "Yes."),
        (f'<img src="data:image/png;base64,{"A" * 600_000}"><p>Behind the picture.', "Behind the picture."),
    ],
)  # fmt: skip
def test_links_keep_their_address_and_no_word_is_lost(page: str, text: str) -> None:
    assert answer_in_html(page) == text


def test_a_link_grows_a_page_no_more_than_it_is_long() -> None:
    page = f'<a href="https://x.example/{"a" * 1_900}">x</a>' * 100
    assert len(text_of(page)) <= len(page)
