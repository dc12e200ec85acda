"""Who hears of each event: its members or its one user, and no one else (rules §10)."""

from typing import assert_never

from hallway.domain.events import (
    AccountChanged,
    ChatDeleted,
    ChatMoved,
    ConversationRead,
    DraftChanged,
    Event,
    FactsChanged,
    MemberSettingsChanged,
    MessageChanged,
    MessageHidden,
    MessagePosted,
    MessageStarred,
    ProfileChanged,
    ScheduledChanged,
    SessionEnded,
    Typing,
    UnreadMarked,
)
from hallway.domain.ids import UserId


def audience(event: Event) -> frozenset[UserId] | None:
    """Return the users who receive `event`; None means everyone in its account."""
    match event:
        case MessagePosted() | MessageChanged() | ConversationRead() | Typing():
            return event.members
        case MessageHidden() | MessageStarred() | UnreadMarked():
            return frozenset({event.user_id})
        case ChatDeleted() | MemberSettingsChanged() | ChatMoved() | DraftChanged() | ScheduledChanged():
            return frozenset({event.user_id})
        case SessionEnded():
            return None if event.user_id is None else frozenset({event.user_id})
        case ProfileChanged() | AccountChanged() | FactsChanged():
            return event.users
        case _:
            assert_never(event)
