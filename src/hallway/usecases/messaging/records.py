"""What the store answers about conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hallway.domain.conversations import Conversation, ConversationKind, title
from hallway.domain.messages import Message
from hallway.domain.people import User

PARTICIPANTS_SHOWN = 5
"""Other participants that a row shows at most; the number of members says how many there are."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Another person in a conversation, and the name of their department."""

    user: User
    department: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRow:
    """A row of a person's list.

    `participants` are the others, the first `PARTICIPANTS_SHOWN` of them by id, of `members_count` members in all; `conversation`
    has their sides and the person's own. `last_message` is the newest that the person still sees, `muted_until` until
    when they want no notices (FOREVER without an end), `is_expert` whether the expert whom the question went to is one of the course now.
    """

    conversation: Conversation
    members_count: int
    participants: Sequence[Participant]
    last_message: Message | None
    course_title: str | None
    muted_until: datetime | None = None
    is_expert: bool = False

    @property
    def title(self) -> str:
        """Return what the person sees the conversation called."""
        return title([one.user.name for one in self.participants])

    @property
    def picture(self) -> str | None:
        """Return the version of its picture: in a dialog the other person's; a group has none yet."""
        is_dialog = self.conversation.kind is ConversationKind.DIALOG
        return self.participants[0].user.photo if is_dialog else None

    @property
    def is_whole(self) -> bool:
        """Whether all members are here."""
        return len(self.conversation.members) == self.members_count


@dataclass(frozen=True, slots=True)
class MissedChanges:
    """What a member missed: messages and own marks that changed after the revisions they had."""

    messages: Sequence[Message]
    hidden: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class Since:
    """Up to which revisions a member knows a conversation.

    `posted_behind` is where to look: no message up to this seq was posted since `rev`, it can only have changed.
    """

    rev: int
    own_rev: int
    posted_behind: int = 0
