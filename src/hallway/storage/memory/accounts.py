"""Accounts and their addresses, in dictionaries."""

from collections.abc import Sequence

from hallway.domain.accounts import Account
from hallway.domain.ids import AccountId
from hallway.storage.memory.tables import Tables
from hallway.usecases.accounts.addresses import host_of, taken
from hallway.usecases.accounts.mail_tags import tag_of


class MemoryAccounts:
    """`ports.Accounts` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def find(self, account_id: AccountId) -> Account | None:
        """Return the account with this id, or None."""
        return self._tables.accounts.get(account_id)

    def default(self) -> Account | None:
        """Return the oldest account without addresses, or the only one."""
        every = sorted(self._tables.accounts.values(), key=lambda one: one.id)
        found = next((one for one in every if not one.addresses), None)
        return every[0] if found is None and len(every) == 1 else found

    def oldest(self) -> Account | None:
        """Return the account with the lowest id, or None."""
        return min(self._tables.accounts.values(), key=lambda one: one.id, default=None)

    def at(self, host: str) -> Account | None:
        """Find the account with this host by going through all addresses."""
        found = (one for one in self._tables.accounts.values() if host in map(host_of, one.addresses))
        return next(found, None)

    def by_mail_tag(self, tag: str) -> Sequence[AccountId]:
        """Find the accounts with this tag by computing everybody's."""
        return [one for one in self._tables.accounts if tag_of(one) == tag]

    def ids(self) -> Sequence[AccountId]:
        """Return all ids, in order."""
        return sorted(self._tables.accounts)

    def all(self) -> Sequence[Account]:
        """Return all accounts, by name."""
        return sorted(self._tables.accounts.values(), key=lambda one: (one.name.casefold(), one.id))

    def suspended(self) -> frozenset[AccountId]:
        """Return the ids of the accounts that are marked as suspended."""
        return frozenset(one.id for one in self._tables.accounts.values() if one.is_suspended)

    def save(self, changed: Account) -> None:
        """Add an account, or change it, with its addresses."""
        for host in map(host_of, changed.addresses):
            present = self.at(host)
            if present is not None and present.id != changed.id:
                raise taken(host, present)
        self._tables.accounts[changed.id] = changed
