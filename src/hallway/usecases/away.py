"""What is kept for people who are away, and the ports to it: notices, wishes, browsers that take pushes, mail."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, ConversationId, SessionId, UserId
from hallway.domain.notices import Policy, Wishes
from hallway.domain.office import Office

Place = tuple[UserId, ConversationId]
"""A person's side of a conversation."""


@dataclass(frozen=True, slots=True)
class Notice:
    """How far a person was told of a conversation through one outlet; a job of the same subject says when to look again.

    An outlet is `email`, `messenger`, or `push/` and the id of a browser. `told_seq` is the last message that was told.
    `is_shown` says that a notice is on a screen, to be withdrawn.
    """

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    outlet: str
    told_seq: int = 0
    is_shown: bool = False

    @property
    def subject(self) -> str:
        """What its job is about: at most 124 characters."""
        return f"{self.user_id}/{self.conversation_id}/{self.outlet}"


class Notices(Protocol):
    """What is to be told, and what was."""

    def untold(self, account_id: AccountId, limit: int) -> Sequence[ConversationId]:
        """Conversations with a message for which nobody has decided yet whom to tell, and how."""
        ...

    def at(self, account_id: AccountId, places: Collection[Place]) -> Sequence[Notice]:
        """All of them at these sides of conversations."""
        ...

    def shown(self, account_id: AccountId, place: Place) -> Sequence[Notice]:
        """Those on a screen at this side of a conversation."""
        ...

    def save(self, notices: Sequence[Notice]) -> None:
        """Add them, or change them."""
        ...

    def left_by_older(self, account_id: AccountId, before: datetime, limit: int) -> Sequence[Notice]:
        """Those that a server without jobs left due since before; from now on they count as not due."""
        ...

    def forget(self, account_id: AccountId, user_id: UserId, outlet: str) -> None:
        """An outlet that is no more."""
        ...


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person wishes, and when they answer as an expert."""

    wishes: Wishes = field(default_factory=Wishes)
    office: Office | None = None


class Settings(Protocol):
    """What the account and its people decided about notices."""

    def policy(self, account_id: AccountId) -> Policy: ...
    def set_policy(self, account_id: AccountId, policy: Policy) -> None: ...
    def of(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Preferences]:
        """Of those who chose anything; the others are missing."""
        ...

    def save(self, account_id: AccountId, user_id: UserId, preferences: Preferences) -> None: ...
    def muted(self, account_id: AccountId, places: Collection[Place]) -> frozenset[Place]:
        """Those of which the person wants no notices."""
        ...

    def mute(self, account_id: AccountId, place: Place, *, is_muted: bool) -> None: ...
    def secret(self, account_id: AccountId, name: str) -> str | None:
        """A key of the account's own, which all processes use."""
        ...

    def set_secret(self, account_id: AccountId, name: str, content: str) -> None: ...
    def first_secret(self, account_id: AccountId, name: str, content: str) -> str:
        """Keep a key unless there is one of this name, perhaps since a moment; answer the one there is."""
        ...


@dataclass(frozen=True, slots=True)
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
    def outlet(self) -> str:
        """What its notices are kept under."""
        return f"push/{self.id}"


class Browsers(Protocol):
    """Browsers that take pushes."""

    def add(self, browser: Browser, /) -> None:
        """In the place of the one with the same endpoint, whoever's it was."""
        ...

    def of(
        self, account_id: AccountId, user_ids: Collection[UserId], now: datetime
    ) -> Mapping[UserId, Sequence[Browser]]:
        """Those whose session has neither ended nor expired, by their people."""
        ...

    def remove(self, account_id: AccountId, browser_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ReplyAddress:
    """Where a person's answers to a conversation come in by mail."""

    account_id: AccountId
    id: str
    user_id: UserId
    conversation_id: ConversationId
    made_at: datetime


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail that came in and that nothing could be done with, kept for the administrators."""

    account_id: AccountId
    id: str
    at: datetime
    sender: str
    subject: str
    reason: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Bounce:
    """That mail to somebody's address came back. It counts for as long as that is their address."""

    account_id: AccountId
    user_id: UserId
    email: str
    at: datetime
    reason: str


class Mails(Protocol):
    """What comes in by mail, and what comes back."""

    def address(self, account_id: AccountId, address_id: str) -> ReplyAddress | None: ...
    def addresses(self, account_id: AccountId, places: Collection[Place]) -> Mapping[Place, ReplyAddress]:
        """The newest of each."""
        ...

    def add_addresses(self, addresses: Sequence[ReplyAddress]) -> None: ...
    def keep_original(self, account_id: AccountId, conversation_id: ConversationId, seq: int, text: str) -> None:
        """The whole text of the mail that a message came by."""
        ...

    def original(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> str | None: ...
    def keep(self, mail: KeptMail, /) -> None: ...
    def kept(self, account_id: AccountId, limit: int) -> Sequence[KeptMail]:
        """The newest first, without their contents."""
        ...

    def kept_one(self, account_id: AccountId, mail_id: str) -> KeptMail | None:
        """One of them, with its content."""
        ...

    def forget_kept(self, account_id: AccountId, *, most: int, most_bytes: int, before: datetime, first: str) -> int:
        """Delete those from before a moment, and the oldest beyond a number and beyond a size of their contents together.

        Those that were kept for the reason `first` go before all others. Answers how many went.
        """
        ...

    def paces(self, account_id: AccountId, keys: Collection[str]) -> Mapping[str, datetime]:
        """From when on return mails by these keys would be evenly spread; those that were are missing. Locks what it finds."""
        ...

    def set_pace(self, account_id: AccountId, key: str, even_at: datetime, *, forget_before: datetime) -> None:
        """Keep one, and forget those that limit nobody any more."""
        ...

    def drop(self, account_id: AccountId, mail_id: str) -> None: ...
    def bounces(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Bounce]: ...
    def bounced(self, bounce: Bounce, /) -> None: ...
    def works_again(self, account_id: AccountId, user_id: UserId) -> None: ...
