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
    def only(self) -> Account | None:
        """The account of this installation; None before the first run."""
        ...

    def ids(self) -> Sequence[AccountId]:
        """Every account of this installation, in the order of their ids."""
        ...

    def save(self, account: Account, /) -> None: ...


class Beginnings(Protocol):
    """The first steps of an account."""

    def facts(self, account_id: AccountId) -> Beginning:
        """What decides which first steps are done."""
        ...

    def first_course(self, account_id: AccountId) -> Course | None:
        """The course that was added first; one that has an expert goes before all others."""
        ...
