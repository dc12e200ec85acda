"""What an imported file of users does, under the rules of the admin portal.

A department administrator must not learn from it about people whom they do not administer: a login or an address that
is in use is refused in the same words as in the form, whatever else the line says, and is counted; a supervisor or a
department outside is answered like one that is not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hallway.domain import administration
from hallway.domain.audit import Action
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Person, Role, State, User, has_other_facts, oversees
from hallway.domain.text import identity_key
from hallway.domain.verdicts import ALLOWED
from hallway.usecases import fields
from hallway.usecases.access import sessions
from hallway.usecases.accounts import limits
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.imports import paths as import_paths
from hallway.usecases.imports import problems as import_problems
from hallway.usecases.imports.batches import Entry
from hallway.usecases.imports.paths import Tree
from hallway.usecases.imports.sheets import Report
from hallway.usecases.people.profiles import announce_profile
from hallway.usecases.people.staff import announce_facts, enter, may_supervise, supervisors
from hallway.usecases.people.user_records import record_added, record_changed
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction

_VALID = {"name": fields.name, "email": fields.email, "login": fields.login, "title": fields.title}
"""What a new value must look like; what is there already may stay as it is."""


class UserPlanner:
    """Plans users: known ones, by login, are changed; others are added. `changes` are people as they were and will be."""

    _me: Person
    _tree: Tree
    _paths: Mapping[str, DepartmentId]
    _known: Mapping[str, User]
    _facts: Mapping[UserId, Person]
    _managed: Mapping[UserId, frozenset[DepartmentId]]

    def __init__(self, actor: Actor, ids: Ids) -> None:
        """Begin with nothing loaded."""
        self._actor = actor
        self._ids = ids
        self._seen: dict[str, int] = {}
        self._activating = 0
        self.taken = 0

    def load(self, tx: Transaction, entries: Sequence[Entry]) -> None:
        """Load the people and departments that these lines name."""
        account_id = self._actor.account_id
        self._me = enter(tx, self._actor)
        self._tree = tx.departments.all(account_id)
        mine = (one for one in self._tree.values() if administration.assign_to_department(self._me, self._line(one.id)))
        self._paths = import_paths.paths(mine, self._tree)
        named = {entry.get(column) for entry in entries for column in ("login", "email", "supervisor")}
        self._known = tx.people.by_logins(account_id, named - {""})
        ids_known = {user.id for user in self._known.values()}
        self._facts = tx.people.facts(account_id, ids_known)
        self._managed = tx.people.managed(account_id, ids_known)
        self._room = limits.room(tx, account_id)
        self._added: list[User] = []
        self._changed: list[User] = []
        self.changes: list[tuple[User, User]] = []
        self._manages: dict[UserId, frozenset[DepartmentId]] = {}
        self._concerned: set[UserId] = set()
        self._renamed: list[UserId] = []

    def plan(self, entry: Entry, report: Report) -> None:
        """Judge a line."""
        before = self._by_login(entry.get("login"))
        self._check_unique(entry, before)
        user = self._user(entry, before)
        manages = self._manages_of(entry, user)
        self._check_rights(entry, before, user, manages)
        more = _is_active(user) - _is_active(before)
        if more > 0 and self._room is not None and self._activating >= self._room:
            entry.blame(import_problems.too_many_people())
        if entry.problems:
            return
        if before is None:
            report.to_add += 1
            self._added.append(user)
        elif user == before and manages == self._managed.get(user.id, frozenset()):
            report.unchanged += 1
            return
        else:
            report.to_change += 1
            self._changed.append(user)
            self.changes.append((before, user))
        self._activating += more
        self._manages[user.id] = manages
        has_new_rights = manages != self._managed.get(user.id, frozenset())
        if before is None or has_new_rights or has_other_facts(before, user):
            self._concerned |= {user.id, *supervisors(user, before or user)}
        else:
            self._renamed.append(user.id)

    def store(self, tx: Transaction) -> None:
        """Add and change people; sign out those who are active no more."""
        account_id = self._actor.account_id
        tx.people.add(self._added)
        self._activating = 0
        tx.people.save(self._changed)
        for user_id, (_, managed) in self._rights().items():
            tx.people.set_managed(account_id, user_id, managed)
        self._record(tx)
        for user in self._changed:
            if user.state is not State.ACTIVE:
                sessions.end_all(tx, account_id, user.id)
        added = {user.id for user in self._added}  # nobody has a dialog with them
        if self._concerned:
            announce_facts(tx, self._actor, self._concerned - added, added)
        for user_id in self._renamed:
            announce_profile(tx, account_id, user_id)

    def _record(self, tx: Transaction) -> None:
        before = {one.id: one for one in self._known.values()}
        for user in self._added:
            record_added(tx, self._actor, user)
        for user in self._changed:
            record_changed(tx, self._actor, before[user.id], user)
        for user_id, (present, managed) in self._rights().items():
            rights = {"manages": present}, {"manages": managed}
            target = trail.user(user_id)
            trail.record(tx, self._actor, Action.RIGHTS_CHANGED, target, before=rights[0], after=rights[1])

    def _rights(self) -> Mapping[UserId, tuple[frozenset[DepartmentId], frozenset[DepartmentId]]]:
        """Return the departments that somebody managed and will manage, of those for whom that changes."""
        both = {one: (self._managed.get(one, frozenset()), managed) for one, managed in self._manages.items()}
        return {one: rights for one, rights in both.items() if rights[0] != rights[1]}

    def _by_login(self, login: str) -> User | None:
        """Return the user with this very login whom the actor may see; a user with it as e-mail is somebody else."""
        found = self._known.get(identity_key(login))
        is_this = found is not None and identity_key(found.login) == identity_key(login)
        return found if found is not None and is_this and self._is_seen(found) else None

    def _is_seen(self, user: User) -> bool:
        return user.id == self._me.id or oversees(self._me, self._facts[user.id])

    def _check_unique(self, entry: Entry, before: User | None) -> None:
        for column in ("login", "email"):
            key = identity_key(entry.get(column))
            first = self._seen.setdefault(key, entry.line.number)
            other = self._known.get(key)
            if key and first != entry.line.number:
                entry.blame(import_problems.twice(column, first))
            elif other is not None and (before is None or other.id != before.id):
                entry.blame(import_problems.in_use(column))
                self.taken += not self._is_seen(other)

    def _user(self, entry: Entry, before: User | None) -> User:
        for column, is_valid in _VALID.items():
            if before is None or entry.get(column) != getattr(before, column):
                entry.check(is_valid(column, entry.get(column)))
        user = before or User(
            account_id=self._actor.account_id, id=UserId(self._ids.new()), name="", email="", login=""
        )
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
            entry.blame(import_problems.no_role(administration.grantable_roles(self._me)))
            return present
        return Role(text)

    def _state(self, entry: Entry, present: State) -> State:
        text = entry.get("state").casefold()
        if not text:
            return present
        if text not in {State.ACTIVE, State.INACTIVE}:
            entry.blame(import_problems.no_state())
            return present
        return State(text)

    def _department(self, entry: Entry) -> DepartmentId | None:
        return import_paths.find(entry, "department", entry.get("department"), self._paths)

    def _supervisor(self, entry: Entry, user: User) -> UserId | None:
        login = entry.get("supervisor")
        if not login:
            return None
        found = self._known.get(identity_key(login))
        if found is None or not self._is_seen(found):
            entry.blame(import_problems.no_supervisor())
            return user.supervisor_id
        if found.id != user.supervisor_id and not may_supervise(self._me, self._facts[found.id]):
            entry.blame(import_problems.no_supervisor())
        return found.id

    def _manages_of(self, entry: Entry, user: User) -> frozenset[DepartmentId]:
        present = self._managed.get(user.id, frozenset())
        if user.role is not Role.DEPARTMENT_ADMINISTRATOR:
            return frozenset()
        if not entry.has("manages"):
            return present
        listed = [path for path in entry.get("manages").split(";") if path.strip()]
        found = (import_paths.find(entry, "manages", path, self._paths) for path in listed)
        return frozenset(one for one in found if one is not None)

    def _check_rights(self, entry: Entry, before: User | None, user: User, manages: frozenset[DepartmentId]) -> None:
        """Check a line by the same rules as a change in the portal."""
        if before == user:
            verdict = ALLOWED
        elif before is not None:
            facts = self._facts[before.id]
            verdict = administration.change_role(self._me, facts, user.role)
            if user.state is not before.state and verdict:
                verdict = administration.change_state(self._me, facts)
        else:
            verdict = administration.grant(self._me, user.role)
        if not verdict:
            entry.blame(import_problems.role_not_yours())
        moves = before is None or before.department_id != user.department_id
        is_blamed = any(bad.column == "department" for bad in entry.problems)
        if (
            moves
            and not is_blamed
            and not administration.assign_to_department(self._me, self._line(user.department_id))
        ):
            entry.blame(import_problems.outside())
        if manages != self._managed.get(user.id, frozenset()) and not administration.change_managed(self._me):
            entry.blame(import_problems.managers_not_yours())

    def _line(self, department_id: DepartmentId | None) -> frozenset[DepartmentId]:
        return import_paths.line_of(self._tree, department_id)


def _is_active(user: User | None) -> bool:
    return user is not None and user.state is State.ACTIVE
