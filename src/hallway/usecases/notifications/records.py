"""What the store keeps of notifications: their states, preferences, browsers that take pushes, and mail."""

from dataclasses import dataclass, field
from datetime import datetime

from hallway.domain.ids import AccountId, ConversationId, SessionId, UserId
from hallway.domain.notifications import Wishes
from hallway.domain.office import Office

MemberKey = tuple[UserId, ConversationId]
"""The key of a person's side of a conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationState:
    """How far a person was notified of a conversation on one target; a job of the same subject says when to look again.

    `target_id` is the name of a channel, or its name, `/` and the key of a target on it, as `push/` and the id of a
    browser. `notified_seq` is the last message of which they were notified. `is_shown` says that a notification is on a
    screen, to be withdrawn.
    """

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    target_id: str
    notified_seq: int = 0
    is_shown: bool = False

    @property
    def subject(self) -> str:
        """The subject of its job: at most 124 characters."""
        return f"{self.user_id}/{self.conversation_id}/{self.target_id}"


@dataclass(frozen=True, slots=True)
class NotificationPreferences:
    """The wishes of a person, and when they answer as an expert."""

    wishes: Wishes = field(default_factory=Wishes)
    office: Office | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser that takes pushes: `endpoint` is where its maker's service takes them, the rest are its keys.

    It belongs to the session that signed up for it, and gets no push once that has ended or expired.
    """

    account_id: AccountId
    id: str
    user_id: UserId
    session_id: SessionId
    endpoint: str
    p256dh: str
    auth: str
    name: str
    created_at: datetime

    @property
    def target_id(self) -> str:
        """The target of its notifications."""
        return f"push/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAddress:
    """Where a person's answers to a conversation come in by mail."""

    account_id: AccountId
    id: str
    user_id: UserId
    conversation_id: ConversationId
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A mail that came in and that nothing could be done with, kept for the administrators."""

    account_id: AccountId
    id: str
    at: datetime
    sender: str
    subject: str
    reason: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """That mail to somebody's address came back. It counts for as long as that is their address."""

    account_id: AccountId
    user_id: UserId
    email: str
    at: datetime
    reason: str
