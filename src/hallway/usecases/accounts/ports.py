"""The ports to accounts and to how they begin."""

from collections.abc import Sequence
from typing import Protocol

from hallway.domain.accounts import Account
from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId


class Accounts(Protocol):
    """Accounts and their settings."""

    def find(self, account_id: AccountId) -> Account | None: ...
    def default(self) -> Account | None:
        """Return the account at the installation's own addresses: the oldest that has none of its own, or the only one there is."""
        ...

    def oldest(self) -> Account | None:
        """Return the account that was made first, whatever its addresses; None where there is none yet."""
        ...

    def at(self, host: str) -> Account | None:
        """Return the account one of whose own addresses has this host name."""
        ...

    def by_mail_tag(self, tag: str) -> Sequence[AccountId]:
        """Return the accounts whose mails carry this tag (`mail_tags.tag_of`); some share one."""
        ...

    def ids(self) -> Sequence[AccountId]:
        """Return the ids of all accounts of this installation, in order."""
        ...

    def all(self) -> Sequence[Account]:
        """Return all accounts, by name."""
        ...

    def suspended(self) -> frozenset[AccountId]:
        """Return the ids of the accounts that are suspended."""
        ...

    def save(self, account: Account, /) -> None:
        """Add it, or change it. Raises Conflict when another account has one of its addresses."""
        ...


class Beginnings(Protocol):
    """The first steps of an account."""

    def facts(self, account_id: AccountId) -> Beginning:
        """Return the facts that decide which first steps are done."""
        ...

    def first_course(self, account_id: AccountId) -> Course | None:
        """Return the course that was added first; one that has an expert goes before all others."""
        ...
