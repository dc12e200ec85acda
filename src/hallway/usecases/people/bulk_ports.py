"""The port to bulk actions: what many people are to be, and what became of it for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, assert_never

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Role, State


class Field(StrEnum):
    """What is set, or done."""

    STATE = "state"
    DEPARTMENT = "department"
    ROLE = "role"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class InDepartment:
    """Belongs to a department, or to none."""

    department_id: DepartmentId | None


@dataclass(frozen=True, slots=True)
class InRole:
    """Has a role and, as a department administrator, manages these departments."""

    role: Role
    manages: frozenset[DepartmentId] = frozenset()


@dataclass(frozen=True, slots=True)
class Invited:
    """Was mailed a link with which to come in."""


Value = State | InDepartment | InRole | Invited


class Outcome(StrEnum):
    """What became of it for one person. A refused one has a reason."""

    WAITING = "waiting"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Progress(StrEnum):
    """How far an action is: its people are being noted, they are being tried, or it has ended."""

    PREPARING = "preparing"
    WORKING = "working"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """Somebody wants `total` people to be so. `done` of them have been noted, or tried once all are noted. `undoes` is an
    earlier action. One that was stopped has ended before it tried all.
    """

    account_id: AccountId
    id: str
    user_id: UserId
    value: Value
    total: int
    noted_at: datetime
    undoes: str | None = None
    state: Progress = Progress.PREPARING
    done: int = 0
    changed: int = 0
    refused: int = 0

    @property
    def field(self) -> Field:
        """The field that is set, or what is done."""
        match self.value:
            case State():
                return Field.STATE
            case InDepartment():
                return Field.DEPARTMENT
            case InRole():
                return Field.ROLE
            case Invited():
                return Field.INVITATION
            case _:
                assert_never(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPerson:
    """A person of an action; `position` counts from 0. `before` is the value that they had; `reason` is a code.

    With `expected` they are only changed while they still have that value: an undo takes nothing back that is newer.
    """

    position: int
    user_id: UserId
    wanted: Value
    expected: Value | None = None
    before: Value | None = None
    outcome: Outcome = Outcome.WAITING
    reason: str = ""


class BulkActions(Protocol):
    """Actions and their people."""

    def add(self, action: BulkAction, /) -> None:
        """Keep one."""
        ...

    def add_people(self, action: BulkAction, people: Sequence[BulkPerson]) -> None:
        """Keep some of the action's people."""
        ...

    def find(self, account_id: AccountId, action_id: str) -> BulkAction | None:
        """Return the action, or None. In a transaction that writes nobody else changes it meanwhile."""
        ...

    def unfinished(self, account_id: AccountId, user_id: UserId) -> Sequence[BulkAction]:
        """Return somebody's actions that are not done."""
        ...

    def save(self, action: BulkAction, /) -> None:
        """Keep how far the action is."""
        ...

    def people(
        self, action: BulkAction, *, start: int, limit: int, outcome: Outcome | None = None
    ) -> Sequence[BulkPerson]:
        """Return the people from the start on, in order; unless `outcome` is None only those with it, and `start` counts them alone."""
        ...

    def settle(self, action: BulkAction, people: Sequence[BulkPerson]) -> None:
        """Keep the outcomes of these people."""
        ...
