"""The account's tree of departments, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Department, State
from hallway.domain.text import name_key
from hallway.storage.lists import one_of
from hallway.storage.schema import department, user
from hallway.storage.statements import insert_all


def below(account_id: AccountId, roots: Collection[DepartmentId] | Select[Any]) -> Select[Any]:
    """Select the ids of these departments and of all below them."""
    chosen = roots if isinstance(roots, Select) else sorted(roots)
    tree = select(department.c.id).where(department.c.account_id == account_id, department.c.id.in_(chosen))
    tree = tree.cte(recursive=True)
    under = (department.c.account_id == account_id, department.c.parent_id == tree.c.id)
    tree = tree.union(select(department.c.id).where(*under))
    return select(tree.c.id)


class SqlDepartments:
    """`ports.Departments` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def all(self, account_id: AccountId) -> Mapping[DepartmentId, Department]:
        """Return the whole tree, by id."""
        rows = self._connection.execute(_of(account_id)).mappings()
        return {row["id"]: _department(row) for row in rows}

    def names(self, account_id: AccountId, department_ids: Collection[DepartmentId]) -> Mapping[DepartmentId, str]:
        """Return the names of some departments."""
        at = (department.c.account_id == account_id, one_of(department.c.id, department_ids))
        return {row.id: row.name for row in self._connection.execute(select(department).where(*at))}

    def add(self, departments: Sequence[Department]) -> None:
        """Store new departments."""
        insert_all(self._connection, department, [_row(one) for one in departments])

    def save(self, changed: Department) -> None:
        """Change a department."""
        at = (department.c.account_id == changed.account_id, department.c.id == changed.id)
        self._connection.execute(update(department).where(*at).values(_row(changed)))

    def remove(self, account_id: AccountId, department_id: DepartmentId) -> None:
        """Remove an empty department; the removed people who belonged to it belong to none."""
        belong = (user.c.account_id == account_id, user.c.department_id == department_id)
        self._connection.execute(update(user).where(*belong).values(department_id=None))
        at = (department.c.account_id == account_id, department.c.id == department_id)
        self._connection.execute(delete(department).where(*at))

    def member_counts(self, account_id: AccountId) -> Mapping[DepartmentId, int]:
        """Count the users who belong to each department."""
        is_here = (user.c.account_id == account_id, user.c.state != State.REMOVED.value)
        query = select(user.c.department_id, func.count()).where(*is_here).group_by(user.c.department_id)
        return {row[0]: row[1] for row in self._connection.execute(query) if row[0] is not None}

    def members_below(self, account_id: AccountId, department_ids: Collection[DepartmentId]) -> frozenset[UserId]:
        """Return the users of these departments and of all below."""
        belong = (user.c.account_id == account_id, user.c.department_id.in_(below(account_id, department_ids)))
        return frozenset(self._connection.execute(select(user.c.id).where(*belong)).scalars())


def _of(account_id: AccountId) -> Select[Any]:
    return select(department).where(department.c.account_id == account_id).order_by(department.c.name, department.c.id)


def _department(row: Mapping[Any, Any]) -> Department:
    return Department(
        account_id=row["account_id"],
        id=row["id"],
        name=row["name"],
        parent_id=row["parent_id"],
        supervisor_id=row["supervisor_id"],
    )


def _row(one: Department) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "name": one.name,
        "parent_id": one.parent_id,
        "supervisor_id": one.supervisor_id,
        "folded_name": name_key(one.name),
    }
