"""Cursors of lists: opaque to clients, a key inside."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TypeVar

import msgspec

from hallway.usecases.errors import Invalid, Problem

T = TypeVar("T")


def to_cursor(key: object | None) -> str | None:
    """A key as a cursor; None at the end of a list."""
    return None if key is None else urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def from_cursor(cursor: str | None, kind: type[T]) -> T | None:
    """The key of a cursor that we gave. Raises Invalid for any other text."""
    if not cursor:
        return None
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
    except (ValueError, msgspec.DecodeError) as wrong:
        message = "This is not a cursor that was given with a list. Start the list anew."
        raise Invalid(Problem("cursor", "not_a_cursor", message)) from wrong
