"""Parse a mail within bounds: what a stranger sends is counted while it is taken apart, and cut before it is understood.

Of Python's library only the splitting into parts is used. Its structured headers and its reading of parameters are
quadratic, or recurse, in what a sender writes: headers are kept as texts of a bounded length.
"""

import re
from collections.abc import Callable
from email._policybase import Compat32
from email.headerregistry import HeaderRegistry
from email.message import Message
from email.parser import BytesParser
from itertools import count
from typing import Any

from hallway.integrations.mail.charsets import decoded

LARGEST = 5_000_000
"""Bytes of a mail; there are no attachments to take."""
MOST_LINES = 200_000
"""An attachment of the largest size has a third of that."""
MOST_PARTS = 100
"""Those in parts and in attached mails included: so nothing is nested more deeply either."""
MOST_HEADERS = 2_000
"""Of all parts together; a mail that went through many servers has a hundred."""
LONGEST_HEADER = 8_000
"""Characters that are read of a header: the ids of a long thread."""
LONGEST_STRUCTURED = 1_000
"""Characters that are read of a header which is understood: addresses, parameters, encoded words."""
_META = re.compile(r"<meta[^>]{1,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_BEGINNING = 2_048
"""Bytes of a page in which it may say what it is written in."""


class UnreadableMail(ValueError):  # noqa: N818 - says what is the matter
    """A mail cannot be understood. `code` is the reason for which it is kept aside."""

    code = "unreadable"


class TooComplexMail(UnreadableMail):
    """It has more lines, parts or headers than an email from a person."""

    code = "too_complex"

    def __init__(self) -> None:
        """Explain it in a sentence."""
        super().__init__("It has more lines, parts or headers than an email from a person.")


class _Bounded(Compat32):
    """Keeps headers as texts of a bounded length, and counts them."""

    counted: Callable[[], int] | None = None

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Take a header as it was sent, cut to its bound. Raises TooComplexMail."""
        if self.counted is not None and self.counted() >= MOST_HEADERS:
            raise TooComplexMail
        name, _, first = sourcelines[0].partition(":")
        longest = LONGEST_STRUCTURED if name.lower().startswith("content-") else LONGEST_HEADER
        value = first.lstrip(" \t")[:longest] + "".join(sourcelines[1:])[:longest]
        return name[:LONGEST_STRUCTURED], value[:longest].rstrip("\r\n")

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return a header as stored; the class that the library makes of bytes in it decodes them again and again."""
        del name
        return value


_structured = HeaderRegistry()


def parse(content: bytes) -> Message:
    """Parse a mail into its parts. Raises UnreadableMail."""
    if len(content) > LARGEST or content.count(b"\n") > MOST_LINES:
        raise TooComplexMail
    counted = count()

    def part(*, policy: Any) -> Message:
        if next(counted) > MOST_PARTS:
            raise TooComplexMail
        return Message(policy)

    bounded = _Bounded(counted=count().__next__)  # pyright: ignore[reportCallIssue] - a policy takes what its class has
    parser: BytesParser[Message] = BytesParser(part, policy=bounded)  # pyright: ignore[reportArgumentType, reportCallIssue]
    return parser.parsebytes(content)


def header(mail: Message, name: str) -> str:
    """Return the first header with a name as it was sent, on one line; empty where there is none."""
    return next(iter(headers(mail, name)), "")


def headers(mail: Message, name: str) -> list[str]:
    """Return all headers with a name. Bytes in them are read as the UTF-8 that they mostly are."""
    found: list[str] = [str(one) for one in mail.get_all(name, [])]
    return [" ".join(one.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split()) for one in found]


def subject(mail: Message) -> str:
    """Return the subject, with its encoded words decoded where they can be."""
    sent = header(mail, "Subject")[:LONGEST_STRUCTURED]
    try:
        return str(_structured("Subject", sent))
    except Exception:  # noqa: BLE001 - what senders write makes the library raise nearly anything
        return sent


def text(part: Message) -> str:
    """Decode the text of a part, whatever its charset."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    return decoded(content, part.get_content_charset() or _charset_in(part, content))


def _charset_in(part: Message, content: bytes) -> str:
    """Find the charset that an HTML page declares; empty where it declares none."""
    is_page = part.get_content_type() == "text/html"
    found = _META.search(content[:_BEGINNING].decode("ascii", "replace")) if is_page else None
    return found[1] if found else ""
