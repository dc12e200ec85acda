"""A message and what may happen to it (rules §6, §7): each change makes a new one from the old."""

from dataclasses import dataclass, replace
from datetime import datetime

from hallway.domain.files import Attachment
from hallway.domain.ids import AccountId, ConversationId, CourseId, UserId
from hallway.domain.previews import Preview
from hallway.domain.reactions import Reaction

MAX_BODY = 4_000
"""The longest message, in Unicode code points."""
MOST_EDITS = 50
"""Edits of one message; each keeps a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message; its address is (conversation, seq). `course_id` is the course that it asks about (rules §8).

    One with `files` may have an empty body (rules §14). `preview` is the card of its first link that the account allows (rules §20).

    `reply_to` is the seq of the message that it quotes. What that says is never kept here: it is looked up when somebody reads, who
    may not see it any more, or not in the same words (rules §15).
    """

    account_id: AccountId
    conversation_id: ConversationId
    seq: int
    rev: int
    sender_id: UserId
    key: str
    body: str
    sent_at: datetime
    course_id: CourseId | None = None
    deleted_at: datetime | None = None
    files: tuple[Attachment, ...] = ()
    reply_to: int | None = None
    edited_at: datetime | None = None
    reactions: tuple[Reaction, ...] = ()
    preview: Preview | None = None

    @property
    def is_deleted(self) -> bool:
        """Whether its sender deleted it for everyone; then body and files are gone, and a line stays (rules §7)."""
        return self.deleted_at is not None

    def deleted_for_everyone(self, rev: int, at: datetime) -> "Message":
        """Return what stays of it: its seq, its sender and when it went."""
        kept = replace(self, rev=rev, body="", files=(), deleted_at=at, reply_to=None, edited_at=None)
        return replace(kept, reactions=(), preview=None)

    def edited(self, rev: int, body: str, at: datetime) -> "Message":
        """Return the message with another text, marked as edited (rules §15)."""
        return replace(self, rev=rev, body=body, edited_at=at)

    def with_preview(self, rev: int, preview: Preview | None) -> "Message":
        """Return the message with this card, or without one (rules §20)."""
        return replace(self, rev=rev, preview=preview)

    def reacted_to(self, rev: int, reactions: tuple[Reaction, ...]) -> "Message":
        """Return the message with these reactions (rules §15)."""
        return replace(self, rev=rev, reactions=reactions)


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said before it was edited, and since when; the first is numbered 1."""

    number: int
    body: str
    written_at: datetime


def awaits_answer(newest: Message | None, reader: UserId) -> bool:
    """Return whether somebody waits for the reader's answer: the newest message that the reader sees is the other person's.

    One that was deleted for everyone asks nothing any more.
    """
    return newest is not None and newest.sender_id != reader and not newest.is_deleted
