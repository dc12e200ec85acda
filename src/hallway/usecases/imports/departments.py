"""What an imported file of departments does, under the rules of the admin portal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hallway.domain import administration
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Department, Person, User, oversees
from hallway.domain.text import identity_key
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.imports import paths as import_paths
from hallway.usecases.imports import problems as import_problems
from hallway.usecases.imports.batches import Entry
from hallway.usecases.imports.sheets import Report
from hallway.usecases.people import departments
from hallway.usecases.people.staff import announce_facts, enter, may_supervise, supervisors
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction


class DepartmentPlanner:
    """Plans departments by path; those above one are added with it.

    What is planned stays known to later lines of the same planner. A department that the actor does not see is answered
    like one that is not there.
    """

    _me: Person
    _supervisors: Mapping[str, User]
    _facts: Mapping[UserId, Person]

    def __init__(self, actor: Actor, ids: Ids) -> None:
        """Begin with nothing loaded."""
        self._actor = actor
        self._ids = ids
        self._planned: dict[DepartmentId, Department] = {}
        self.taken = 0

    def load(self, tx: Transaction, entries: Sequence[Entry]) -> None:
        """Load the tree, and the people whom these lines name."""
        account_id = self._actor.account_id
        self._me = enter(tx, self._actor)
        present = tx.departments.all(account_id)
        shown = [one for one in present.values() if departments.is_shown(self._me, present, one)]
        self._tree = {**present, **self._planned}
        self._paths = import_paths.paths([*shown, *self._planned.values()], self._tree)
        self._supervisors = tx.people.by_logins(account_id, {entry.get("supervisor") for entry in entries} - {""})
        self._facts = tx.people.facts(account_id, {user.id for user in self._supervisors.values()})
        self._added: list[DepartmentId] = []
        self._changed: set[DepartmentId] = set()
        self._concerned: set[UserId] = set()

    def plan(self, entry: Entry, report: Report) -> None:
        """Judge a line. Nothing of a bad one is planned."""
        names = import_paths.parts(entry.get("department"))
        if not all(names) or len(names) > departments.MOST_LEVELS:
            entry.blame(import_problems.no_path())
            return
        added = self._missing(entry, names)
        department = added[-1] if added else self._tree[self._paths[import_paths.key(names)]]
        department = self._supervised(entry, department, is_new=bool(added))
        if entry.problems:
            return
        report.to_add += len(added)
        is_changed = not added and department != self._tree[department.id]
        if is_changed:
            report.to_change += department.id not in self._changed
            self._concerned |= supervisors(self._tree[department.id], department)
            self._changed.add(department.id)
        report.unchanged += not added and not is_changed
        self._keep(names, [*added[:-1], department] if added else [department] if is_changed else [])

    def store(self, tx: Transaction) -> None:
        """Add departments, parents first, and change those that are there."""
        changed = [one for one in self._changed if one not in self._added]
        if not self._added and not changed:
            return
        tx.departments.add([self._tree[one] for one in self._added])
        for one in changed:
            tx.departments.save(self._tree[one])
        if changed:
            members = tx.departments.members_below(self._actor.account_id, changed)
            announce_facts(tx, self._actor, self._concerned | members)

    def _missing(self, entry: Entry, names: Sequence[str]) -> list[Department]:
        """Return the departments along the path that are not there, topmost first; blame what may not be added."""
        depth = len(names)
        while depth and import_paths.key(names[:depth]) not in self._paths:
            depth -= 1
        parent = self._paths[import_paths.key(names[:depth])] if depth else None
        missing = names[depth:]
        if missing:
            entry.check(*(fields.name("department", name) for name in missing))
            self._check_rights(entry, parent)
        found: list[Department] = []
        for name in missing:
            found.append(
                Department(
                    account_id=self._actor.account_id, id=DepartmentId(self._ids.new()), name=name, parent_id=parent
                )
            )
            parent = found[-1].id
        return found

    def _keep(self, names: Sequence[str], kept: Sequence[Department]) -> None:
        """Remember what was planned; `kept` ends with the last of the names."""
        for depth, one in enumerate(kept, start=len(names) - len(kept) + 1):
            if one.id not in self._tree:
                self._added.append(one.id)
            self._tree[one.id] = self._planned[one.id] = one
            self._paths[import_paths.key(names[:depth])] = one.id

    def _check_rights(self, entry: Entry, parent: DepartmentId | None) -> None:
        if not administration.manage_department(self._me, import_paths.line_of(self._tree, parent)):
            entry.blame(import_problems.outside())

    def _supervised(self, entry: Entry, one: Department, *, is_new: bool) -> Department:
        """Return the department with the supervisor whom the line names."""
        login = entry.get("supervisor")
        if not login:
            return one
        found = self._supervisors.get(identity_key(login))
        is_seen = found is not None and (found.id == self._me.id or oversees(self._me, self._facts[found.id]))
        if found is not None and is_seen and found.id == one.supervisor_id:
            return one
        if found is None or not is_seen or not may_supervise(self._me, self._facts[found.id]):
            entry.blame(import_problems.no_supervisor())
            return one
        if not is_new:
            self._check_rights(entry, one.parent_id)
        return replace(one, supervisor_id=found.id)
