"""One person's open chat as a client keeps it: loaded once, then changed by what it hears, and by nothing else."""

from dataclasses import dataclass, field
from typing import assert_never

from hallway.domain.events import (
    AccountChanged,
    ChatDeleted,
    ChatMoved,
    ConversationRead,
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
from hallway.domain.messages import Message
from tests.school import School, heard_by


@dataclass(slots=True)
class Screen:
    """What a client knows of one chat; `read` is how far each of the two has read."""

    whose: UserId
    messages: dict[int, tuple[Message, str | None]]
    read: dict[UserId, int]
    rev: int
    own_rev: int
    hidden: set[int] = field(default_factory=set[int])
    cleared: int = 0
    unread_from: int | None = None
    starred: set[int] = field(default_factory=set[int])

    @classmethod
    def load(cls, school: School, whose: UserId, other: UserId) -> "Screen":
        """As the server tells it now."""
        opened = school.opened(whose, other)
        dialog, history = opened.line.row.conversation, opened.history
        return cls(
            whose,
            {one.seq: (one, history.titles.get(one.course_id) if one.course_id else None) for one in history.messages},
            {side.user_id: side.read_seq for side in dialog.members.values()},
            dialog.rev,
            dialog.members[whose].own_rev,
            unread_from=dialog.members[whose].unread_from,
            starred=set(opened.starred),
        )

    def shown(self) -> list[tuple[Message, str | None]]:
        """The messages on the screen with the title of their course, oldest first."""
        return [self.messages[seq] for seq in sorted(self.messages) if seq > self.cleared and seq not in self.hidden]

    def stars(self) -> set[int]:
        """The starred ones of those that are shown, and still say something."""
        return {one.seq for one, _ in self.shown() if not one.is_deleted} & self.starred

    def unread(self) -> int:
        """The number on the chat's row."""
        return sum(
            1
            for one, _ in self.shown()
            if one.sender_id != self.whose and self._is_unread(one.seq) and not one.is_deleted
        )

    def _is_unread(self, seq: int) -> bool:
        return seq > self.read[self.whose] or (self.unread_from is not None and seq >= self.unread_from)

    def hear(self, events: list[Event]) -> None:
        """Apply those events that reach this person; that something does is part of every test."""
        heard = heard_by(events, self.whose)
        assert heard, "Nothing was heard, so nothing was proved."
        for event in heard:
            self._apply(event)

    def _apply(self, event: Event) -> None:
        match event:
            case MessagePosted() | MessageChanged():
                self.messages[event.message.seq] = (event.message, event.course_title)
                self.rev = event.message.rev
            case ConversationRead():
                self.read[event.user_id] = event.read_seq
                self.rev = event.rev
            case MessageHidden():
                (self.hidden.add if event.is_hidden else self.hidden.discard)(event.seq)
                self.own_rev = event.own_rev
            case MessageStarred():
                (self.starred.add if event.is_starred else self.starred.discard)(event.seq)
                self.own_rev = event.own_rev
            case UnreadMarked():
                self.unread_from = event.unread_from
                self.own_rev = event.own_rev
            case ChatDeleted():
                self.cleared = event.cleared_seq
                self.own_rev = event.own_rev
            case ChatMoved():
                self.own_rev = event.own_rev
            case (
                MemberSettingsChanged()
                | ScheduledChanged()
                | ProfileChanged()
                | AccountChanged()
                | FactsChanged()
                | SessionEnded()
                | Typing()
            ):
                pass
            case _:
                assert_never(event)

    def require_same_as_reloaded(self, school: School, other: UserId) -> None:
        """State before + events = state after: what is shown equals what a reload would show."""
        fresh = Screen.load(school, self.whose, other)
        assert self.shown() == fresh.shown()
        assert self.stars() == fresh.stars() == fresh.starred
        assert self.read == fresh.read
        assert (self.rev, self.own_rev) == (fresh.rev, fresh.own_rev)
        assert self.unread() == fresh.unread() == school.unread(self.whose, other)
