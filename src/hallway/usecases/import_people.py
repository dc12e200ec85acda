"""What an imported file of users or of departments does, under the rules of the admin portal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hallway.domain import administration
from hallway.domain.events import SessionEnded
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Department, Role, State, User, lineage
from hallway.domain.verdicts import ALLOWED
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.imports import Entry, Plan, Progress, each
from hallway.usecases.ports import Ids, Transaction
from hallway.usecases.staff import enter, may_supervise, supervisors, tell

Paths = Mapping[str, DepartmentId]

_NO_SUPERVISOR = "There is no active person with this login whom you administer."


def _paths(departments: Collection[Department], tree: Mapping[DepartmentId, Department]) -> dict[str, DepartmentId]:
    """Departments by casefolded path, as in "Operations/Warehouse"."""
    return {_key("/".join(up.name for up in reversed(list(lineage(tree, one.id))))): one.id for one in departments}


def _key(path: str) -> str:
    return "/".join(part.strip() for part in path.split("/")).casefold()


class _UserPlanner:
    """Plans users: known ones, by login, are changed; others are added."""

    def __init__(self, tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids) -> None:
        self._actor = actor
        self._ids = ids
        self._me = enter(tx, actor)
        self._tree = tx.departments.all(actor.account_id)
        self._paths = _paths(self._tree.values(), self._tree)
        named = {entry.get(column) for entry in entries for column in ("login", "email", "supervisor")}
        self._known = dict(tx.people.by_logins(actor.account_id, named - {""}))
        ids_known = {user.id for user in self._known.values()}
        self._facts = tx.people.facts(actor.account_id, ids_known)
        self._managed = tx.people.managed(actor.account_id, ids_known)
        self._seen: dict[str, int] = {}
        self.added: list[User] = []
        self.changed: list[User] = []
        self.manages: dict[UserId, frozenset[DepartmentId]] = {}

    def plan(self, plan: Plan, entry: Entry) -> None:
        before = self._by_login(entry.get("login"))
        self._check_unique(entry, before)
        user = self._user(entry, before)
        manages = self._manages(entry, user)
        self._check_rights(entry, before, user, manages)
        if entry.problems:
            return
        if before is None:
            plan.report.to_add += 1
            self.added.append(user)
        elif user == before and manages == self._managed.get(user.id, frozenset()):
            plan.report.unchanged += 1
            return
        else:
            plan.report.to_change += 1
            self.changed.append(user)
        self.manages[user.id] = manages
        plan.concerned |= {user.id, *supervisors(user, before or user)}

    def _by_login(self, login: str) -> User | None:
        """The one with this very login; whose e-mail it is, is somebody else."""
        found = self._known.get(login.casefold())
        return found if found is not None and found.login.casefold() == login.casefold() else None

    def _check_unique(self, entry: Entry, before: User | None) -> None:
        for column, noun in (("login", "login"), ("email", "e-mail")):
            key = entry.get(column).casefold()
            first = self._seen.setdefault(key, entry.line.number)
            if key and first != entry.line.number:
                entry.blame(column, f"Line {first} has this {noun} already.")
            elif self._known.get(key, before) != before:
                entry.blame(column, f"Somebody else has this {noun} already.")

    def _user(self, entry: Entry, before: User | None) -> User:
        for problem in (
            fields.name("name", entry.get("name")),
            fields.email("email", entry.get("email")),
            fields.login("login", entry.get("login")),
            fields.title("title", entry.get("title")),
        ):
            if problem is not None:
                entry.blame(problem.field, problem.message)
        user = before or User(self._actor.account_id, UserId(self._ids.new()), "", "", "")
        return replace(
            user,
            name=entry.get("name"),
            email=entry.get("email"),
            login=entry.get("login"),
            role=self._role(entry, user.role),
            state=self._state(entry, user.state),
            title=entry.get("title") if entry.has("title") else user.title,
            department_id=self._department(entry) if entry.has("department") else user.department_id,
            supervisor_id=self._supervisor(entry, user) if entry.has("supervisor") else user.supervisor_id,
        )

    def _role(self, entry: Entry, present: Role) -> Role:
        text = entry.get("role").casefold().replace(" ", "_")
        if not text:
            return present
        if text not in set(Role):
            entry.blame("role", f"Use one of: {', '.join(Role)}.")
            return present
        return Role(text)

    def _state(self, entry: Entry, present: State) -> State:
        text = entry.get("state").casefold()
        if not text:
            return present
        if text not in {State.ACTIVE, State.INACTIVE}:
            entry.blame("state", "Use active or inactive.")
            return present
        return State(text)

    def _department(self, entry: Entry) -> DepartmentId | None:
        return _department(entry, "department", entry.get("department"), self._paths)

    def _supervisor(self, entry: Entry, user: User) -> UserId | None:
        login = entry.get("supervisor")
        found = self._known.get(login.casefold())
        if not login or (found is not None and found.id == user.supervisor_id):
            return found.id if login and found else None
        if found is None or not may_supervise(self._me, self._facts[found.id]):
            entry.blame("supervisor", _NO_SUPERVISOR)
        return found.id if found else None

    def _manages(self, entry: Entry, user: User) -> frozenset[DepartmentId]:
        present = self._managed.get(user.id, frozenset())
        if user.role is not Role.DEPARTMENT_ADMINISTRATOR:
            return frozenset()
        if not entry.has("manages"):
            return present
        paths = [path for path in entry.get("manages").split(";") if path.strip()]
        found = (_department(entry, "manages", path, self._paths) for path in paths)
        return frozenset(one for one in found if one is not None)

    def _check_rights(self, entry: Entry, before: User | None, user: User, manages: frozenset[DepartmentId]) -> None:
        """The same rules as for a change in the portal."""
        facts = self._facts.get(user.id)
        if before == user:
            verdict = ALLOWED
        elif before is not None and facts is not None:
            verdict = administration.change_role(self._me, facts, user.role)
            if user.state is not before.state and verdict:
                verdict = administration.change_state(self._me, facts)
        else:
            verdict = administration.grant(self._me, user.role)
        if not verdict:
            entry.blame("role", "You cannot give or take this role, or change this person.")
        moves = before is None or before.department_id != user.department_id
        if moves and not administration.place_in(self._me, self._line(user.department_id)):
            entry.blame("department", "This is outside the departments you manage.")
        if manages != self._managed.get(user.id, frozenset()) and not administration.change_managed(self._me):
            entry.blame("manages", "Only an account administrator decides who manages a department.")

    def _line(self, department_id: DepartmentId | None) -> frozenset[DepartmentId]:
        return frozenset(one.id for one in lineage(self._tree, department_id))


def _department(entry: Entry, column: str, path: str, paths: Paths) -> DepartmentId | None:
    if not path.strip():
        return None
    found = paths.get(_key(path))
    if found is None:
        entry.blame(column, f"There is no department “{path.strip()}”. Write its path, as in Operations/Warehouse.")
    return found


def plan_users(tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids, progress: Progress) -> Plan:
    """Users by login: added or changed, with role, department, supervisor and managed departments."""
    plan = Plan()
    users = _UserPlanner(tx, actor, entries, ids)
    for entry in each(plan, entries, progress):
        users.plan(plan, entry)

    def store(tx: Transaction) -> None:
        tx.people.add(users.added)
        tx.people.save(users.changed)
        for user_id, managed in users.manages.items():
            tx.people.set_managed(actor.account_id, user_id, managed)
        for user in users.changed:
            if user.state is not State.ACTIVE:
                tx.sessions.remove_all(actor.account_id, user.id)
                tx.announce(SessionEnded(actor.account_id, user.id, None))

    plan.steps = [store, lambda tx: tell(tx, actor, plan.concerned)]
    return plan


def plan_departments(tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids, progress: Progress) -> Plan:
    """Departments by path; those above one are added with it."""
    plan = Plan()
    departments = _DepartmentPlanner(tx, actor, entries, ids)
    for entry in each(plan, entries, progress):
        departments.plan(plan, entry)
    added, changed = departments.added, departments.changed
    plan.report.to_add, plan.report.to_change = len(added), len(changed)

    def store(tx: Transaction) -> None:
        tx.departments.add([departments.tree[one] for one in added])
        for one in changed:
            tx.departments.save(departments.tree[one])
        tell(tx, actor, plan.concerned | tx.departments.members_below(actor.account_id, list(changed)))

    plan.steps = [store]
    return plan


class _DepartmentPlanner:
    """Plans departments: `tree` is how it would be; `added` stands in order, parents first."""

    def __init__(self, tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids) -> None:
        self._actor = actor
        self._ids = ids
        self._me = enter(tx, actor)
        self.tree = dict(tx.departments.all(actor.account_id))
        self._paths = _paths(self.tree.values(), self.tree)
        logins = {entry.get("supervisor") for entry in entries} - {""}
        self._supervisors = tx.people.by_logins(actor.account_id, logins)
        self._facts = tx.people.facts(actor.account_id, {user.id for user in self._supervisors.values()})
        self.added: dict[DepartmentId, None] = {}
        self.changed: dict[DepartmentId, None] = {}

    def plan(self, plan: Plan, entry: Entry) -> None:
        parts = [part.strip() for part in entry.get("department").split("/")]
        if not all(parts):
            entry.blame("department", "Write the path of the department, as in Operations/Warehouse.")
            return
        known = len(self.added), len(self.changed)
        place: DepartmentId | None = None
        for depth in range(1, len(parts) + 1):
            path = _key("/".join(parts[:depth]))
            if path not in self._paths:
                self._paths[path] = self._add(entry, parts[depth - 1], place)
            place = self._paths[path]
        if place is not None and entry.get("supervisor"):
            self._supervise(plan, entry, self.tree[place])
        if not entry.problems and known == (len(self.added), len(self.changed)):
            plan.report.unchanged += 1

    def _add(self, entry: Entry, name: str, parent: DepartmentId | None) -> DepartmentId:
        problem = fields.name("department", name)
        if problem is not None:
            entry.blame("department", problem.message)
        self._check_rights(entry, parent)
        one = Department(self._actor.account_id, DepartmentId(self._ids.new()), name, parent)
        self.tree[one.id] = one
        self.added[one.id] = None
        return one.id

    def _check_rights(self, entry: Entry, parent: DepartmentId | None) -> None:
        above = frozenset(one.id for one in lineage(self.tree, parent))
        if not administration.manage_department(self._me, above):
            entry.blame("department", "This is outside the departments you manage.")

    def _supervise(self, plan: Plan, entry: Entry, one: Department) -> None:
        """Give a department the supervisor that the line names."""
        found = self._supervisors.get(entry.get("supervisor").casefold())
        if found is not None and found.id == one.supervisor_id:
            return
        if found is None or not may_supervise(self._me, self._facts[found.id]):
            entry.blame("supervisor", _NO_SUPERVISOR)
            return
        self.tree[one.id] = replace(one, supervisor_id=found.id)
        plan.concerned |= supervisors(one, self.tree[one.id])
        if one.id not in self.added:
            self._check_rights(entry, one.parent_id)
            self.changed[one.id] = None
