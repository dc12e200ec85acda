"""Attempts to come in, in memory."""

from collections.abc import Collection, Sequence
from datetime import datetime

from hallway.domain.ids import AccountId
from hallway.storage.memory.tables import Tables, require


class MemoryAttempts:
    """`ports.Attempts` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def hold(self, account_id: AccountId) -> None:
        """Hold nothing: nobody else writes meanwhile."""

    def add(self, account_id: AccountId, attempt_id: str, key: str, at: datetime) -> None:
        """Note an attempt."""
        require(account_id in self._tables.accounts and (account_id, attempt_id) not in self._tables.attempts)
        self._tables.attempts[account_id, attempt_id] = key, at

    def after(self, account_id: AccountId, key: str, moment: datetime) -> Sequence[datetime]:
        """Return when attempts with this key were made, oldest first."""
        mine = (one for (whose, _), one in self._tables.attempts.items() if whose == account_id)
        return sorted(at for its_key, at in mine if its_key == key and at > moment)

    def remove(self, account_id: AccountId, attempt_ids: Collection[str]) -> None:
        """Delete attempts."""
        for one in attempt_ids:
            self._tables.attempts.pop((account_id, one), None)

    def date_back(self, account_id: AccountId, now: datetime) -> None:
        """Move attempts of the future to now."""
        for (whose, attempt_id), (key, at) in list(self._tables.attempts.items()):
            if whose == account_id and at > now:
                self._tables.attempts[whose, attempt_id] = key, now

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete attempts that were made before this moment."""
        for key, (_, at) in list(self._tables.attempts.items()):
            if key[0] == account_id and at < before:
                del self._tables.attempts[key]
