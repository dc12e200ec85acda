"""The account's tree of departments, in dictionaries."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Department, State
from hallway.storage.memory.tables import Tables, require


class MemoryDepartments:
    """`ports.Departments` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def all(self, account_id: AccountId) -> Mapping[DepartmentId, Department]:
        """Return the whole tree, by id, in the order of names."""
        mine = [one for one in self._tables.departments.values() if one.account_id == account_id]
        return {one.id: one for one in sorted(mine, key=lambda one: (one.name, one.id))}

    def names(self, account_id: AccountId, department_ids: Collection[DepartmentId]) -> Mapping[DepartmentId, str]:
        """Return the names of some departments."""
        return {key: one.name for key, one in self.all(account_id).items() if key in department_ids}

    def add(self, departments: Sequence[Department]) -> None:
        """Store new departments."""
        for one in departments:
            require(one.account_id in self._tables.accounts)
            require((one.account_id, one.id) not in self._tables.departments)
            self._tables.departments[one.account_id, one.id] = one

    def save(self, changed: Department) -> None:
        """Change a department."""
        if (changed.account_id, changed.id) in self._tables.departments:
            self._tables.departments[changed.account_id, changed.id] = changed

    def remove(self, account_id: AccountId, department_id: DepartmentId) -> None:
        """Remove an empty department; the removed people who belonged to it belong to none."""
        for key, user in list(self._tables.users.items()):
            if key[0] == account_id and user.department_id == department_id:
                self._tables.users[key] = replace(user, department_id=None)
        self._tables.managed -= {one for one in self._tables.managed if (one[0], one[2]) == (account_id, department_id)}
        self._tables.departments.pop((account_id, department_id), None)

    def member_counts(self, account_id: AccountId) -> Mapping[DepartmentId, int]:
        """Count the users of each department, without removed ones."""
        mine = (one for one in self._tables.users.values() if one.account_id == account_id)
        chosen = (one.department_id for one in mine if one.state is not State.REMOVED)
        return Counter(one for one in chosen if one is not None)

    def members_below(self, account_id: AccountId, department_ids: Collection[DepartmentId]) -> frozenset[UserId]:
        """Return the users of these departments and of all below."""
        subtree = below(self._tables, account_id, department_ids)
        mine = (one for one in self._tables.users.values() if one.account_id == account_id)
        return frozenset(one.id for one in mine if one.department_id in subtree)


def below(tables: Tables, account_id: AccountId, roots: Collection[DepartmentId]) -> frozenset[DepartmentId | None]:
    """Return these departments and all below them."""
    mine = [one for one in tables.departments.values() if one.account_id == account_id]
    found = {one.id for one in mine if one.id in roots}
    while more := {one.id for one in mine if one.parent_id in found} - found:
        found |= more
    return frozenset(found)
