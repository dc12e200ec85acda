"""Messages, as they are sent and as they are shown."""

from datetime import datetime

from msgspec import field

from hallway.transport.wire.cards import CourseRef
from hallway.transport.wire.fields import Body, Emoji, FileIds, Frozen, Id, Key, Seq
from hallway.transport.wire.files import Attachment


class Reaction(Frozen, frozen=True):
    """An emoji under a message: how many reacted with it, and who: all of them, or of many the newest 20, and in answers to me always
    I myself, where I did.
    """

    emoji: str
    count: int
    people: list[Id]


class Preview(Frozen, frozen=True):
    """A card of the page that a message links to, in plain text; all but `url` and `title` may be empty. `url` is the link as it stands
    in the message.
    """

    url: str
    title: str
    description: str
    site: str


class Message(Frozen, frozen=True, kw_only=True):
    """One message. A message deleted for everyone keeps its place, with an empty body, no files and `deleted_at`.

    `reply_to` is the seq of the message of this chat that it quotes, `edited_at` when it was given the text that it has.
    `preview` is a card of a page that it links to, where there is one; it comes a moment after the message.
    """

    conversation_id: Id
    seq: int
    rev: int
    sender_id: Id
    key: str
    body: str
    sent_at: datetime
    course: CourseRef | None
    deleted_at: datetime | None
    reply_to: int | None
    edited_at: datetime | None
    reactions: list[Reaction]
    files: list[Attachment] = field(default_factory=list[Attachment])
    preview: Preview | None = None


class History(Frozen, frozen=True):
    """Messages, oldest first; `older` is true when there are more before them, `newer` when there are more behind them.

    `quoted` are those that these reply to and that stand elsewhere. A quoted message that is in neither list I can't see any more.
    """

    messages: list[Message]
    older: bool
    newer: bool = False
    quoted: list[Message] = field(default_factory=list[Message])


class Send(Frozen, frozen=True, kw_only=True):
    """A new message. `key` is made by the client; the same key again gives the same message, never a second one.
    `course_id` says which course it asks about (rules §8), `reply_to` which message of the chat it quotes (rules §15). `files` are
    uploads of mine that are ready; with any, `body` may be empty.
    """

    body: Body
    key: Key
    course_id: Id | None = None
    reply_to: Seq | None = None
    files: FileIds = field(default_factory=list[Id])


class Sent(Frozen, frozen=True):
    """An accepted message: stored durably."""

    message: Message


class Edit(Frozen, frozen=True):
    """Another text for my message."""

    body: Body


class React(Frozen, frozen=True):
    """React to a message with an emoji, or with `on` false take that back. Doing either twice is doing it once."""

    emoji: Emoji
    on: bool = True


class Version(Frozen, frozen=True):
    """What a message said before it was edited, and since when."""

    body: str
    written_at: datetime


class Versions(Frozen, frozen=True):
    """What a message said before, the first version first; what it says now isn't among them."""

    versions: list[Version]
