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
        """The account at the installation's own addresses: the oldest that has none of its own, or the only one there is."""
        ...

    def at(self, host: str) -> Account | None:
        """The account one of whose own addresses has this host name."""
        ...

    def by_mail_tag(self, tag: str) -> Sequence[AccountId]:
        """The accounts whose mails carry this tag (`mail_tags.tag_of`); some share one."""
        ...

    def ids(self) -> Sequence[AccountId]:
        """Every account of this installation, in the order of their ids."""
        ...

    def all(self) -> Sequence[Account]:
        """Every account, by name."""
        ...

    def suspended(self) -> frozenset[AccountId]:
        """The accounts that are suspended."""
        ...

    def save(self, account: Account, /) -> None:
        """Add it, or change it. Raises Conflict when another account has one of its addresses."""
        ...


class Beginnings(Protocol):
    """The first steps of an account."""

    def facts(self, account_id: AccountId) -> Beginning:
        """What decides which first steps are done."""
        ...

    def first_course(self, account_id: AccountId) -> Course | None:
        """The course that was added first; one that has an expert goes before all others."""
        ...
