"""What is done to many people at once, in SQL."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from sqlalchemy import Connection, insert, select, update

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Role, State
from hallway.storage.bulk_tables import bulk_action, bulk_person
from hallway.storage.statements import insert_all, update_all
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.people.bulk_ports import (
    BulkAction,
    BulkPerson,
    Field,
    InDepartment,
    InRole,
    Invited,
    Outcome,
    Progress,
    Value,
)

_KEYS = ("account_id", "action_id", "place")
_SETTLED = ("before", "outcome", "reason")


class SqlBulkActions:
    """`bulk_ports.BulkActions` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def add(self, action: BulkAction) -> None:
        """Keep an action."""
        self._connection.execute(insert(bulk_action).values(_row(action)))

    def add_people(self, action: BulkAction, people: Sequence[BulkPerson]) -> None:
        """Keep some of the action's people."""
        insert_all(self._connection, bulk_person, [_person_row(action, one) for one in people])

    def find(self, account_id: AccountId, action_id: str) -> BulkAction | None:
        """Return the action, locked in a transaction that writes so that nobody else changes it meanwhile, or None."""
        query = select(bulk_action).where(*_at(account_id, action_id))
        if self._locks:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _action(row)

    def unfinished(self, account_id: AccountId, user_id: UserId) -> Sequence[BulkAction]:
        """Return a person's actions that are being worked on."""
        theirs = (bulk_action.c.account_id == account_id, bulk_action.c.user_id == user_id)
        query = select(bulk_action).where(*theirs, bulk_action.c.state != Progress.DONE.value)
        return [_action(row) for row in self._connection.execute(query).mappings()]

    def save(self, action: BulkAction) -> None:
        """Store what has become of the action."""
        self._connection.execute(update(bulk_action).where(*_at(action.account_id, action.id)).values(_row(action)))

    def people(
        self, action: BulkAction, *, start: int, limit: int, outcome: Outcome | None = None
    ) -> Sequence[BulkPerson]:
        """Return people in order from `start`: their number among all, or, with an outcome, their count among those who have it."""
        here = (bulk_person.c.account_id == action.account_id, bulk_person.c.action_id == action.id)
        query = select(bulk_person).where(*here).order_by(bulk_person.c.place).limit(limit)
        if outcome is None:
            query = query.where(bulk_person.c.place >= start)
        else:
            query = query.where(bulk_person.c.outcome == outcome.value).offset(start)
        return [_person(action.field, row) for row in self._connection.execute(query).mappings()]

    def settle(self, action: BulkAction, people: Sequence[BulkPerson]) -> None:
        """Store what has become of these people."""
        rows = [_person_row(action, one) for one in people]
        update_all(self._connection, bulk_person, _KEYS, _SETTLED, rows)


def _at(account_id: AccountId, action_id: str) -> tuple[Any, Any]:
    return (bulk_action.c.account_id == account_id, bulk_action.c.id == action_id)


def _row(action: BulkAction) -> dict[str, Any]:
    return {
        "account_id": action.account_id,
        "id": action.id,
        "user_id": action.user_id,
        "field": action.field.value,
        "value": _text(action.value),
        "state": action.state.value,
        "total": action.total,
        "done": action.done,
        "changed": action.changed,
        "refused": action.refused,
        "undoes": action.undoes,
        "told_at": to_micros(action.noted_at),
    }


def _action(row: Mapping[Any, Any]) -> BulkAction:
    return BulkAction(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        value=_value(Field(row["field"]), row["value"]),
        total=row["total"],
        noted_at=from_micros(row["told_at"]),
        undoes=row["undoes"],
        state=Progress(row["state"]),
        done=row["done"],
        changed=row["changed"],
        refused=row["refused"],
    )


def _person_row(action: BulkAction, one: BulkPerson) -> dict[str, Any]:
    return {
        "account_id": action.account_id,
        "action_id": action.id,
        "place": one.position,
        "user_id": one.user_id,
        "wanted": _text(one.wanted),
        "expected": None if one.expected is None else _text(one.expected),
        "before": None if one.before is None else _text(one.before),
        "outcome": one.outcome.value,
        "reason": one.reason,
    }


def _person(field: Field, row: Mapping[Any, Any]) -> BulkPerson:
    return BulkPerson(
        position=row["place"],
        user_id=row["user_id"],
        wanted=_value(field, row["wanted"]),
        expected=None if row["expected"] is None else _value(field, row["expected"]),
        before=None if row["before"] is None else _value(field, row["before"]),
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
    )


def _text(value: Value) -> str:
    """Encode a value as text for its column, a role before the departments that it manages."""
    match value:
        case State():
            return value.value
        case InDepartment(department_id):
            return department_id or ""
        case InRole(role, manages):
            return " ".join([role.value, *sorted(manages)])
        case Invited():
            return ""
        case _:
            assert_never(value)


def _value(field: Field, text: str) -> Value:
    match field:
        case Field.STATE:
            return State(text)
        case Field.DEPARTMENT:
            return InDepartment(DepartmentId(text) if text else None)
        case Field.ROLE:
            role, *manages = text.split(" ")
            return InRole(Role(role), frozenset(map(DepartmentId, manages)))
        case Field.INVITATION:
            return Invited()
        case _:
            assert_never(field)
