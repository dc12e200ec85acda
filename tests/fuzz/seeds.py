"""What the hunt for each parser begins with: good inputs of every kind, and the hostile ones that are known."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from hallway.broker import envelope
from hallway.broker.codecs import FullCodec
from hallway.demo.portraits import portrait
from hallway.domain.events import FactsChanged
from hallway.domain.ids import UserId
from hallway.integrations.sandbox_process import Crashed, Done, OutOfMemory, Refused
from hallway.notifications.channels.web_push.delivery import new_key, public_key
from hallway.storage.backup.form import Head, TableHead, block_of, writing, zstd
from hallway.transport.cursors import to_cursor
from hallway.usecases.access import signing
from hallway.usecases.errors import Problem
from hallway.usecases.imports.sheets import ImportKind, Sheet, SheetLine
from tests.fuzz.parsers import ACCOUNT, SECRET, bodies
from tests.photos import KINDS, photo
from tests.security.workbooks import cell, row, sheet, strings, workbook

FAILED = Path(__file__).parent / "failed"
TESTS = Path(__file__).parents[1]
DEEP = 5_000
"""Brackets in one another: more than any parser follows."""
PERSON = "01a210b7-f773-7f5a-a746-a1e47882416b"


def failed(name: str) -> Mapping[str, bytes]:
    """What a parser stumbled over once, by the name of the file that keeps it."""
    folder = FAILED / name
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def seeds(name: str) -> Mapping[str, bytes]:
    """What the hunt for a parser begins with, numbered."""
    return {f"seed {number}": content for number, content in enumerate(made(name))}


@cache
def made(name: str) -> tuple[bytes, ...]:
    """Made once: some take a moment."""
    return tuple(MAKERS[name]())


# Mail.

ANSWERS = (
    "At nine.\n\nOn Sat, 28 Nov 2026 at 10:00, Priya Raman <a@b.example> wrote:\n\n> When do you come?\n",
    "At nine.\n\n-- \nMaya\n\n-----Ursprüngliche Nachricht-----\nVon: Priya <a@b.example>\nGesendet: heute\n\nWann?\n",
    "В девять.\n\nсб, 28 нояб. 2026 г. в 10:00, Priya <a@b.example>:\n\n> Когда?\n\nОтправлено с iPhone\n",
    "九点。\n\nPriya <a@b.example> 于2026年11月28日周六 10:00写道：\n\n> 几点?\n",
    "في التاسعة\n\nكتبت Priya في 28 نوفمبر:\n\n> متى؟\n",
    "On 28.11.26 10:00, Priya Raman wrote:\n> When?\n\nAt nine.\n\n##- Write your reply above this line -##\n",
    "At nine.\n\nFrom: Priya <a@b.example>\nSent: 2 November 2026 10:00\nTo: Maya\nSubject: When\n\n[EXTERNAL]\n\nWhen?",
    "At nine.\n> 5 metres\n\nDaniel <d@b.example> schrieb am Mo., 2. Nov. 2026 um\n10:00 Uhr:\n> When?\n\nGet Outlook for iOS<https://aka.ms/x>",
    "---------- Forwarded message ---------\nFrom: a\nDate: 1\nTo: b\nSubject: c\n",
    "1" * 140 + "(" + "@" * 2_000,
    "On " + "a " * 2_000,
    "> " * 2_000,
    "-" * 4_000,
    "\n" * 4_000,
    " " * 4_000 + "x",
)
PAGES = (
    '<div>At <b>nine</b>.</div><div class="gmail_quote">On Sat Priya &lt;a@b.example&gt; wrote:<blockquote>When?</blockquote></div>',
    '<html><body><p>At nine.</p><blockquote type="cite"><div>On 28 Nov Priya wrote:</div>When?</blockquote></body></html>',
    "<table><tr><td>At</td><td>nine</td></tr></table><br><hr>##- Write your reply above this line -##<p>When?",
    'See <a href="https://b.example/plan">the <img alt="plan"></a> and <a href="mailto:a@b.example">Priya<a href="tel:1">.',
    '<div>-- <br>Maya</div><blockquote class="gmail_quote" style="border:none">Mine</blockquote><img src="data:image/png;base64,AAAA">',
    "<div>" * 1_000,
    "<blockquote>" * 300 + "x" + "</blockquote>" * 300,
    "<table><tr><td>" * 300,
    "<!--" * 1_000,
    '<p style="' + "margin:9999999em;" * 50 + '">x</p>',
    '<table><tr><td rowspan="99999999" colspan="99999999">x</td></tr></table>',
    "<ul>" + "<li>x" * 500,
    "&#x110000;&#0;&#xd800;&" + "a" * 500 + ";",
    "\x00<\x00p\x00>",
)
ORIGINS = (
    "https://messages.example.org",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
    "null",
    "https://[",
    "http://a:99999999",
    "http://" + "." * 2_000,
)
FIELDS = (
    "Ada Lovelace",
    "ada@example.org",
    "ada@[127.0.0.1]",
    "a@[",
    "ада@пример.рф",
    '"a b"@example.org',
    "a@" + "xn--" * 50,
    "a@" + "a." * 120,
    "\u202eada",
    "\x00",
    "\ufdfa" * 200,
    "Europe/Oslo",
    "../../etc/passwd",
)
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Edg/" * 500,
    "\x00\xff",
    "",
)
HEAD = b"From: Maya <maya@example.org>\r\nTo: reply+abc@in.example.org\r\nMessage-ID: <1@a.example>\r\nSubject: Re: When\r\n"


def mails() -> Iterable[bytes]:
    """Whole mails."""
    yield from (path.read_bytes() for path in sorted((TESTS / "transport" / "mails").glob("*.eml")))
    for text in (*ANSWERS, *PAGES):
        kind = "html" if text.startswith("<") else "plain"
        yield HEAD + f'Content-Type: text/{kind}; charset="utf-8"\r\n\r\n{text}'.encode()
    flowed = "At nine. \r\n\r\n > 5 \r\n>> 6 \r\n-- \r\nMaya"
    yield HEAD + f"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n{flowed}".encode()
    parts = (
        b"--a\r\nContent-Type: text/html; charset=gb2312\r\n\r\n<meta charset=x><p>x\r\n"
        b"--a\r\nContent-Type: image/png; name*=punycode''x\r\n\r\nx\r\n--a\r\n\r\nz\r\n--a--"
    )
    for kind in (b"alternative", b"mixed", b"signed"):
        yield HEAD + b"Content-Type: multipart/" + kind + b"; boundary=a\r\n\r\n" + parts
    hostile = b64encode(("1" * 140 + "(" + "@" * 4_000).encode())
    yield HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + hostile
    yield HEAD + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\nx\r\n" * 300
    yield HEAD + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" * 300
    yield HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 300
    yield HEAD + b"From: <" * 300 + b"\r\n\r\n"
    yield b"From: " + b"(" * 2_000 + b"a@b\r\n\r\nx"
    yield b"From: a@b\r\nSubject: =?utf-8?B?AAAA?= =?utf-8?q?=00?=\r\n\r\nx"
    yield b"From: a@b\r\nFrom: c@d\r\n\r\nx"
    yield b"From: a@[\r\nReferences: " + b"<" * 2_000 + b"\r\n\r\nx"
    yield b"From: a@b\r\nContent-Type: text/plain; " + b"x*0*=a;" * 300 + b"\r\n\r\nx"
    yield b"From: a@b\r\nAuthentication-Results: mx.example.org; " + b"dmarc = " * 300 + b"\r\n\r\nx"
    yield b"From: a@b\r\nSubject: " + b"=?utf-8?q?" * 300 + b"\r\n\r\nx"
    yield b""


# Files to import.

CSV = (
    b"login,name,email\nada,Ada,ada@example.org\n",
    "login;name\nада;Ада\n".encode("windows-1251"),
    "\ufefflogin\tname\nada\tAda\n".encode("utf-16"),
    b'login,name\n"a ""b""","c\nd"\n',
    b'"' * 4_000,
    b"," * 4_000 + b"\n" + b"," * 4_000,
    b"\n" * 8_000,
    b"login\n\x00\n",
    b"\xff\xfe",
)


def sheet_parts() -> Iterable[bytes]:
    """A sheet's XML, and the texts that cells share; the first byte says which."""
    rows = row(1, cell("A1", "login"), cell("B1", "name")) + row(2, cell("A2", "ada"), '<c r="B2"><v>45000.5</v></c>')
    for xml in (
        sheet(rows),
        sheet(rows, dimension="A1:XFD1048576"),
        sheet(row(1, cell("A1", "a")) + row(1048576, cell("XFD1048576", "b"))),
        sheet(
            '<row r="-1"><c r="A0" t="s"><v>-1</v></c></row><row r="2"><c t="b"><v>x</v></c><c t="d"><v>y</v></c></row>'
        ),
        sheet('<row><c t="s"><v>99999999999999999999</v></c><c t="n"><v>1e999</v></c><c t="e"><v>#N/A</v></c></row>'),
        sheet(rows, before='<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
        sheet("<row>" * 300),
    ):
        yield b"\x00" + xml.encode()
    for xml in (
        strings("a", "b"),
        strings(before='<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "<sst>" * 300,
    ):
        yield b"\xff" + xml.encode()


def sheets() -> Iterable[bytes]:
    """Whole files."""
    yield from CSV
    yield from (workbook(one[1:].decode()) for one in sheet_parts() if one[:1] == b"\x00")
    whole = workbook(sheet(row(1, cell("A1", "login"))))
    yield whole[: len(whole) // 2]
    yield b"PK\x03\x04" + b"\x00" * 100


def uploads() -> Iterable[bytes]:
    """Files of each kind; the first byte says which."""
    for number in range(len(ImportKind)):
        yield from (bytes([number]) + one for one in CSV)
    yield b"\x00" + next(iter(sheets()))


def pages() -> Iterable[bytes]:
    """Small pages in several charsets, and what is no page."""
    head = '<meta property="og:title" content="A &amp; B"><meta name=description content=\'Of it\'><title>Größe</title>'
    yield f"utf-8\n<html><head>{head}</head>".encode()
    yield b"windows-1251\n" + "<title>Привет</title>".encode("windows-1251")
    yield b"\n" + "<title>مرحبا</title>".encode("utf-16")
    yield b"zip\n<!DOCTYPE html [<!--<![CDATA[<title><svg><title>&#xD800;&#8238;&notanentity</svg>"
    yield b"See https://a.example/x_(y)) and http://me@example.org:80/ or *.b\xc3\xbccher.example"


def pictures() -> Iterable[bytes]:
    """Small pictures of every kind, with what cameras write into them, and cut in the middle."""
    made = [portrait("Ada"), *(photo(kind) for kind in KINDS)]
    yield from made
    yield from (one[: len(one) // 2] for one in made)


def sandbox_replies() -> Iterable[bytes]:
    """What a parser's process says, and what one might that somebody else has taken over."""
    found = Sheet(("login",), (SheetLine(2, ("ada",)),))
    for reply in (
        Done(msgspec.Raw(msgspec.msgpack.encode(found))),
        Done(msgspec.Raw(msgspec.msgpack.encode([7]))),
        Refused([Problem("file", "empty", "The file is empty.")]),
        OutOfMemory(),
        Crashed("ValueError"),
    ):
        yield msgspec.msgpack.encode(reply)
    yield b"\x91" * DEEP
    yield msgspec.msgpack.encode(Done(msgspec.Raw(b"\x91" * DEEP)))


# What programs and browsers send.


def frames() -> Iterable[bytes]:
    """Texts on the live connection."""
    golden = json.loads((TESTS / "transport" / "golden" / "frames.json").read_text("utf-8"))["client"]
    yield from (json.dumps(one).encode() for one in golden)
    yield json.dumps(golden).encode()
    yield from nested(b"")


def nested(before: bytes) -> Iterable[bytes]:
    """JSON that no one means well with."""
    for deep in (b"[" * DEEP, b'{"a":' * DEEP, b"[" * DEEP + b"]" * DEEP, b'{"type":"send","body":' + b"[" * DEEP):
        yield before + deep
    for odd in (
        b'{"seq":99999999999999999999}',
        b'{"a":1e999}',
        b'{"type":"ping","id":1,"a":1e999,"b":"\\u0000"}',
        b'{"type":"ping","id":1,"a":"\\xff","b":"\\u0000"}',
        b'{"body":"\\u0000\\ud800"}',
        b'{"a":"\xff"}',
        b"9" * 2_000,
    ):
        yield before + odd


def requests() -> Iterable[bytes]:
    """An empty body and one with a text in each field, of every kind."""
    for number, kind in enumerate(bodies()):
        names = [field.encode_name for field in msgspec.structs.fields(kind)]
        for values in (PERSON, "ada", 1, None, ["a"], True):
            yield bytes([number]) + json.dumps(dict.fromkeys(names, values)).encode()
    yield from nested(b"\x00")


def addresses() -> Iterable[bytes]:
    """Paths and queries."""
    yield from (
        b"/api/v1/people?q=maya&limit=20",
        b"/",
        b"/%00",
        b"/?q=%00",
        b"/%ff",
        b"/%C3%A9?%E2%82",
        b"/\xff",
        b"/%",
        b"/%u0000",
    )
    yield b"/" + b"a" * 2_000
    yield b"/" + b"%2f" * 600 + b"?" + b"&" * 200


def subscriptions() -> Iterable[bytes]:
    """Push subscriptions: an address, and two keys."""
    point = public_key(new_key())
    service = "https://fcm.googleapis.com/fcm/send/abc"
    for lines in (
        (service, point, "A" * 22),
        (service, point, "A" * 21),
        (service, "A" * 87, "A" * 22),
        (service, "é" * 87, ""),
        ("https://[", point, "A" * 22),
        ("https://fcm.googleapis.com@evil.example/", point, ""),
        ("https://a\u2100", "", ""),
    ):
        yield "\n".join(lines).encode()


def cursors() -> Iterable[bytes]:
    """Places in lists; the first byte says of which kind."""
    yield b"\x00" + (to_cursor(7) or "").encode()
    yield b"\xff" + (to_cursor(("ada", PERSON)) or "").encode()
    for odd in (2**63, 2**70, -1, 1e308, "\x00", ["\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), PERSON]):
        yield b"\x00" + (to_cursor(odd) or "").encode()
    yield b"\xff" + b64encode(b"[" * DEEP)
    yield b"\xff=" + b"A" * 99


# Tokens and secrets.


def tokens() -> Iterable[bytes]:
    """Signed texts, whole and cut."""
    whole = signing.signed(SECRET, "reply", "00" * 16).encode()
    yield from (
        whole,
        whole.upper(),
        whole[:-1],
        whole[:3],
        b"",
        b"a" * 64,
        "ß".encode() * 9,
        b"a=======",
        b"\x00" * 26,
    )


def secrets() -> Iterable[bytes]:
    """Secrets of sessions, and what begins like one."""
    yield from (b"AaIQt_dzf1qnRqHkeIJBaw~secret", b"AaIQt~x", b"~", b"secret", b"", b"\xff\xfe~a", b"A" * 22 + b"~" * 9)


# Files and envelopes of our own.


def backups() -> Iterable[bytes]:
    """A small backup, whole and cut."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "backup"
        head = Head(
            hallway="0.1.0",
            revision="0006",
            made_at=datetime(2026, 11, 28, tzinfo=UTC),
            tables=[TableHead("account", ["id", "name"], 2)],
        )
        with writing(path, head, replaces=False) as writer:
            writer.add(block_of("account", [[PERSON, "Ada"], [PERSON, "Ben"]]))
        whole = path.read_bytes()
    yield from (whole, whole[: len(whole) // 2], whole[:4], b"", zstd.compress(b"\x00" * 1_000_000))


def backup_lines() -> Iterable[bytes]:
    """The lines of one, and lines that say what cannot be."""
    whole = zstd.decompress(next(iter(backups())))
    yield whole
    yield whole.replace(b'"rows":2', b'"rows":-1')
    yield whole.replace(b'"rows":2', b'"rows":99999999999999999999')
    yield whole.replace(b'"rows":2', b'"rows":9999999999')
    yield whole.replace(b'"version":1', b'"version":99999999999999999999')
    yield whole.replace(b'"account"', b'"nothing"', 1)
    yield from nested(b"")
    yield from nested(whole.split(b"\n")[0] + b"\n")


def restored_lines() -> Iterable[bytes]:
    """A backup of one account without its last line, and what somebody might claim in it."""
    columns = {"id": PERSON, "name": "Northwind"}
    head = Head(
        hallway="0.1.0",
        revision="0001",
        made_at=datetime(2026, 11, 28, tzinfo=UTC),
        tables=[TableHead("account", [*columns], 1)],
    )
    block = json.dumps({"type": "block", "table": "account", "rows": 1}).encode() + b"\n"
    for values in ([*columns.values()], [PERSON, 7], [PERSON], [PERSON, "\x00"], [PERSON, "a" * 3_000]):
        yield msgspec.json.encode(head) + b"\n" + block + json.dumps(values).encode() + b"\n"
    whole = msgspec.json.encode(head) + b"\n" + block + json.dumps([*columns.values()]).encode() + b"\n"
    for old, new in (
        (b'"name":"account"', b'"name":"sqlite_master"'),
        (b'"columns":["id","name"]', b'"columns":["id","nothing"]'),
        (b'"columns":["id","name"]', b'"columns":[]'),
        (b'"revision":"0001"', b'"revision":"-1"'),
        (b'"Northwind"', b"[" * DEEP),
        (b'"Northwind"', b"\xff"),
    ):
        yield whole.replace(old, new)
    user = TableHead("conversation", ["account_id", "id", "last_seq"], 1)
    number = (
        msgspec.json.encode(
            Head(hallway="0.1.0", revision="0001", made_at=datetime(2026, 11, 28, tzinfo=UTC), tables=[user])
        )
        + b"\n"
    )
    yield number + block.replace(b"account", b"conversation") + json.dumps([PERSON, PERSON, 2**70]).encode() + b"\n"


def envelope_seeds() -> Iterable[bytes]:
    """What processes send each other, and what somebody else might."""
    events = [
        msgspec.Raw(FullCodec().write(FactsChanged(ACCOUNT, users))) for users in (None, frozenset({UserId(PERSON)}))
    ]
    yield envelope.encode(envelope.Envelope(process="one", account_id=ACCOUNT, number=1, word="", events=events))
    yield envelope.encode(envelope.Envelope(process="one", account_id=ACCOUNT, number=2, word="bye"))
    yield b'["one","a",1,"",[' + b"[" * DEEP
    yield b'["one","a",1,"",["MessagePosted"]]'
    yield b'["one","a",1,"",[["MessagePosted",[' + b'["a",' * DEEP
    yield from nested(b"")


def settings_files() -> Iterable[bytes]:
    """Files of settings, right and wrong."""
    yield b'data = "/var/lib/hallway"\npublic_url = "https://messages.example.org"\nsession_days = 14\nlog_format = "json"\n'
    yield b'port = "8080"\n[table]\na = 1\n'
    yield b"port = 99999999999999999999999\n"
    yield b"data = 1979-05-27T07:32:00Z\n"
    yield b'data = "\xff"\n'
    yield b'data = "\\u0000"\n'
    yield b"data = " + b"[" * DEEP
    yield b"data" + b".a" * DEEP + b" = 1"
    yield b"workers = nan\nport = inf\n"


def settings_variables() -> Iterable[bytes]:
    """Variables of the environment, as a JSON object."""
    for values in (
        {"HALLWAY_PORT": "8080", "HALLWAY_DEMO": "true"},
        {
            "HALLWAY_SMTP": "smtp://a",
            "HALLWAY_MAIL_FROM": "a@[",
            "HALLWAY_MAIL_IN": "lmtp://a:b:c",
            "HALLWAY_MAIL_REPLIES": "a@b",
        },
        {"HALLWAY_PORT": "9" * 5_000},
        {"HALLWAY_BROKER": "nats://" + "a" * 2_000 + " "},
        {"HALLWAY_PUBLIC_URL": "https://["},
        {"HALLWAY_SMTP": "smtp://[", "HALLWAY_MAIL_FROM": "a@b"},
        {"HALLWAY_SMTP": "smtp://a:99999999", "HALLWAY_MAIL_FROM": "a@b"},
        {"HALLWAY_BROKER": "nats://a:1,nats://["},
        {"HALLWAY_CONFIG": "\x00"},
        {"HALLWAY_CONFIG": "/"},
        {"HALLWAY_CONFIG": "a" * 5_000},
    ):
        yield json.dumps(values).encode()


def encoded(texts: Iterable[str]) -> Callable[[], Iterable[bytes]]:
    """Texts as bytes."""
    return lambda: (text.encode() for text in texts)


MAKERS: Mapping[str, Callable[[], Iterable[bytes]]] = {
    "mail": mails,
    "answer_in_text": encoded(ANSWERS),
    "answer_in_html": encoded(PAGES),
    "sheet": sheets,
    "upload": uploads,
    "picture": pictures,
    "page": pages,
    "sandbox_reply": sandbox_replies,
    "spreadsheet": sheet_parts,
    "frame": frames,
    "body": requests,
    "address": addresses,
    "origin": encoded(ORIGINS),
    "field": encoded(FIELDS),
    "subscription": subscriptions,
    "user_agent": encoded(AGENTS),
    "cursor": cursors,
    "token": tokens,
    "secret": secrets,
    "backup_file": backups,
    "backup_lines": backup_lines,
    "restored_lines": restored_lines,
    "parcel": envelope_seeds,
    "settings_file": settings_files,
    "settings_variables": settings_variables,
}
