"""The facts that the rules ask for, in SQL: about many people in a fixed number of statements.

No rule is here. `tied_to` gathers whoever any fact of rules §2 ties to a user, in either direction and in any mode;
the rules choose among them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, select, union

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Person, Role, State
from hallway.storage.departments import below
from hallway.storage.schema import attendee, department, enrolment, expert, managed_department, training, user
from hallway.storage.statements import one_of

STAFF = (Role.OWNER.value, Role.ADMINISTRATOR.value)


def about(connection: Connection, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Person]:
    """The facts about each of these users; those who are not in the account are missing."""
    everyone = sorted(set(user_ids))
    tree = _tree(connection, account_id)
    manages = sets(connection, account_id, managed_department, "user_id", "department_id", everyone)
    expert_of = sets(connection, account_id, expert, "user_id", "course_id", everyone)
    enrolled_in = sets(connection, account_id, enrolment, "user_id", "course_id", everyone)
    organizes = sets(connection, account_id, training, "organizer_id", "id", everyone)
    attends = sets(connection, account_id, attendee, "user_id", "training_id", everyone)
    found: dict[UserId, Person] = {}
    for row in _users(connection, account_id, everyone):
        line = list(_lineage(tree, row.department_id))
        supervisors = [row.supervisor_id, *(tree[one][1] for one in line)]
        found[row.id] = Person(
            row.id,
            Role(row.role),
            State(row.state),
            frozenset(map(DepartmentId, line)),
            _set(manages, row.id),
            frozenset(UserId(one) for one in supervisors if one is not None),
            _set(expert_of, row.id),
            _set(enrolled_in, row.id),
            _set(organizes, row.id),
            _set(attends, row.id),
        )
    return found


def sets(
    connection: Connection, account_id: AccountId, table: Table, key: str, value: str, keys: Collection[str]
) -> Mapping[str, set[str]]:
    """For each of `keys` the values that stand beside it in a table of the account."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    at = (table.c.account_id == account_id, one_of(table.c[key], keys))
    for one, other in connection.execute(select(table.c[key], table.c[value]).where(*at)):
        found[one].add(other)
    return found


def _set(found: Mapping[str, set[str]], key: str) -> frozenset[Any]:
    return frozenset(found.get(key, ()))


Tree = dict[str, tuple[str | None, str | None]]
"""(parent, supervisor) of every department."""


def _tree(connection: Connection, account_id: AccountId) -> Tree:
    query = select(department.c.id, department.c.parent_id, department.c.supervisor_id)
    rows = connection.execute(query.where(department.c.account_id == account_id))
    return {row.id: (row.parent_id, row.supervisor_id) for row in rows}


def _lineage(tree: Tree, start: str | None) -> Iterator[str]:
    while start is not None:
        yield start
        start = tree[start][0]


def _users(connection: Connection, account_id: AccountId, user_ids: Collection[UserId]) -> Iterator[Any]:
    query = select(user.c.id, user.c.role, user.c.state, user.c.department_id, user.c.supervisor_id)
    yield from connection.execute(query.where(user.c.account_id == account_id, one_of(user.c.id, user_ids)))


def tied_to(connection: Connection, account_id: AccountId, user_id: UserId) -> frozenset[UserId]:
    """Everyone but the user whom a fact ties to them."""
    person = about(connection, account_id, [user_id]).get(user_id)
    if person is None:
        return frozenset()
    queries = [
        *_course_mates(account_id, user_id),
        *_training_mates(account_id, user_id),
        *_supervised(account_id, user_id),
        *_administrators(account_id, person),
    ]
    found = set(connection.execute(union(*queries)).scalars()) | person.supervisors
    return frozenset(found) - {user_id}


def _course_mates(account_id: AccountId, user_id: UserId) -> Iterator[Select[Any]]:
    """Experts of the courses they are enrolled in, and the enrolled of those they are an expert of."""
    for mine, theirs in ((enrolment, expert), (expert, enrolment)):
        same = (theirs.c.account_id == account_id, theirs.c.course_id == mine.c.course_id)
        yield select(theirs.c.user_id).where(mine.c.account_id == account_id, mine.c.user_id == user_id, *same)


def _training_mates(account_id: AccountId, user_id: UserId) -> Iterator[Select[Any]]:
    """Organizers of the trainings they attend, and the attendees of those they organize."""
    same = (
        training.c.account_id == account_id,
        attendee.c.account_id == account_id,
        attendee.c.training_id == training.c.id,
    )
    yield select(training.c.organizer_id).where(attendee.c.user_id == user_id, *same)
    yield select(attendee.c.user_id).where(training.c.organizer_id == user_id, *same)


def _supervised(account_id: AccountId, user_id: UserId) -> Iterator[Select[Any]]:
    """Those they supervise, and the people of the departments they supervise and of all below."""
    yield select(user.c.id).where(user.c.account_id == account_id, user.c.supervisor_id == user_id)
    tops = select(department.c.id).where(department.c.account_id == account_id, department.c.supervisor_id == user_id)
    yield select(user.c.id).where(user.c.account_id == account_id, user.c.department_id.in_(below(account_id, tops)))


def _administrators(account_id: AccountId, person: Person) -> Iterator[Select[Any]]:
    """Owner and administrators, those who manage a department above them, and the people of those they manage."""
    yield select(user.c.id).where(user.c.account_id == account_id, user.c.role.in_(STAFF))
    if person.lineage:
        table = managed_department
        above = (table.c.account_id == account_id, table.c.department_id.in_(sorted(person.lineage)))
        yield select(table.c.user_id).where(*above)
    if person.manages:
        mine = user.c.department_id.in_(below(account_id, sorted(person.manages)))
        yield select(user.c.id).where(user.c.account_id == account_id, mine)
