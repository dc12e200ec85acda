"""The department tree and the four relations of §2.

In the generated trees a department's id is its path, `/0/2/5`, so that "belongs to it or to one below" can be said
a second time: the one path begins with the other.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.ids import AccountId, CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.people import (
    Department,
    Person,
    Role,
    State,
    User,
    hosts,
    lineage,
    oversees,
    supervises,
    teaches,
)

ACCOUNT = AccountId("account")
Tree = dict[DepartmentId, Department]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A forest of up to twelve departments."""
    tree: Tree = {}
    for number in range(draw(st.integers(1, 12))):
        above = draw(st.none() | st.sampled_from(sorted(tree))) if tree else None
        path = DepartmentId(f"{above or ''}/{number}")
        tree[path] = Department(account_id=ACCOUNT, id=path, name=f"Department {number}", parent_id=above)
    return tree


def _chain(depth: int) -> Tree:
    """One department below the other."""
    ids = [DepartmentId(str(number)) for number in range(depth)]
    above = [None, *ids[:-1]]
    return {
        one: Department(account_id=ACCOUNT, id=one, name=one, parent_id=parent)
        for one, parent in zip(ids, above, strict=True)
    }


def _line(tree: Tree, start: DepartmentId | None) -> frozenset[DepartmentId]:
    return frozenset(one.id for one in lineage(tree, start))


# Lineage.


def test_nobody_s_department_has_no_lineage() -> None:
    assert list(lineage(_chain(3), None)) == []


def test_the_lineage_goes_from_the_department_upward() -> None:
    tree = _chain(4)
    assert list(lineage(tree, DepartmentId("2"))) == [tree[DepartmentId(one)] for one in "210"]


@given(trees(), st.data())
def test_the_lineage_is_the_department_and_all_above_it_nearest_first(tree: Tree, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(sorted(tree)))
    above = [one for one in tree if start == one or start.startswith(f"{one}/")]
    assert [one.id for one in lineage(tree, start)] == sorted(above, key=len, reverse=True)


def test_a_very_deep_tree_is_no_deeper_than_it_is() -> None:
    tree = _chain(20_000)
    line = list(lineage(tree, DepartmentId("19999")))
    assert len(line) == 20_000
    assert line[-1].parent_id is None


# oversees.


@given(trees(), st.data())
def test_a_department_administrator_oversees_whoever_belongs_to_what_they_manage_or_below(
    tree: Tree, data: st.DataObject
) -> None:
    place = data.draw(st.none() | st.sampled_from(sorted(tree)))
    manages = data.draw(st.frozensets(st.sampled_from(sorted(tree)), max_size=3))
    dean = Person(id=UserId("dean"), role=Role.DEPARTMENT_ADMINISTRATOR, manages=manages)
    somebody = Person(id=UserId("somebody"), role=Role.LEARNER, lineage=_line(tree, place))
    is_below = place is not None and any(place == one or place.startswith(f"{one}/") for one in manages)
    assert oversees(dean, somebody) is is_below


def test_the_administrator_of_the_top_oversees_the_very_bottom() -> None:
    tree = _chain(500)
    bottom = Person(id=UserId("bottom"), role=Role.LEARNER, lineage=_line(tree, DepartmentId("499")))
    top = Person(id=UserId("top"), role=Role.DEPARTMENT_ADMINISTRATOR, manages=frozenset({DepartmentId("0")}))
    assert oversees(top, bottom)
    assert not oversees(top, replace(bottom, lineage=_line(_chain(500), None)))


@pytest.mark.parametrize("role", Role)
def test_only_staff_oversee(role: Role) -> None:
    department = frozenset({DepartmentId("department")})
    boss = Person(id=UserId("boss"), role=role, manages=department)
    somebody = Person(id=UserId("somebody"), role=Role.LEARNER, lineage=department)
    assert oversees(boss, somebody) is (role in {Role.OWNER, Role.ADMINISTRATOR, Role.DEPARTMENT_ADMINISTRATOR})
    elsewhere = replace(somebody, lineage=frozenset())
    assert oversees(boss, elsewhere) is (role in {Role.OWNER, Role.ADMINISTRATOR})


# teaches, hosts, supervises.

COURSES = st.frozensets(st.sampled_from([CourseId(one) for one in "xyz"]))
TRAININGS = st.frozensets(st.sampled_from([TrainingId(one) for one in "xyz"]))


@given(COURSES, COURSES, st.sampled_from(Role), st.sampled_from(Role))
def test_an_expert_teaches_whoever_is_enrolled_in_one_of_their_courses(
    taught: frozenset[CourseId], taken: frozenset[CourseId], role: Role, other: Role
) -> None:
    expert = Person(id=UserId("a"), role=role, expert_of=taught, enrolled_in=frozenset({CourseId("own")}))
    learner = Person(id=UserId("b"), role=other, enrolled_in=taken, expert_of=frozenset({CourseId("own too")}))
    assert teaches(expert, learner) is any(one in taken for one in taught)
    assert not teaches(learner, expert)


@given(TRAININGS, TRAININGS)
def test_an_organizer_hosts_whoever_attends_one_of_their_trainings(
    organized: frozenset[TrainingId], attended: frozenset[TrainingId]
) -> None:
    host = Person(id=UserId("a"), role=Role.AUTHOR, organizes=organized)
    guest = Person(id=UserId("b"), role=Role.LEARNER, attends=attended)
    assert hosts(host, guest) is any(one in attended for one in organized)
    assert not hosts(guest, host)


def test_a_supervisor_supervises_those_who_have_them_as_one_and_nobody_else() -> None:
    boss = Person(id=UserId("boss"), role=Role.LEARNER)
    supervised = Person(id=UserId("supervised"), role=Role.OWNER, supervisors=frozenset({UserId("another"), boss.id}))
    assert supervises(boss, supervised)
    assert not supervises(supervised, boss)
    assert not supervises(boss, replace(supervised, supervisors=frozenset({UserId("another")})))


# State.


@pytest.mark.parametrize("state", State)
def test_only_the_active_take_part(state: State) -> None:
    assert Person(id=UserId("a"), role=Role.OWNER, state=state).is_active is (state is State.ACTIVE)


def test_a_new_user_is_an_active_learner_without_a_place() -> None:
    somebody = User(account_id=ACCOUNT, id=UserId("a"), name="Lena", email="lena@example.org", login="lena")
    assert (somebody.role, somebody.state) == (Role.LEARNER, State.ACTIVE)
    assert (somebody.department_id, somebody.supervisor_id, somebody.photo) == (None, None, None)
