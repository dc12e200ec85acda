"""The names that go with what a use-case answers: people's departments, and the titles of courses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hallway.domain.ids import AccountId, CourseId
from hallway.domain.people import User
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Card:
    """A person with the name of their department, as others see them."""

    user: User
    department: str | None


def cards(tx: Transaction, account_id: AccountId, users: Iterable[User]) -> list[Card]:
    """Return the users, each with the name of their department."""
    chosen = list(users)
    names = tx.departments.names(account_id, {one.department_id for one in chosen if one.department_id})
    return [Card(one, names.get(one.department_id) if one.department_id else None) for one in chosen]


def titles(tx: Transaction, account_id: AccountId, courses: Iterable[CourseId | None]) -> Mapping[CourseId, str]:
    """Return the titles of those courses that are still there."""
    wanted = {one for one in courses if one is not None}
    return tx.courses.titles(account_id, wanted) if wanted else {}
