"""Who hears of each event: its members or its one user, and no one else (rules §10)."""

from typing import assert_never

from hallway.domain.events import (
    ChatDeleted,
    ConversationRead,
    Event,
    FactsChanged,
    MessageDeleted,
    MessageHidden,
    MessagePosted,
    SessionEnded,
    UnreadMarked,
)
from hallway.domain.ids import UserId


def audience(event: Event) -> frozenset[UserId] | None:
    """The users who hear of `event`; None means everyone in its account."""
    match event:
        case MessagePosted() | MessageDeleted() | ConversationRead():
            return event.members
        case MessageHidden() | UnreadMarked() | ChatDeleted() | SessionEnded():
            return frozenset({event.user_id})
        case FactsChanged():
            return event.users
        case _:
            assert_never(event)
