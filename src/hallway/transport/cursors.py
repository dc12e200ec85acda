"""Cursors of lists: opaque to clients, a key inside."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from hallway.transport import edge
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.people.user_lists import Order

T = TypeVar("T")

ByName = msgspec.json.Decoder(tuple[Annotated[str, msgspec.Meta(max_length=500)], wire_fields.Id])
"""The key of lists of people: a name, and an id among those who have it."""
ByOrder = msgspec.json.Decoder(
    tuple[
        Order,
        bool,
        Annotated[str, msgspec.Meta(max_length=500)] | Annotated[int, msgspec.Meta(ge=-1, le=wire_fields.LARGEST)],
        wire_fields.Id,
    ]
)
"""The key of the sorted list of users: its order and direction, and where somebody stands in it."""
ByPosition = msgspec.json.Decoder(Annotated[int, msgspec.Meta(ge=0, le=wire_fields.LARGEST)])
"""The key of my list of chats."""
BySpot = msgspec.json.Decoder(tuple[Annotated[datetime, msgspec.Meta(tz=True)], wire_fields.Id, wire_fields.Seq])
"""The key of the messages that a search found: when one was sent, and its address."""
ByStar = msgspec.json.Decoder(
    tuple[Annotated[int, msgspec.Meta(ge=0, le=wire_fields.LARGEST)], wire_fields.Id, wire_fields.Seq]
)
"""The key of starred messages: the number of a star, and the message's address."""
BySeq = msgspec.json.Decoder(Annotated[int, msgspec.Meta(ge=0, le=wire_fields.LARGEST)])
"""The key of the audit log: the number of an entry."""


ById = msgspec.json.Decoder(wire_fields.Id)
"""The key of my drafts: the conversation of one."""


def to_cursor(key: object | None) -> str | None:
    """Encode a key as a cursor; None at the end of a list."""
    return None if key is None else urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def from_cursor(cursor: str | None, kind: msgspec.json.Decoder[T]) -> T | None:
    """Decode the key in a cursor of ours, of a kind above. Raises Invalid for any other text."""
    if not cursor:
        return None
    try:
        return edge.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), kind)
    except (ValueError, edge.Unreadable) as wrong:
        raise not_a_cursor() from wrong


def not_a_cursor() -> Invalid:
    """Return the error for a text that we did not give as a cursor, or not for this list."""
    message = "This cursor is invalid. Load the list from the beginning."
    return Invalid(Problem("cursor", "not_a_cursor", message))
