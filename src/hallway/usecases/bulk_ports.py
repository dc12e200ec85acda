"""The port to bulk actions: one field set to one value for many people, and what became of it for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from hallway.domain.ids import AccountId, UserId


class Field(StrEnum):
    """What is set."""

    STATE = "state"
    DEPARTMENT = "department"
    ROLE = "role"


class Outcome(StrEnum):
    """What became of it for one person. A refused one has a reason."""

    WAITING = "waiting"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Progress(StrEnum):
    """How far an action is. While it is prepared its people are still being noted, and it is not carried out yet."""

    PREPARING = "preparing"
    WORKING = "working"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Somebody sets a field of `total` people to `value`; `done` of them have been tried. `undoes` is an earlier action.

    A value is text: a state, a role, a department's id or nothing for none.
    """

    account_id: AccountId
    id: str
    user_id: UserId
    field: Field
    value: str
    total: int
    told_at: datetime
    undoes: str | None = None
    state: Progress = Progress.PREPARING
    done: int = 0
    changed: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class BulkPerson:
    """One person of an action; `place` counts from 0. `before` is the value that they had.

    With `expected` they are only changed while they still have that value: an undo takes nothing back that is newer.
    """

    place: int
    user_id: UserId
    wanted: str
    expected: str | None = None
    before: str | None = None
    outcome: Outcome = Outcome.WAITING
    reason: str = ""


class BulkActions(Protocol):
    """Actions and their people."""

    def add(self, action: BulkAction, /) -> None:
        """Keep one."""
        ...

    def add_people(self, account_id: AccountId, action_id: str, people: Sequence[BulkPerson]) -> None:
        """Keep some of its people."""
        ...

    def find(self, account_id: AccountId, action_id: str) -> BulkAction | None:
        """In a transaction that writes nobody else changes it meanwhile."""
        ...

    def unfinished(self, account_id: AccountId, user_id: UserId) -> Sequence[BulkAction]:
        """Somebody's actions that are not done."""
        ...

    def save(self, action: BulkAction, /) -> None:
        """Keep how far it is."""
        ...

    def people(
        self, account_id: AccountId, action_id: str, *, start: int, limit: int, outcome: Outcome | None = None
    ) -> Sequence[BulkPerson]:
        """Those from a place on, in order; only those with an outcome unless it is None."""
        ...

    def settle(self, account_id: AccountId, action_id: str, people: Sequence[BulkPerson]) -> None:
        """Keep what became of these."""
        ...
