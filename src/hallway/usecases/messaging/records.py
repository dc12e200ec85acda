"""What the store answers about conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hallway.domain.conversations import Conversation
from hallway.domain.messages import Message
from hallway.domain.people import User


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One line of a person's list: the dialog, who is on the other side (`department` names theirs), the newest
    message that they still see, whether they want no notices of it, and whether the expert whom its question went to
    is one of the course now (False where there was none).
    """

    conversation: Conversation
    other: User
    last_message: Message | None
    course_title: str | None
    department: str | None = None
    is_muted: bool = False
    is_expert: bool = False


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
