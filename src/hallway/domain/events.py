"""The closed list of what can happen: what was committed, small and true for good, and what is only passing."""

from dataclasses import dataclass
from datetime import datetime

from hallway.domain.ids import AccountId, ConversationId, SessionId, UserId
from hallway.domain.messages import Message


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """A message was stored; `message.rev` is the conversation's revision after it."""

    account_id: AccountId
    members: frozenset[UserId]
    message: Message
    course_title: str | None = None


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message was edited, reacted to or deleted for everyone; `message` is what it is now.

    While it has a text, `members` are those who see it: what somebody deleted from their copy is never sent to them again.
    """

    account_id: AccountId
    members: frozenset[UserId]
    message: Message
    course_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRead:
    """A member read up to `read_seq`."""

    account_id: AccountId
    members: frozenset[UserId]
    conversation_id: ConversationId
    rev: int
    user_id: UserId
    read_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHidden:
    """A member deleted their own copy of a message, or took that back (`is_hidden` False)."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    own_rev: int
    seq: int
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStarred:
    """A member starred a message, or took the star back (`is_starred` False); nobody else is concerned."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    own_rev: int
    seq: int
    is_starred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadMarked:
    """A member marked unread what they had read from message `unread_from` on, or that ended (None)."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    own_rev: int
    unread_from: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDeleted:
    """A member deleted their side of a dialog, up to `cleared_seq`."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    own_rev: int
    cleared_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSettingsChanged:
    """A member changed what they chose for one conversation, which concerns nobody else: whether it is muted.

    `muted_until` is when that ends; None without an end, and when it is not muted.
    """

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    is_muted: bool
    muted_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMoved:
    """A member pinned a chat in their list, or archived it, or took either back; nobody else is concerned."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    own_rev: int
    is_pinned: bool
    is_archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanged:
    """A person's draft in a chat changed, or is gone, by the change `revision` of their drafts; nobody else is concerned."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    revision: int


@dataclass(frozen=True, slots=True)
class ScheduledChanged:
    """What a person scheduled in a chat changed: something was scheduled, changed, sent, cancelled or refused. Nobody else is concerned."""

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """What is shown of a person changed: name, title, picture, office hours, whether their mail arrives.

    `users` are those who are shown it.
    """

    account_id: AccountId
    user_id: UserId
    users: frozenset[UserId]


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """What `users` are shown of the account changed: a name, a setting; None means for everyone in the account."""

    account_id: AccountId
    users: frozenset[UserId] | None


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """Who may write to whom changed for `users`, and nothing else; None means for everyone in the account."""

    account_id: AccountId
    users: frozenset[UserId] | None


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A session may not go on: signed out, or its user was deactivated or removed. None ends all the user's.

    Without a user it ends all of the account, which was suspended.
    """

    account_id: AccountId
    user_id: UserId | None
    session_id: SessionId | None


@dataclass(frozen=True, slots=True)
class Typing:
    """A member types; `members` are the others in the chat, who may see it."""

    account_id: AccountId
    members: frozenset[UserId]
    conversation_id: ConversationId
    user_id: UserId


Committed = (
    MessagePosted
    | MessageChanged
    | ConversationRead
    | MessageHidden
    | MessageStarred
    | UnreadMarked
    | ChatDeleted
    | MemberSettingsChanged
    | ChatMoved
    | DraftChanged
    | ScheduledChanged
    | ProfileChanged
    | AccountChanged
    | FactsChanged
    | SessionEnded
)
"""What a transaction did, told after its commit. Who misses one learns of it, and catches up."""
Ephemeral = Typing
"""What is stored nowhere and lost without harm: it delays and displaces nothing that was committed."""
Event = Committed | Ephemeral
