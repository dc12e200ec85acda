"""The facts that the rules ask for, in SQL: about many people in a fixed number of statements.

No rule is here. `tied_to` gathers whoever any fact of rules §2 ties to a user, in either direction and in any mode;
the rules choose among them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    union,
    union_all,
)

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Person, Role, State
from hallway.storage.departments import below
from hallway.storage.lists import one_of, one_of_those
from hallway.storage.schema import attendee, department, enrolment, expert, managed_department, training, user
from hallway.storage.statements import Prepared

STAFF = (Role.OWNER.value, Role.ADMINISTRATOR.value)


def about(connection: Connection, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Person]:
    """Return the facts about each of these users; those who are not in the account are missing."""
    chosen = {"account": account_id, "users": sorted(set(user_ids))}
    users: list[Sequence[Any]] = []
    tree: Tree = {}
    ties: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, one, *more in _FACTS.rows(connection, chosen):
        if kind == "user":
            users.append((one, *more))
        elif kind == "department":
            tree[one] = (more[0], more[1])
        else:
            ties[kind, one].add(more[0])
    return {row[0]: _person(*row, tree=tree, ties=ties) for row in users}


def _person(
    one: UserId, role: str, state: str, department_id: str | None, supervisor: str | None, *, tree: "Tree", ties: "Ties"
) -> Person:
    def tied(kind: str) -> frozenset[Any]:
        return frozenset(ties[kind, one]) if (kind, one) in ties else _NOTHING

    line = list(_lineage(tree, department_id))
    supervisors = [supervisor, *(tree[above][1] for above in line)]
    return Person(
        id=one,
        role=Role(role),
        state=State(state),
        lineage=frozenset(map(DepartmentId, line)),
        manages=tied("manages"),
        supervisors=frozenset(UserId(head) for head in supervisors if head is not None),
        expert_of=tied("expert_of"),
        enrolled_in=tied("enrolled_in"),
        organizes=tied("organizes"),
        attends=tied("attends"),
    )


def sets(
    connection: Connection, account_id: AccountId, table: Table, key: str, value: str, keys: Collection[str]
) -> Mapping[str, set[str]]:
    """Return, for each of `keys`, the values that stand beside it in a table of the account."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    at = (table.c.account_id == account_id, one_of(table.c[key], keys))
    for one, other in connection.execute(select(table.c[key], table.c[value]).where(*at)).all():
        found[one].add(other)
    return found


Ties = Mapping[tuple[str, str], set[str]]
"""By (field of Person, user): what ties the user."""
Tree = dict[str, tuple[str | None, str | None]]
"""(parent, supervisor) of departments, with all above them."""

_NOTHING: frozenset[Any] = frozenset()
_ACCOUNT: BindParameter[Any] = bindparam("account")
_SOURCES: Mapping[str, tuple[Table, str, str]] = {
    "manages": (managed_department, "user_id", "department_id"),
    "expert_of": (expert, "user_id", "course_id"),
    "enrolled_in": (enrolment, "user_id", "course_id"),
    "organizes": (training, "organizer_id", "id"),
    "attends": (attendee, "user_id", "training_id"),
}


def _part(kind: str, *columns: ColumnElement[Any]) -> Any:
    """Select a part of the single statement that loads all facts: its kind, then up to five texts."""
    name: ColumnElement[str] = literal_column(f"'{kind}'")
    absent = [null()] * (5 - len(columns))
    return select(name, *(cast(one, Text) for one in (*columns, *absent)))


def _users() -> Any:
    columns = (user.c.id, user.c.role, user.c.state, user.c.department_id, user.c.supervisor_id)
    return _part("user", *columns).where(user.c.account_id == _ACCOUNT, one_of_those(user.c.id, "users"))


def _departments() -> Any:
    """Select the departments of the users, and all above them."""
    columns = (department.c.id, department.c.parent_id, department.c.supervisor_id)
    theirs = select(user.c.department_id).where(user.c.account_id == _ACCOUNT, one_of_those(user.c.id, "users"))
    first = select(*columns).where(department.c.account_id == _ACCOUNT, department.c.id.in_(theirs))
    line = first.cte("line", recursive=True)
    above = select(*columns).where(department.c.account_id == _ACCOUNT, department.c.id == line.c.parent_id)
    return _part("department", *line.union(above).c)


def _ties(kind: str, table: Table, key: str, value: str) -> Any:
    at = (table.c.account_id == _ACCOUNT, one_of_those(table.c[key], "users"))
    return _part(kind, table.c[key], table.c[value]).where(*at)


_FACTS = Prepared(union_all(_users(), _departments(), *(_ties(kind, *one) for kind, one in _SOURCES.items())))


def _lineage(tree: Tree, start: str | None) -> Iterator[str]:
    while start is not None:
        yield start
        start = tree[start][0]


def tied_to(connection: Connection, account_id: AccountId, user_id: UserId) -> frozenset[UserId]:
    """Return everyone but the user whom a fact ties to them."""
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
    """Select the experts of the courses they are enrolled in, and the people enrolled in those they are an expert of."""
    for mine, theirs in ((enrolment, expert), (expert, enrolment)):
        same = (theirs.c.account_id == account_id, theirs.c.course_id == mine.c.course_id)
        yield select(theirs.c.user_id).where(mine.c.account_id == account_id, mine.c.user_id == user_id, *same)


def _training_mates(account_id: AccountId, user_id: UserId) -> Iterator[Select[Any]]:
    """Select the organizers of the trainings they attend, and the attendees of those they organize."""
    same = (
        training.c.account_id == account_id,
        attendee.c.account_id == account_id,
        attendee.c.training_id == training.c.id,
    )
    yield select(training.c.organizer_id).where(attendee.c.user_id == user_id, *same)
    yield select(attendee.c.user_id).where(training.c.organizer_id == user_id, *same)


def _supervised(account_id: AccountId, user_id: UserId) -> Iterator[Select[Any]]:
    """Select the people they supervise, and those of the departments they supervise and of all below."""
    yield select(user.c.id).where(user.c.account_id == account_id, user.c.supervisor_id == user_id)
    supervised = select(department.c.id).where(
        department.c.account_id == account_id, department.c.supervisor_id == user_id
    )
    yield select(user.c.id).where(
        user.c.account_id == account_id, user.c.department_id.in_(below(account_id, supervised))
    )


def _administrators(account_id: AccountId, person: Person) -> Iterator[Select[Any]]:
    """Select owner and administrators, the managers of departments above them, and the people of departments they manage."""
    yield select(user.c.id).where(user.c.account_id == account_id, user.c.role.in_(STAFF))
    if person.lineage:
        table = managed_department
        above = (table.c.account_id == account_id, table.c.department_id.in_(sorted(person.lineage)))
        yield select(table.c.user_id).where(*above)
    if person.manages:
        mine = user.c.department_id.in_(below(account_id, sorted(person.manages)))
        yield select(user.c.id).where(user.c.account_id == account_id, mine)
