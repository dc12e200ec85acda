"""The portal's list of users: what it is filtered and sorted by, and where its pages are cut."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from hallway.domain.arrivals import Arrival, Status, status
from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Role, State, User
from hallway.domain.text import identity_key, name_key

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SortKey = tuple[str | int, str]
"""Where a user stands in a sorted list: by what it is sorted, and then their id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFilter:
    """The users that the admin portal lists. `within` limits to these departments and all below; None to nothing.

    `not_seen_since` finds those who were not seen since, or never; `is_unseen` only those who never were. `has_come_in` is
    that of `domain.arrivals`. `now` decides which links have expired.
    """

    text: str = ""
    role: Role | None = None
    state: State | None = None
    department_id: DepartmentId | None = None
    within: frozenset[DepartmentId] | None = None
    status: Status | None = None
    not_seen_since: datetime | None = None
    is_unseen: bool = False
    has_come_in: bool | None = None
    now: datetime = EPOCH


class Order(StrEnum):
    """By what the list is sorted. `created` is the order of ids, which are made in that order."""

    NAME = "name"
    LOGIN = "login"
    EMAIL = "email"
    ROLE = "role"
    DEPARTMENT = "department"
    STATUS = "status"
    SEEN = "seen"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order and its direction. Those who have the same come by their ids, in the same direction."""

    by: Order = Order.NAME
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of users that a filter would find of each status, and of those who were never seen; the removed do not count."""

    by_status: Mapping[Status, int]
    unseen: int


class UserLists(Protocol):
    """The list of users, part of `ports.People`."""

    def page(
        self,
        account_id: AccountId,
        chosen: UserFilter,
        *,
        sorting: Sorting = Sorting(),
        after: SortKey | None,
        limit: int,
    ) -> Sequence[User]:
        """Return a page of the admin portal's list, behind the key `after` (see `sort_key`). `text` also matches login
        and e-mail. Removed users are listed only when `state` or `status` asks for them.
        """
        ...

    def count(self, account_id: AccountId, chosen: UserFilter) -> int:
        """Count the users whom the filter finds."""
        ...

    def counts(self, account_id: AccountId, chosen: UserFilter) -> Counts:
        """Count the users whom the filter finds by status, and those who were never seen."""
        ...

    def ids(self, account_id: AccountId, chosen: UserFilter, *, limit: int) -> Sequence[UserId]:
        """Return the first of the users whom the filter finds, by their ids."""
        ...

    def arrivals(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Arrival]:
        """Return what is known about whether people have come in yet, in one statement."""
        ...

    def with_password(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those of these users who have a password."""
        ...


def sort_key(by: Order, user: User, arrival: Arrival, department: str | None, now: datetime) -> SortKey:
    """Return the key of a user's place in the list; `department` is the name of theirs."""
    is_here = user.state is not State.REMOVED
    value: str | int
    match by:
        case Order.NAME:
            value = name_key(user.name)
        case Order.LOGIN:
            value = identity_key(user.login) if is_here else ""
        case Order.EMAIL:
            value = identity_key(user.email) if is_here else ""
        case Order.ROLE:
            value = list(Role).index(user.role)
        case Order.DEPARTMENT:
            value = name_key(department or "")
        case Order.STATUS:
            value = list(Status).index(status(user.state, arrival, now))
        case Order.SEEN:
            value = -1 if arrival.seen_at is None else (arrival.seen_at - EPOCH) // timedelta(microseconds=1)
        case Order.CREATED:
            value = user.id
    return value, user.id
