"""The frames of the socket.

A client chooses the `id` of its frame, and the answer carries it as `re`. A text frame of the server is always a JSON
list of frames.
"""

from datetime import datetime
from typing import Literal

from msgspec import field

from hallway.transport.wire.conversations import Changes
from hallway.transport.wire.fields import Body, FileIds, FrameId, Frozen, Id, Key, Rev, Seq
from hallway.transport.wire.messages import Message
from hallway.transport.wire.problems import ProblemDocument

# Client to server.


class SendFrame(Frozen, frozen=True, tag_field="type", tag="send", kw_only=True):
    """Send a message to a conversation or, when `to` is a person, to the dialog with them. Answered by sent or no."""

    id: FrameId
    to: Id
    to_kind: Literal["conversation", "person"]
    body: Body
    key: Key
    course_id: Id | None = None
    reply_to: Seq | None = None
    files: FileIds = field(default_factory=list[Id])


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


# Server to client.


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
    """A message was posted, edited, reacted to, or deleted for everyone: the message as it is now."""

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


class StarFrame(Frozen, frozen=True, tag_field="type", tag="star"):
    """I starred a message or took the star back, perhaps on another device."""

    conversation_id: Id
    own_rev: int
    seq: int
    is_starred: bool


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
    """I muted a conversation, for ever (null) or until then, or unmuted it, perhaps on another device."""

    conversation_id: Id
    muted: bool
    muted_until: datetime | None


class ChatMovedFrame(Frozen, frozen=True, tag_field="type", tag="chat_moved"):
    """I pinned a chat in my list, archived it, or took either back, perhaps on another device: where it stands, its row says."""

    conversation_id: Id
    own_rev: int
    pinned: bool
    archived: bool


class DraftFrame(Frozen, frozen=True, tag_field="type", tag="draft"):
    """My draft in a chat changed, or is gone, perhaps on another device: ask for it. `revision` counts the changes of all my drafts."""

    conversation_id: Id
    revision: int


class ScheduledFrame(Frozen, frozen=True, tag_field="type", tag="scheduled"):
    """What I scheduled in this chat changed, perhaps because it was sent or refused at its time: ask what waits."""

    conversation_id: Id


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
    | StarFrame
    | UnreadMarkFrame
    | ChatDeletedFrame
    | MemberSettingsFrame
    | ChatMovedFrame
    | DraftFrame
    | ScheduledFrame
    | ProfileFrame
    | AccountFrame
    | FactsFrame
    | TypistFrame
    | SignedOutFrame
)
