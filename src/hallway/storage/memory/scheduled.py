"""Messages that wait for their time, in dictionaries."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from hallway.domain.ids import AccountId, ScheduledId, UserId
from hallway.domain.scheduling import ScheduledMessage
from hallway.storage.memory.tables import Tables, require


class MemoryScheduledMessages:
    """`scheduled_ports.ScheduledMessages` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, one: ScheduledMessage) -> None:
        """Store a message."""
        require((one.account_id, one.sender_id) in self._tables.users)
        require(all(each.key != one.key for each in self.of(one.account_id, one.sender_id)))
        self._tables.scheduled[one.account_id, one.id] = one

    def save(self, changed: Sequence[ScheduledMessage]) -> None:
        """Replace messages that are there."""
        for one in changed:
            if (one.account_id, one.id) in self._tables.scheduled:
                self._tables.scheduled[one.account_id, one.id] = one

    def remove(self, account_id: AccountId, ids: Collection[ScheduledId]) -> None:
        """Delete messages."""
        for one in ids:
            self._tables.scheduled.pop((account_id, one), None)

    def of(self, account_id: AccountId, sender_id: UserId) -> Sequence[ScheduledMessage]:
        """Find them by going through all."""
        return self._sorted(account_id, lambda one: one.sender_id == sender_id)

    def find(self, account_id: AccountId, scheduled_id: ScheduledId) -> ScheduledMessage | None:
        """Return a message by its id."""
        return self._tables.scheduled.get((account_id, scheduled_id))

    def due(
        self, account_id: AccountId, now: datetime, limit: int, among: Collection[ScheduledId] | None = None
    ) -> Sequence[ScheduledMessage]:
        """Return those that are due; none is locked."""
        found = self._sorted(account_id, lambda one: one.is_waiting and one.due_at <= now)
        return [one for one in found if among is None or one.id in among][:limit]

    def timed_by_clock(self, account_id: AccountId, after: str, limit: int) -> Sequence[ScheduledMessage]:
        """Find them by going through all."""
        found = self._sorted(account_id, lambda one: one.is_waiting and one.local is not None and one.id > after)
        return sorted(found, key=lambda one: one.id)[:limit]

    def due_accounts(self, now: datetime) -> Sequence[AccountId]:
        """Return the accounts of what is due."""
        return sorted({one.account_id for one in self._at_work() if one.due_at <= now})

    def next_due_anywhere(self) -> datetime | None:
        """Return the earliest moment of all that wait."""
        return min((one.due_at for one in self._at_work()), default=None)

    def _at_work(self) -> list[ScheduledMessage]:
        accounts = {one.id for one in self._tables.accounts.values() if not one.is_suspended}
        return [one for one in self._tables.scheduled.values() if one.is_waiting and one.account_id in accounts]

    def _sorted(self, account_id: AccountId, is_wanted: Callable[[ScheduledMessage], bool]) -> list[ScheduledMessage]:
        found = (one for one in self._tables.scheduled.values() if one.account_id == account_id and is_wanted(one))
        return sorted(found, key=lambda one: (one.due_at, one.id))
