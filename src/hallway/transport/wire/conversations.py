"""Conversations: the rows of the list, a chat that is opened, and what changed in it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from hallway.transport.wire.cards import CourseRef, PersonCard
from hallway.transport.wire.fields import Frozen, Id, Kind, Seq
from hallway.transport.wire.messages import History, Message
from hallway.transport.wire.people import OfficeHours


class Question(Frozen, frozen=True):
    """The course that the dialog's question was about, which of the two it went to as the course's expert, and whether
    they still are one.
    """

    course: CourseRef
    expert_id: Id
    is_expert: bool


class Participant(Frozen, frozen=True):
    """Another person in a chat, and up to which message they have read."""

    person: PersonCard
    read_seq: int


class Row(Frozen, frozen=True, kw_only=True):
    """One line of the list. `rev` and `own_rev` say up to which change this is true; `place` orders the list, higher
    is nearer the top; null when the chat is not in the list. `pinned` chats stand above the others. `archived` orders
    my archive in the same way; null when the chat is not in it. `muted` says that I want no notices of it, `muted_until` until when;
    null without an end. From `unread_from` on I marked unread what I had read up to `read_seq`.

    `title` is what I see the chat called, `picture` the version of its picture, null while it has none: in a dialog the
    other person's name, and their picture. `participants` are the first few of the others, of `members_count` people
    with me.
    """

    conversation_id: Id
    kind: Kind
    title: str
    picture: str | None
    members_count: int
    participants: list[Participant]
    question: Question | None
    last_message: Message | None
    unread: int
    place: int | None
    rev: int
    own_rev: int
    last_seq: int
    read_seq: int
    muted: bool
    unread_from: int | None
    muted_until: datetime | None
    pinned: bool
    archived: int | None


class Rows(Frozen, frozen=True):
    """A page of the list; `next` is the cursor of the next page, null at the end. `waiting_chats` says in how many of my chats
    somebody waits for my answer; null where I am no expert, and behind the first page.
    """

    rows: list[Row]
    next: str | None
    unread_chats: int
    waiting_chats: int | None


class Standing(Frozen, frozen=True, kw_only=True):
    """What I may do in a chat now: open, or read-only with the denial's code, words, rule and remedy (rules §4)."""

    is_open: bool
    reason: str | None
    because: str | None
    rule: str | None
    remedy: str | None
    course: CourseRef | None


class Opened(Frozen, frozen=True, kw_only=True):
    """All that an opened chat shows, in one answer. For a pair that never wrote, `row.last_seq` is 0 and nothing is
    stored. `about` is the course a first question is about, when it was asked for and holds. `starred`
    are the seqs of all that I starred in this chat, on whatever page.
    """

    row: Row
    standing: Standing
    history: History
    about: CourseRef | None
    office: OfficeHours | None
    starred: list[int] = field(default_factory=list[int])


class Changes(Frozen, frozen=True, kw_only=True):
    """What happened since the given revisions: changed messages, own hidden marks by seq, and the row as it is now. `quoted` are the
    messages that those reply to, as in a page of history. `starred` are the seqs of all that I starred in this chat; null where nothing of
    my own side changed.

    `truncated` means too much happened: open the chat anew.
    """

    row: Row
    standing: Standing
    messages: list[Message]
    hidden: list[int]
    restored: list[int]
    cleared_seq: int
    truncated: bool
    quoted: list[Message] = field(default_factory=list[Message])
    starred: list[int] | None = None


class Read(Frozen, frozen=True):
    """Mark messages as read up to here."""

    seq: Seq


class Mute(Frozen, frozen=True):
    """Whether a chat is muted for me, and until when: null for ever, at most a year from now."""

    muted: bool
    until: Annotated[datetime, Meta(tz=True)] | None = None


class Pin(Frozen, frozen=True):
    """Whether a chat is pinned above the others in my list."""

    pinned: bool


class Archive(Frozen, frozen=True):
    """Whether a chat is in my archive."""

    archived: bool


class MarkUnread(Frozen, frozen=True):
    """Mark messages as unread from here on; without a `seq` from the others' newest one on."""

    seq: Seq | None = None
