"""Every parser of outside bytes, as something that takes bytes and raises only what nobody foresaw.

What a parser may raise is written here, because those who call it catch exactly that. All else is a fault: a stack trace
for an operator, a 500 for a person, a line that hangs.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from pydantic import ValidationError
from webpush import WebPushSubscription

from hallway import settings
from hallway.broker import envelope as envelopes
from hallway.broker.codecs import FullCodec
from hallway.domain import previews, user_agents
from hallway.domain.ids import AccountId
from hallway.domain.text import cleaned, search_key
from hallway.integrations import page_heads, pictures, sandbox, sheets
from hallway.integrations.mail import quotes, reading
from hallway.notifications.channels.web_push import delivery as web_push
from hallway.settings import PUSH_SERVICES
from hallway.storage.backup.form import Backup, DamagedBackup, NewerBackup, NoBackup, zstd
from hallway.storage.backup.restoring import restore
from hallway.storage.backup.tables import database_at
from hallway.storage.migrate import SchemaTooNew, refuse_unknown
from hallway.transport import edge, wire
from hallway.transport.addresses import is_loopback, name_of, origin_of
from hallway.transport.cursors import ByName, ByPosition, from_cursor, to_cursor
from hallway.transport.wire import frames as wire_frames
from hallway.usecases import fields
from hallway.usecases.access import sessions, signing
from hallway.usecases.errors import Invalid
from hallway.usecases.imports.sheets import ImportKind, Sheet
from hallway.usecases.notifications import preferences
from hallway.usecases.transaction import StoreUnavailable
from tests.security.workbooks import workbook

NOT_RESTORED = (NoBackup, DamagedBackup, NewerBackup, SchemaTooNew, StoreUnavailable)
QUICK_DISK = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own in it
SECRET = "a secret of an installation"
ACCOUNT = AccountId("01a210b7-f773-7000-8000-000000000000")
FRAMES = msgspec.json.Decoder(wire_frames.ClientFrame | list[wire_frames.ClientFrame])
ANYTHING: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
MAIL = 8 * 1024
SHEET = 16 * 1024
SMALL = 2 * 1024


@dataclass(frozen=True, slots=True)
class Parser:
    """What it does with bytes, and the longest input that is worth trying; longer ones only take longer."""

    parse: Callable[[bytes], object]
    longest: int


# Mail.


def mail(content: bytes) -> None:
    """A whole mail from a stranger."""
    with suppress(reading.UnreadableMail):
        reading.read(content, "ada@example.org", ["reply+abc@in.example.org"], trusts="mx.example.org")


def answer_in_text(content: bytes) -> None:
    """The answer in a plain text."""
    quotes.answer_in_text(content.decode("utf-8", "replace"))


def answer_in_html(content: bytes) -> None:
    """The answer in HTML."""
    quotes.answer_in_html(content.decode("utf-8", "replace"))


# Files to import.


def sheet(content: bytes) -> None:
    """A file as somebody uploads it."""
    with suppress(Invalid):
        sheets.read_sheet(content)


def upload(content: bytes) -> None:
    """The same as the sandbox reads it, with the columns of a kind; the first byte says which."""
    kind = list(ImportKind)[int.from_bytes(content[:1], "big") % len(ImportKind)]
    with suppress(Invalid):
        sheets.read_upload(content[1:], kind.value, None, {})
    with suppress(Invalid):
        sheets.look_into(content[1:], kind.value, None, {})


def picture(content: bytes) -> None:
    """A picture as somebody uploads it."""
    with suppress(Invalid):
        pictures.draw_anew(content)


def page(content: bytes) -> None:
    """A page of the web, and a text with links and hosts that somebody typed."""
    charset, _, body = content.partition(b"\n")
    head = page_heads.read_head(body, charset.decode("latin-1"))
    assert len(head.title) <= previews.LONGEST_TITLE
    assert len(head.description) <= previews.LONGEST_DESCRIPTION
    text = content.decode("utf-8", "replace")
    link = previews.link_of(text, ("*.example", "example.org"))
    assert link is None or link in text
    previews.host_pattern(text)


def sandbox_reply(content: bytes) -> None:
    """What comes back from a process in which a parser was taken over."""
    with suppress(Invalid, sandbox.Overrun):
        sandbox.Child()._value(content, "hallway.integrations.sheets:read_sheet", Sheet)


def spreadsheet(content: bytes) -> None:
    """A spreadsheet whose archive is whole, so that what is tried is what lies in it: the sheet, or the shared texts."""
    xml = content[1:].decode("utf-8", "replace")
    if content[:1] < b"\x80":
        sheet(workbook(xml))
    else:
        sheet(workbook("", {"xl/sharedStrings.xml": xml}))


# What programs and browsers send.


def frame(content: bytes) -> None:
    """A text on the live connection."""
    with suppress(edge.Unreadable, Invalid):
        edge.decode(content, FRAMES)


@cache
def bodies() -> list[Any]:
    """All structs of the wire, in an order that stays."""
    modules = [import_module(one.name) for one in iter_modules(wire.__path__, f"{wire.__name__}.")]
    found = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    return sorted({one for one in found if issubclass(one, msgspec.Struct)}, key=lambda one: one.__name__)


def body(content: bytes) -> None:
    """The body of a request; the first byte says which."""
    kind = bodies()[int.from_bytes(content[:1], "big") % len(bodies())]
    with suppress(edge.Unreadable, Invalid, msgspec.ValidationError):
        msgspec.convert(edge.decode(content[1:], ANYTHING), kind)


def address(content: bytes) -> None:
    """A path and a query, as they stand in the first line of a request."""
    path, _, query = content.partition(b"?")
    if not edge.is_too_long(path, query) and edge.is_legible(path) and edge.is_legible(query):
        assert "\0" not in unquote(path.decode("latin-1"), errors="strict")


def origin(content: bytes) -> None:
    """The `Origin` and `Host` of a request."""
    text = content.decode("latin-1")
    found, name = origin_of(text), name_of(text)
    assert found is None or origin_of(str(found)) == found
    assert name is None or is_loopback(name) in {True, False}


def field(content: bytes) -> None:
    """What somebody calls themselves, and where mail reaches them."""
    text = content.decode("utf-8", "replace")
    for check in (
        fields.name,
        fields.title,
        fields.prose,
        fields.email,
        fields.login,
        fields.password,
        fields.time_zone,
    ):
        check("field", text)
    assert fields.is_same_address(text, text)
    cleaned(text)
    search_key(text)


@cache
def signer() -> Any:
    """What seals pushes."""
    return web_push._signer(web_push.new_key(), "mailto:ada@example.org")


def subscription(content: bytes) -> None:
    """A browser's push subscription: an address, and two keys, each on a line."""
    lines = content.decode("utf-8", "replace").split("\n", 2)
    endpoint, p256dh, auth = [*lines, "", ""][:3]
    preferences.is_service(endpoint, PUSH_SERVICES.split())
    with suppress(ValidationError, ValueError):
        keys = {"p256dh": p256dh, "auth": auth}
        signer().get(b"{}", WebPushSubscription.model_validate({"endpoint": endpoint, "keys": keys}), ttl=60)


def user_agent(content: bytes) -> None:
    """What a browser says of itself."""
    found = user_agents.read(content.decode("latin-1"))
    assert {found.browser, found.system} <= {"", *(name for name, _ in (*user_agents.BROWSERS, *user_agents.SYSTEMS))}


def cursor(content: bytes) -> None:
    """The place in a list."""
    text = content[1:].decode("utf-8", "replace")
    with suppress(Invalid):
        found: object = from_cursor(text, ByPosition if content[:1] < b"\x80" else ByName)
        assert found is None or to_cursor(found)


# Tokens and secrets.


def token(content: bytes) -> None:
    """A token from an address or a link: what we did not sign is nothing."""
    text = content.decode("utf-8", "replace")
    found = signing.unsigned(SECRET, "reply", text)
    assert found is None or signing.signed(SECRET, "reply", found) == text.lower()


def secret(content: bytes) -> None:
    """A session's secret, as a cookie or a header has it."""
    for charset in ("latin-1", "utf-8"):
        text = content.decode(charset, "replace")
        sessions.account_of(text)
        sessions.hashed(text)


# Files and envelopes of our own, as somebody else might have changed them.


def backup_file(content: bytes) -> None:
    """A file that somebody restores."""
    with TemporaryDirectory(dir=QUICK_DISK) as folder, suppress(NoBackup, DamagedBackup, NewerBackup):
        path = Path(folder) / "backup"
        path.write_bytes(content)
        Backup(path).verify(lambda _: None)


def backup_lines(content: bytes) -> None:
    """The lines of a backup, packed as they should be, so that what is tried is what they say."""
    backup_file(zstd.compress(content))


def restored_lines(content: bytes) -> None:
    """The head and the blocks of a backup, sealed with the checksum that they should have, into a new database."""
    sealed = content + json.dumps({"type": "end", "sha256": sha256(content).hexdigest()}).encode() + b"\n"
    with TemporaryDirectory(dir=QUICK_DISK) as folder, suppress(*NOT_RESTORED):
        path = Path(folder) / "backup"
        path.write_bytes(zstd.compress(sealed))
        backup = Backup(path)
        refuse_unknown(backup.head.revision, "The backup")
        with database_at(f"sqlite:///{folder}/hallway.db", may_be_new=True) as engine:
            restore(engine, backup, replaces=False, watch=lambda _: None)


def envelope(content: bytes) -> None:
    """What another process sends, or somebody in its name."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        found = envelopes.decode(content)
        asyncio.run(FullCodec().read(ACCOUNT, found.events))


def settings_file(content: bytes) -> None:
    """The file that HALLWAY_CONFIG names."""
    with TemporaryDirectory(dir=QUICK_DISK) as folder, suppress(settings.BadSettings):
        path = Path(folder) / "hallway.toml"
        path.write_bytes(content)
        settings.load({settings.CONFIG: str(path)})


def settings_variables(content: bytes) -> None:
    """Variables of the environment."""
    try:
        values = json.loads(content)
    except (ValueError, RecursionError):
        return
    with suppress(settings.BadSettings):
        if isinstance(values, dict):
            found = settings.load({str(name): str(value) for name, value in values.items()})
            for one in (found.public_url, found.smtp, found.mail_in, *found.broker.split(",")):
                _ = urlsplit(one).port  # whoever connects does the same


PARSERS: Mapping[str, Parser] = {
    "mail": Parser(mail, MAIL),
    "answer_in_text": Parser(answer_in_text, MAIL),
    "answer_in_html": Parser(answer_in_html, MAIL),
    "sheet": Parser(sheet, SHEET),
    "upload": Parser(upload, SHEET),
    "picture": Parser(picture, SMALL),
    "page": Parser(page, MAIL),
    "sandbox_reply": Parser(sandbox_reply, SMALL),
    "spreadsheet": Parser(spreadsheet, SHEET),
    "frame": Parser(frame, SMALL),
    "body": Parser(body, SMALL),
    "address": Parser(address, SMALL),
    "origin": Parser(origin, SMALL),
    "field": Parser(field, SMALL),
    "subscription": Parser(subscription, SMALL),
    "user_agent": Parser(user_agent, SMALL),
    "cursor": Parser(cursor, SMALL),
    "token": Parser(token, SMALL),
    "secret": Parser(secret, SMALL),
    "backup_file": Parser(backup_file, SMALL),
    "backup_lines": Parser(backup_lines, SMALL),
    "restored_lines": Parser(restored_lines, SMALL),
    "parcel": Parser(envelope, SMALL),
    "settings_file": Parser(settings_file, SMALL),
    "settings_variables": Parser(settings_variables, SMALL),
}
"""By the name of the folder below `tests/fuzz/failed` that keeps what each one stumbled over."""
