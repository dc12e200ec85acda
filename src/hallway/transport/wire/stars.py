"""The messages that I starred."""

from hallway.transport.wire.conversations import Participant
from hallway.transport.wire.fields import Frozen, Kind
from hallway.transport.wire.messages import Message


class StarredMessage(Frozen, frozen=True, kw_only=True):
    """A message that I starred, and how its chat is shown, as in a row. `excerpt` is the beginning of its text on one line, with an
    ellipsis where it was cut; empty for files alone.
    """

    message: Message
    kind: Kind
    title: str
    picture: str | None
    members_count: int
    participants: list[Participant]
    excerpt: str


class StarredMessages(Frozen, frozen=True):
    """Messages that I starred and see now, the newest star first; `next` is the cursor of the next page, null at the end."""

    messages: list[StarredMessage]
    next: str | None
