"""The edge: text from outside is bounded and legible before anything else looks at it, for both databases alike.

JSON may nest without end, a number may be larger than any column, PostgreSQL holds no NUL: each of these is refused here
with an answer, so that no handler and no statement has to think of it.
"""

from typing import Any, TypeVar, cast
from urllib.parse import unquote_to_bytes

import msgspec

from hallway.usecases.errors import Invalid, Problem

T = TypeVar("T")

LONGEST_PATH = 4_096
"""Bytes of an address up to its question mark: as much as a file system takes."""
LONGEST_QUERY = 8_192
LONGEST_REASON = 200
"""Characters of what a library says about bad input; it may repeat all of it."""
TEXT = "body"
"""The field that holds a message's text: sending itself decides about what cannot be shown in it."""

_ESCAPED_NUL = b"\\u0000"


class Unreadable(Exception):  # noqa: N818 - says what is the matter
    """Bytes from outside cannot be decoded; the text is one short line."""


def decode(content: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    """Decode JSON from outside. Raises Unreadable, or Invalid for a NUL in a text.

    A NUL can only come as an escape, and few texts have any: looking for a backslash costs next to nothing.
    """
    try:
        found = decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise Unreadable(shortened(str(wrong))) from wrong
    except RecursionError as wrong:
        message = "The data is nested too deeply."
        raise Unreadable(message) from wrong
    if b"\\" in content and _ESCAPED_NUL in content:
        _require_no_nul(msgspec.json.decode(content))
    return found


def _require_no_nul(found: Any) -> None:
    """Raise Invalid for a text with a NUL; without recursion, since the data may nest deeply."""
    waiting: list[tuple[str, Any]] = [("", found)]
    while waiting:
        pointer, one = waiting.pop()
        if isinstance(one, str) and "\0" in one:
            raise Invalid(Problem(pointer, "not_a_text", "Text can't contain the NUL character."))
        parts: list[tuple[Any, Any]] = []
        if isinstance(one, dict):
            parts = list(cast("dict[str, Any]", one).items())
            _require_no_nul([name for name, _ in parts])
        elif isinstance(one, list):
            parts = list(enumerate(cast("list[Any]", one)))
        waiting += [(f"{pointer}/{name}".lstrip("/"), value) for name, value in parts if name != TEXT]


def is_too_long(path: bytes, query: bytes) -> bool:
    """Return whether an address has more bytes than any of ours."""
    return len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY


def is_legible(quoted: bytes) -> bool:
    """Return whether a path or a query is UTF-8 without a NUL, once percent-decoded."""
    plain = unquote_to_bytes(quoted) if b"%" in quoted else quoted
    try:
        plain.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in plain


def shortened(reason: str) -> str:
    """Cut a reason short, so that a sender of much input is not sent all of it back."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
