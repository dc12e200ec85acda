"""Conversations, what each member keeps of one, and its standing (rules §1, §4, §6, §7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from hallway.domain.courses import Question
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.verdicts import Denial

MOST_PINNED = 20
"""Chats that somebody may pin (rules §15)."""
MOST_STARRED = 1_000
"""Messages that somebody may star (rules §16)."""
FOREVER = datetime.max.replace(tzinfo=UTC)
"""The end of a mute that lasts until its person ends it."""


def mute_lasts(until: datetime | None, now: datetime) -> bool:
    """Return whether a mute that ends then still lasts; without an end there is none (rules §15)."""
    return until is not None and now < until


class ConversationKind(StrEnum):
    """A dialog has exactly two members for ever; a group has many (rules §1)."""

    DIALOG = "dialog"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Member:
    """A person's side of a conversation.

    `read_seq` is how far they read and `rev` the conversation's revision when that last changed. `cleared_seq` is up to
    where Delete chat emptied it for them; `last_seq` the newest message that they still see, None when there is none.
    `unread` counts the others' messages behind `seen_seq` that they still see. `place` is where the dialog stands
    in their list (higher is nearer the top), None when it is not in it. `own_rev` counts changes that only they see.
    `untold` says that there may be something of which they were not told outside of Hallway yet. `unread_from` is the
    message from which on they marked unread what they had read, None when they did not (rules §12).

    `pinned` says that the chat stands above the others in their list. `archived` is where it stands among their archived
    chats, counted from the same top: then it has no `place`. Messages leave it there until `archived_until`, when the
    mute ends that it had (rules §15).
    """

    user_id: UserId
    rev: int = 0
    own_rev: int = 0
    read_seq: int = 0
    cleared_seq: int = 0
    last_seq: int | None = None
    unread: int = 0
    place: int | None = None
    untold: bool | None = None
    unread_from: int | None = None
    pinned: bool | None = None
    archived: int | None = None
    archived_until: datetime | None = None

    def with_messages(self, seq: int, position: int, of_others: int, now: datetime) -> "Member":
        """Return the side after messages up to `seq` were posted, `of_others` of them by others: the dialog is at
        `position` in their list, or among their archived chats as long as it is muted.
        """
        unread, untold = self.unread + of_others, True if of_others else self.untold
        counts = (self.rev, self.own_rev, self.read_seq, self.cleared_seq, seq, unread)
        if self.archived is not None and self.place is None and mute_lasts(self.archived_until, now):
            kept = (None, position, self.archived_until)
            return Member(self.user_id, *counts, None, untold, self.unread_from, *kept)
        return Member(self.user_id, *counts, position, untold, self.unread_from, self.pinned)

    @property
    def is_archived(self) -> bool:
        """Whether the chat stands among the archived ones."""
        return self.place is None and self.archived is not None

    @property
    def position(self) -> int | None:
        """Where the chat stands, in the list or among the archived ones; None in neither."""
        return self.archived if self.place is None else self.place

    def with_pin(self, *, is_pinned: bool) -> "Member":
        """Return the side after pinning the chat, which takes it out of the archive, or unpinning it."""
        side = self.unarchived() if is_pinned else self
        return self._counted(replace(side, pinned=is_pinned or None, own_rev=self.own_rev))

    def in_archive(self, muted_until: datetime | None) -> "Member":
        """Return the side after archiving the chat, which unpins it; messages leave it there until its mute ends."""
        return self._counted(replace(self, place=None, archived=self.position, archived_until=muted_until, pinned=None))

    def unarchived(self) -> "Member":
        """Return the side after taking the chat out of the archive, back to where it stood."""
        return self._counted(replace(self, place=self.position, archived=None, archived_until=None))

    def kept_until(self, muted_until: datetime | None) -> "Member":
        """Return the side of an archived chat after it was muted, or unmuted."""
        return replace(self, archived_until=muted_until)

    def _counted(self, after: "Member") -> "Member":
        return after if after == self else replace(after, own_rev=self.own_rev + 1)

    @property
    def seen_seq(self) -> int:
        """The message behind which all are unread for them; others see `read_seq`."""
        return self.read_seq if self.unread_from is None else min(self.read_seq, self.unread_from - 1)

    def having_read(self, seq: int) -> "Member":
        """Return the side after reading up to `seq`: further than before, or again what they had marked unread. Never backward."""
        if self.unread_from is None or seq < self.unread_from:
            return replace(self, read_seq=max(seq, self.read_seq))
        return replace(self.marked_unread(seq + 1), read_seq=max(seq, self.read_seq))

    def marked_unread(self, seq: int) -> "Member":
        """Return the side after marking unread what they had read from message `seq` on. What others see as read stays (rules §12)."""
        unread_from = seq if seq <= self.read_seq else None
        own_rev = self.own_rev if unread_from == self.unread_from else self.own_rev + 1
        return replace(self, unread_from=unread_from, own_rev=own_rev)

    def emptied(self, last_seq: int) -> "Member":
        """Return the side after Delete chat: out of the list, nothing before this moment is theirs any more (rules §7).

        What was not read stays unread: the other person is not told that it was.
        """
        side = replace(self, cleared_seq=last_seq, last_seq=None, unread=0, untold=None, unread_from=None)
        out = replace(side, place=None, pinned=None, archived=None, archived_until=None)
        return replace(out, own_rev=self.own_rev + 1)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its members. `last_seq` numbers its messages without gaps, `rev` counts its changes."""

    account_id: AccountId
    id: ConversationId
    kind: ConversationKind
    members: Mapping[UserId, Member]
    last_seq: int = 0
    rev: int = 0
    question: Question | None = None

    def with_message(self, question: Question | None) -> "Conversation":
        """Return the conversation with the next message; `with_sides` updates its members, for several messages at once.

        Written out, because it is done for every message.
        """
        asked = question or self.question
        return Conversation(self.account_id, self.id, self.kind, self.members, self.last_seq + 1, self.rev + 1, asked)

    def with_sides(
        self, posted: Mapping[UserId, int], positions: Mapping[UserId, int], now: datetime
    ) -> "Conversation":
        """Return the conversation with its last messages on top of each member's list, at the position given there.
        `posted` counts the messages of each sender.
        """
        total = sum(posted.values())
        members = {
            one: side.with_messages(self.last_seq, positions[one], total - posted.get(one, 0), now)
            for one, side in self.members.items()
        }
        return replace(self, members=members)

    def with_side(self, side: Member) -> "Conversation":
        """Return the conversation with one member's side changed."""
        return replace(self, members={**self.members, side.user_id: side})

    def all_posted_behind(self, rev: int) -> int:
        """Return a seq behind which all messages lie that were posted since `rev`: each of them took a revision."""
        return max(0, self.last_seq - max(0, self.rev - rev))

    def others(self, user_id: UserId) -> tuple[UserId, ...]:
        """Return all members but one, in the order of their ids."""
        return tuple(sorted([one for one in self.members if one != user_id]))


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a conversation for a member now: open for writing, or read-only for one reason (rules §4). Never stored."""

    reason: Denial | None = None

    @property
    def is_open(self) -> bool:
        """Whether its members may go on writing."""
        return self.reason is None


def title(others: Sequence[str]) -> str:
    """Name a conversation for one of its members: the names of the others."""
    return ", ".join(others)


def new_dialog(account_id: AccountId, conversation_id: ConversationId, one: UserId, other: UserId) -> Conversation:
    """Begin the dialog of a pair, still empty; nothing is stored until its first message (rules §8)."""
    members = {one: Member(one), other: Member(other)}
    return Conversation(account_id, conversation_id, ConversationKind.DIALOG, members)
