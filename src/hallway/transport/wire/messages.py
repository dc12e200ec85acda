"""Messages, as they are sent and as they are shown."""

from datetime import datetime

from msgspec import field

from hallway.transport.wire.cards import CourseRef
from hallway.transport.wire.fields import Body, FileIds, Frozen, Id, Key
from hallway.transport.wire.files import Attachment


class Message(Frozen, frozen=True, kw_only=True):
    """One message. A message deleted for everyone keeps its place, with an empty body, no files and `deleted_at`."""

    conversation_id: Id
    seq: int
    rev: int
    sender_id: Id
    key: str
    body: str
    sent_at: datetime
    course: CourseRef | None
    deleted_at: datetime | None
    files: list[Attachment] = field(default_factory=list[Attachment])


class History(Frozen, frozen=True):
    """Messages, oldest first; `older` is true when there are more before them, `newer` when there are more behind them."""

    messages: list[Message]
    older: bool
    newer: bool = False


class Send(Frozen, frozen=True):
    """A new message. `key` is made by the client; the same key again gives the same message, never a second one.
    `course_id` says which course it asks about (rules §8). `files` are uploads of mine that are ready; with any, `body` may
    be empty.
    """

    body: Body
    key: Key
    course_id: Id | None = None
    files: FileIds = field(default_factory=list[Id])


class Sent(Frozen, frozen=True):
    """An accepted message: stored durably."""

    message: Message
