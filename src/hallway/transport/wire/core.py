"""Every body and frame of the public API that people use: both directions, unknown fields refused.

It is the source of the OpenAPI page, of the client's TypeScript types and of `hallway.client`. Times are RFC 3339 in
UTC; ids are canonical UUIDs; an absent value is null, never a missing field. The admin portal's are in `admin`.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
LARGEST = 2**53
"""The largest number of the wire: beyond it browsers count wrongly, and from 2**63 on no column holds it."""

# `$` also matches before a line break at the end: length, or what may not follow, keeps that out.
Id = Annotated[str, Meta(max_length=36, pattern=ID_PATTERN)]
Key = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
Body = Annotated[str, Meta(min_length=1, max_length=4000)]
Short = Annotated[str, Meta(min_length=1, max_length=200)]
Secret = Annotated[str, Meta(min_length=1, max_length=500)]
Seq = Annotated[int, Meta(ge=1, le=LARGEST)]
Rev = Annotated[int, Meta(ge=0, le=LARGEST)]
FrameId = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
Role = Literal["owner", "administrator", "department_administrator", "author", "learner"]
State = Literal["active", "inactive", "removed"]
Scope = Literal["read", "write", "admin"]
Kind = Literal["dialog", "group"]
Mode = Literal["strict", "managers", "limited", "open"]


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every body: read only, and strict about what it accepts."""


# Problems


class FieldProblem(Frozen, frozen=True):
    """What is wrong with one field; `pointer` is an RFC 6901 pointer into the body.

    `message` is in English. `values` are what a sentence in another language needs to know, as `line`; most codes need none.
    """

    pointer: str
    code: str
    message: str
    values: dict[str, str | int] | UnsetType = UNSET


class ProblemDocument(Frozen, frozen=True, kw_only=True):
    """An RFC 9457 problem document. `code` is stable; a refusal names its rule and what would change it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    rule: str | None = None
    remedy: str | None = None
    errors: list[FieldProblem] = []
    retry_after: int | None = None


# People


class PersonCard(Frozen, frozen=True, kw_only=True):
    """A person as others see them; never their e-mail address. `photo` is the version of their picture, at
    `/api/v1/people/{id}/photo?v={photo}`, null while they have none.
    """

    id: Id
    name: str
    role: Role
    state: State
    title: str
    department: str | None
    photo: str | None


class Can(Frozen, frozen=True):
    """What the signed-in person may do, as the rules say now; for showing and hiding, never for deciding."""

    start_chats: bool
    enter_portal: bool
    manage_account: bool


class Academy(Frozen, frozen=True, kw_only=True):
    """The account, as its people see it. `delete_for_everyone_seconds` is how long that action is offered, and `typing_on`
    whether people see that the other one types.
    """

    id: Id
    name: str
    messaging_on: bool
    mode: Mode
    delete_for_everyone_seconds: int
    typing_on: bool


class AccessNotice(Frozen, frozen=True):
    """A change someone else made to my sign-in; `by` is their name, null for the operator. It stays until I dismiss it."""

    id: Id
    deed: Literal["link_made", "link_spent", "password_set", "email_changed", "login_changed"]
    by: str | None
    at: datetime


class Me(Frozen, frozen=True, kw_only=True):
    """The signed-in person. `csrf` goes into the X-CSRF-Token header of every change made with the cookie.

    `mail_bounced` says that mail to them came back, and that none is sent at present. `is_expert` and `is_learning` are
    whether they are an expert of a course, and enrolled in one; `office` is when they answer, where they said so.
    """

    person: PersonCard
    email: str
    login: str
    locale: str
    time_zone: str
    academy: Academy
    can: Can
    is_expert: bool
    is_learning: bool
    unread_chats: int
    mail_bounced: bool
    access_notices: list[AccessNotice]
    office: "OfficeHours | None"
    csrf: str
    server_time: datetime


class Preferences(Frozen, frozen=True):
    """Changes to my own preferences; null leaves a value unchanged."""

    locale: Literal["en", "ar", "ru"] | None = None
    time_zone: Annotated[str, Meta(max_length=64)] | None = None


class People(Frozen, frozen=True):
    """The people I may write to first, and no one else (rules §3). `next` is the cursor of the next page."""

    people: list[PersonCard]
    next: str | None


# Messages


class CourseRef(Frozen, frozen=True):
    """A course, by name."""

    id: Id
    title: str


class Message(Frozen, frozen=True, kw_only=True):
    """One message. A message deleted for everyone keeps its place, with an empty body and `deleted_at`."""

    conversation_id: Id
    seq: int
    rev: int
    sender_id: Id
    key: str
    body: str
    sent_at: datetime
    course: CourseRef | None
    deleted_at: datetime | None


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
    is nearer the top; null when the chat is not in the list. `muted` says that I want no notices of it. From
    `unread_from` on I marked unread what I had read up to `read_seq`.

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


class History(Frozen, frozen=True):
    """Messages, oldest first; `older` is true when there are more before them, `newer` when there are more behind them."""

    messages: list[Message]
    older: bool
    newer: bool = False


class OfficeHours(Frozen, frozen=True, kw_only=True):
    """When somebody answers, on their own clock: days from Monday, 0; how many of these hours a reply usually
    takes; and by when one to a message that is written now may be expected, null where their hours never add up to it.
    """

    days: list[int]
    opens: str
    closes: str
    time_zone: str
    is_open: bool
    reply_hours: int
    reply_by: datetime | None


class Opened(Frozen, frozen=True, kw_only=True):
    """All that an opened chat shows, in one answer. For a pair that never wrote, `row.last_seq` is 0 and nothing is
    stored. `about` is the course a first question is about, when it was asked for and holds.
    """

    row: Row
    standing: Standing
    history: History
    about: CourseRef | None
    office: OfficeHours | None


class Changes(Frozen, frozen=True, kw_only=True):
    """What happened since the given revisions: changed messages, own hidden marks by seq, and the row as it is now.

    `truncated` means too much happened: open the chat anew.
    """

    row: Row
    standing: Standing
    messages: list[Message]
    hidden: list[int]
    restored: list[int]
    cleared_seq: int
    truncated: bool


class Send(Frozen, frozen=True):
    """A new message. `key` is made by the client; the same key again gives the same message, never a second one.
    `course_id` says which course it asks about (rules §8).
    """

    body: Body
    key: Key
    course_id: Id | None = None


class Read(Frozen, frozen=True):
    """Mark messages as read up to here."""

    seq: Seq


class MarkUnread(Frozen, frozen=True):
    """Mark messages as unread from here on; without a `seq` from the others' newest one on."""

    seq: Seq | None = None


class Sent(Frozen, frozen=True):
    """An accepted message: stored durably."""

    message: Message


# Frames of the socket, client to server. `id` is chosen by the client; the answer carries it as `re`.


class SendFrame(Frozen, frozen=True, tag_field="type", tag="send", kw_only=True):
    """Send a message to a conversation or, when `to` is a person, to the dialog with them. Answered by sent or no."""

    id: FrameId
    to: Id
    to_kind: Literal["conversation", "person"]
    body: Body
    key: Key
    course_id: Id | None = None


class ReadFrame(Frozen, frozen=True, tag_field="type", tag="read"):
    """Mark messages as read up to `seq`. Answered by done or no."""

    id: FrameId
    conversation_id: Id
    seq: Seq


class UnreadFrame(Frozen, frozen=True, tag_field="type", tag="unread"):
    """Mark messages as unread from `seq` on, without it from the others' newest one on. Answered by done or no."""

    id: FrameId
    conversation_id: Id
    seq: Seq | None = None


class SyncFrame(Frozen, frozen=True, tag_field="type", tag="sync"):
    """Ask what changed since these revisions. Answered by changes or no."""

    id: FrameId
    conversation_id: Id
    rev: Rev
    own_rev: Rev


class PingFrame(Frozen, frozen=True, tag_field="type", tag="ping"):
    """Check the connection. Answered by done."""

    id: FrameId


class TypingFrame(Frozen, frozen=True, tag_field="type", tag="typing"):
    """I am typing in this chat. Answered by nothing: it is passed on to the others there, or dropped."""

    conversation_id: Id


AnsweredFrame = SendFrame | ReadFrame | UnreadFrame | SyncFrame | PingFrame
ClientFrame = AnsweredFrame | TypingFrame

# Frames of the socket, server to client. A text frame is always a JSON list of these.


class WelcomeFrame(Frozen, frozen=True, tag_field="type", tag="welcome"):
    """The first frame: who you are, and the server's protocol version; a client of a lower one must be updated."""

    version: int
    user_id: Id
    server_time: datetime


class SentFrame(Frozen, frozen=True, tag_field="type", tag="sent"):
    """The message is stored durably."""

    re: int
    message: Message


class DoneFrame(Frozen, frozen=True, tag_field="type", tag="done"):
    """The request is done."""

    re: int


class ChangesFrame(Frozen, frozen=True, tag_field="type", tag="changes"):
    """The answer to sync."""

    re: int
    changes: Changes


class NoFrame(Frozen, frozen=True, tag_field="type", tag="no"):
    """The frame was refused and nothing was done. `re` is null when the frame couldn't be read."""

    re: int | None
    problem: ProblemDocument


class MessageFrame(Frozen, frozen=True, tag_field="type", tag="message"):
    """A message was posted, or deleted for everyone: the message as it is now."""

    message: Message


class ReadMarkFrame(Frozen, frozen=True, tag_field="type", tag="read_mark"):
    """A member read up to `read_seq`."""

    conversation_id: Id
    rev: int
    user_id: Id
    read_seq: int


class HiddenFrame(Frozen, frozen=True, tag_field="type", tag="hidden"):
    """I deleted or restored my copy of a message, perhaps on another device."""

    conversation_id: Id
    own_rev: int
    seq: int
    is_hidden: bool


class UnreadMarkFrame(Frozen, frozen=True, tag_field="type", tag="unread_mark"):
    """I marked messages as unread from `unread_from` on, or that ended (null), perhaps on another device."""

    conversation_id: Id
    own_rev: int
    unread_from: int | None


class ChatDeletedFrame(Frozen, frozen=True, tag_field="type", tag="chat_deleted"):
    """I deleted my side of the dialog, perhaps on another device."""

    conversation_id: Id
    own_rev: int
    cleared_seq: int


class MemberSettingsFrame(Frozen, frozen=True, tag_field="type", tag="member_settings"):
    """I muted a conversation, or unmuted it, perhaps on another device."""

    conversation_id: Id
    muted: bool


class ProfileFrame(Frozen, frozen=True, tag_field="type", tag="profile"):
    """What is shown of a person changed: reload the rows of chats with them; my own: reload who I am."""

    user_id: Id


class AccountFrame(Frozen, frozen=True, tag_field="type", tag="account"):
    """A name or a setting of the account changed, and nothing of who may write to whom: reload who I am."""


class FactsFrame(Frozen, frozen=True, tag_field="type", tag="facts"):
    """Who may write to whom changed: reload what is on the screen."""


class TypistFrame(Frozen, frozen=True, tag_field="type", tag="typing"):
    """Another member is typing in this chat; not so any more when their message comes, or after 5 seconds."""

    conversation_id: Id
    user_id: Id


class SignedOutFrame(Frozen, frozen=True, tag_field="type", tag="signed_out"):
    """This session ended; the socket closes."""


ServerFrame = (
    WelcomeFrame
    | SentFrame
    | DoneFrame
    | ChangesFrame
    | NoFrame
    | MessageFrame
    | ReadMarkFrame
    | HiddenFrame
    | UnreadMarkFrame
    | ChatDeletedFrame
    | MemberSettingsFrame
    | ProfileFrame
    | AccountFrame
    | FactsFrame
    | TypistFrame
    | SignedOutFrame
)
