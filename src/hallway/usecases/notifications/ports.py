"""The ports to notifications: their states, preferences, browsers that take pushes, and mail."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.notifications import Policy
from hallway.usecases.notifications.records import (
    Bounce,
    Browser,
    KeptMail,
    MemberKey,
    NotificationPreferences,
    NotificationState,
    ReplyAddress,
)


class NotificationStates(Protocol):
    """The states of people's notifications, and the conversations for which that is not decided yet."""

    def undecided_accounts(self) -> Sequence[AccountId]:
        """Return the accounts with conversations in `undecided`. Not limited to an account, so for background work alone."""
        ...

    def undecided(self, account_id: AccountId, limit: int) -> Sequence[ConversationId]:
        """Return conversations with a message for which nobody has decided yet whom to notify, and how."""
        ...

    def at(self, account_id: AccountId, member_keys: Collection[MemberKey]) -> Sequence[NotificationState]:
        """Return all notification states at these sides of conversations."""
        ...

    def shown(self, account_id: AccountId, member_key: MemberKey) -> Sequence[NotificationState]:
        """Return the states that are on a screen at this side of a conversation."""
        ...

    def save(self, states: Sequence[NotificationState]) -> None:
        """Add them, or change them."""
        ...

    def left_by_older(self, account_id: AccountId, before: datetime, limit: int) -> Sequence[NotificationState]:
        """Return the states that a server without jobs left due since before; from now on they count as not due."""
        ...

    def forget(self, account_id: AccountId, user_id: UserId, target_id: str) -> None:
        """Delete the states of a target that is gone."""
        ...


class NotificationSettings(Protocol):
    """The choices of the account and its people about notifications."""

    def policy(self, account_id: AccountId) -> Policy: ...
    def set_policy(self, account_id: AccountId, policy: Policy) -> None: ...
    def of(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, NotificationPreferences]:
        """Return the preferences of those who chose anything; the others are missing."""
        ...

    def save(self, account_id: AccountId, user_id: UserId, preferences: NotificationPreferences) -> None: ...
    def muted(self, account_id: AccountId, member_keys: Collection[MemberKey], now: datetime) -> frozenset[MemberKey]:
        """Return the sides of conversations of which the person wants no notifications now."""
        ...

    def mute(self, account_id: AccountId, member_key: MemberKey, *, until: datetime | None) -> None:
        """Mute a side of a conversation until then (FOREVER without an end), or unmute it (None)."""
        ...

    def secret(self, account_id: AccountId, name: str) -> str | None:
        """Return a key of the account's own, which all processes use."""
        ...

    def set_secret(self, account_id: AccountId, name: str, content: str) -> None: ...
    def first_secret(self, account_id: AccountId, name: str, content: str) -> str:
        """Keep a key unless there is one of this name, perhaps since a moment ago; return the one there is."""
        ...


class Browsers(Protocol):
    """Browsers that take pushes."""

    def add(self, browser: Browser, /) -> None:
        """Add a browser, replacing the one with the same endpoint, whoever's it was."""
        ...

    def of(
        self, account_id: AccountId, user_ids: Collection[UserId], now: datetime
    ) -> Mapping[UserId, Sequence[Browser]]:
        """Return by person the browsers whose session has neither ended nor expired."""
        ...

    def remove(self, account_id: AccountId, browser_id: str) -> None: ...


class Mails(Protocol):
    """Mails that come in, and mails that come back."""

    def address(self, account_id: AccountId, address_id: str) -> ReplyAddress | None: ...
    def addresses(self, account_id: AccountId, member_keys: Collection[MemberKey]) -> Mapping[MemberKey, ReplyAddress]:
        """Return the newest reply address of each side."""
        ...

    def add_addresses(self, addresses: Sequence[ReplyAddress]) -> None: ...
    def keep_original(self, account_id: AccountId, conversation_id: ConversationId, seq: int, text: str) -> None:
        """Keep the whole text of the mail that a message came by."""
        ...

    def original(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> str | None: ...
    def keep(self, mail: KeptMail, /) -> None: ...
    def kept(self, account_id: AccountId, limit: int) -> Sequence[KeptMail]:
        """Return the mails kept aside, the newest first, without their contents."""
        ...

    def kept_one(self, account_id: AccountId, mail_id: str) -> KeptMail | None:
        """Return a mail that was kept aside, with its content."""
        ...

    def forget_kept(self, account_id: AccountId, *, most: int, most_bytes: int, before: datetime, first: str) -> int:
        """Delete those from before a moment, and the oldest beyond a number and beyond a size of their contents together.

        Those that were kept for the reason `first` go before all others. Returns how many went.
        """
        ...

    def paces(self, account_id: AccountId, keys: Collection[str]) -> Mapping[str, datetime]:
        """Return from when on return mails by these keys would be evenly spread; keys that are so already are missing.
        Locks what it finds.
        """
        ...

    def set_pace(self, account_id: AccountId, key: str, even_at: datetime, *, forget_before: datetime) -> None:
        """Keep a pace, and forget those that limit nobody any more."""
        ...

    def drop(self, account_id: AccountId, mail_id: str) -> None: ...
    def bounces(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Bounce]: ...
    def bounced(self, bounce: Bounce, /) -> None: ...
    def works_again(self, account_id: AccountId, user_id: UserId) -> None: ...
