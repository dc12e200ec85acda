"""Conversations, what each member keeps of one, and its standing (rules §1, §4, §6, §7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hallway.domain.courses import Question
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.verdicts import Denial


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

    def with_messages(self, seq: int, position: int, of_others: int) -> "Member":
        """Return the side after messages up to `seq` were posted, `of_others` of them by others: the dialog is at
        `position` in their list.
        """
        unread, untold = self.unread + of_others, True if of_others else self.untold
        counts = (self.rev, self.own_rev, self.read_seq, self.cleared_seq, seq, unread)
        return Member(self.user_id, *counts, position, untold, self.unread_from)

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
        side = replace(self, cleared_seq=last_seq, last_seq=None, unread=0, place=None, untold=None, unread_from=None)
        return replace(side, own_rev=self.own_rev + 1)


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

    def with_sides(self, posted: Mapping[UserId, int], positions: Mapping[UserId, int]) -> "Conversation":
        """Return the conversation with its last messages on top of each member's list, at the position given there.
        `posted` counts the messages of each sender.
        """
        total = sum(posted.values())
        members = {
            one: side.with_messages(self.last_seq, positions[one], total - posted.get(one, 0))
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
