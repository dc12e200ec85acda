"""The port to messages that wait for their time (rules §18)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, ScheduledId, UserId
from hallway.domain.scheduling import ScheduledMessage


class ScheduledMessages(Protocol):
    """Messages that wait, and those that were refused at their time, by account and id."""

    def add(self, one: ScheduledMessage, /) -> None:
        """Store a new message. One key of a sender is one message."""
        ...

    def save(self, changed: Sequence[ScheduledMessage], /) -> None:
        """Change messages that are there: their text, their time, their revision, why they were refused."""
        ...

    def remove(self, account_id: AccountId, ids: Collection[ScheduledId]) -> None:
        """Delete messages that were sent or cancelled."""
        ...

    def of(self, account_id: AccountId, sender_id: UserId) -> Sequence[ScheduledMessage]:
        """Return all of one person's, the first due first. A transaction that writes locks them."""
        ...

    def find(self, account_id: AccountId, scheduled_id: ScheduledId) -> ScheduledMessage | None:
        """Return a message. A transaction that writes locks it."""
        ...

    def due(
        self, account_id: AccountId, now: datetime, limit: int, among: Collection[ScheduledId] | None = None
    ) -> Sequence[ScheduledMessage]:
        """Return those that wait and are due, or those of them `among` some, the first due first. A transaction that writes locks them, and skips
        those that another one has locked.
        """
        ...

    def timed_by_clock(self, account_id: AccountId, after: str, limit: int) -> Sequence[ScheduledMessage]:
        """Return those that wait and whose time somebody chose by a clock, in the order of their ids, behind one. Locked as in `due`."""
        ...

    def due_accounts(self, now: datetime) -> Sequence[AccountId]:
        """Return the accounts in which something is due, in order, without suspended ones. For background work alone."""
        ...

    def next_due_anywhere(self) -> datetime | None:
        """Return when the next one is due in an account that is not suspended. For background work alone."""
        ...
