"""The department tree in the portal: who sees which part of it, and who shapes it (§1, §2)."""

import pytest

from hallway.adapters import RandomIds
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import State
from hallway.domain.verdicts import Denial
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.people import departments, users
from tests.school import (
    ADMIN,
    AUTHOR,
    DEAN,
    LANGUAGES,
    LENA,
    NILS,
    OPTICS,
    OWNER,
    PHYSICS,
    SCHOOL,
    SCIENCES,
    TOMAS,
    School,
    StoppedClock,
    actor,
    named,
)
from tests.usecases.deeds import Work

NOT_STAFF, OUTSIDE = Denial.NOT_STAFF, Denial.OUTSIDE_YOUR_DEPARTMENTS
NOWHERE = DepartmentId(named("nowhere"))


def _tree(school: School, who: UserId) -> list[departments.Node]:
    return school.read(lambda tx: departments.tree(tx, actor(who)))


def _names(school: School, who: UserId = ADMIN) -> list[str]:
    return [node.department.name for node in _tree(school, who)]


def _adding(
    school: School, who: UserId, name: str, parent_id: DepartmentId | None, supervisor_id: UserId | None = None
) -> Work:
    return lambda tx: departments.add(
        tx, actor(who), name=name, parent_id=parent_id, supervisor_id=supervisor_id, ids=school.ids
    )


def _change(who: UserId, department_id: DepartmentId, **changes: object) -> Work:
    return lambda tx: departments.change(
        tx, actor(who), department_id=department_id, changes=departments.DepartmentPatch(**changes)
    )


def _remove(who: UserId, department_id: DepartmentId) -> Work:
    return lambda tx: departments.remove(tx, actor(who), department_id=department_id)


# Seeing.


def test_parents_come_before_children_and_each_level_by_name(school: School) -> None:
    assert _names(school) == ["Languages", "Sciences", "Physics", "Optics"]


def test_a_department_administrator_sees_theirs_with_those_above(school: School) -> None:
    assert _names(school, DEAN) == ["Sciences", "Physics", "Optics"]
    school.write(lambda tx: tx.people.set_managed(SCHOOL, DEAN, [PHYSICS]))
    seen = {node.department.id: (node.may_edit, node.may_add_below) for node in _tree(school, DEAN)}
    assert seen == {SCIENCES: (False, False), PHYSICS: (False, True), OPTICS: (True, True)}


def test_the_top_is_for_account_staff(school: School) -> None:
    assert school.read(lambda tx: departments.may_add_top(tx, actor(ADMIN)))
    assert not school.read(lambda tx: departments.may_add_top(tx, actor(DEAN)))


@pytest.mark.parametrize("who", [AUTHOR, LENA])
def test_the_tree_is_for_staff(school: School, who: UserId) -> None:
    for work in (
        lambda tx: departments.tree(tx, actor(who)),
        _adding(school, who, "New", None),
        _change(who, OPTICS, name="New"),
        _remove(who, OPTICS),
    ):
        assert school.denial(work) is NOT_STAFF


def test_a_node_counts_its_people_and_those_below_without_those_removed(school: School) -> None:
    def members() -> dict[DepartmentId, int]:
        return {node.department.id: node.members for node in _tree(school, ADMIN)}

    assert members() == {LANGUAGES: 5, SCIENCES: 3, PHYSICS: 2, OPTICS: 1}
    school.set_state(LENA, State.REMOVED)
    school.set_state(TOMAS, State.INACTIVE)
    assert members() == {LANGUAGES: 5, SCIENCES: 2, PHYSICS: 1, OPTICS: 0}


def test_a_node_names_its_supervisor(school: School) -> None:
    named_ones = {node.department.id: node.supervisor for node in _tree(school, ADMIN)}
    physics = named_ones[PHYSICS]
    assert physics is not None
    assert physics.user.name == "Sven Supervisor"
    assert named_ones[OPTICS] is None


# Shaping.

ADDED = [
    (ADMIN, None, None),
    (ADMIN, OPTICS, None),
    (DEAN, SCIENCES, None),
    (DEAN, OPTICS, None),
    (DEAN, LANGUAGES, OUTSIDE),
    (DEAN, None, OUTSIDE),
]


@pytest.mark.parametrize(("who", "parent_id", "denial"), ADDED)
def test_departments_are_added_below_what_one_administers(
    school: School, who: UserId, parent_id: DepartmentId | None, denial: Denial | None
) -> None:
    if denial is None:
        school.write(_adding(school, who, "  New  ", parent_id))
        (added,) = [node.department for node in _tree(school, ADMIN) if node.department.name == "New"]
        assert added.parent_id == parent_id
    else:
        assert school.denial(_adding(school, who, "New", parent_id)) is denial


@pytest.mark.parametrize(
    ("department_id", "changes", "denial"),
    [
        (OPTICS, {"name": "Light"}, None),
        (OPTICS, {"parent_id": SCIENCES}, None),
        (PHYSICS, {"supervisor_id": TOMAS}, None),
        (SCIENCES, {"name": "Mine"}, OUTSIDE),
        (SCIENCES, {"supervisor_id": DEAN}, OUTSIDE),
        (OPTICS, {"parent_id": LANGUAGES}, OUTSIDE),
        (OPTICS, {"parent_id": None}, OUTSIDE),
    ],
)
def test_a_department_administrator_shapes_what_lies_below_the_managed_one(
    school: School, department_id: DepartmentId, changes: dict[str, object], denial: Denial | None
) -> None:
    work = _change(DEAN, department_id, **changes)
    if denial is None:
        school.write(work)
        after = school.read(lambda tx: tx.departments.all(SCHOOL))[department_id]
        assert {name: getattr(after, name) for name in changes} == changes
    else:
        assert school.denial(work) is denial


def test_a_managed_department_is_not_moved_below_another_one_by_its_administrator(school: School) -> None:
    school.write(lambda tx: tx.people.set_managed(SCHOOL, DEAN, [SCIENCES, LANGUAGES]))
    assert school.denial(_change(DEAN, SCIENCES, parent_id=LANGUAGES)) is OUTSIDE
    school.write(_change(DEAN, OPTICS, parent_id=LANGUAGES))


@pytest.mark.parametrize("department_id", [LANGUAGES, NOWHERE])
def test_what_is_outside_is_not_there(school: School, department_id: DepartmentId) -> None:
    for work in (_change(DEAN, department_id, name="Mine"), _remove(DEAN, department_id)):
        with pytest.raises(NotFound, match="This department doesn't exist"):
            school.write(work)


@pytest.mark.parametrize("parent_id", [SCIENCES, PHYSICS, OPTICS])
def test_a_department_is_never_moved_below_itself(school: School, parent_id: DepartmentId) -> None:
    with pytest.raises(Invalid, match="below itself"):
        school.write(_change(ADMIN, SCIENCES, parent_id=parent_id))
    school.write(_change(ADMIN, SCIENCES, parent_id=LANGUAGES))
    assert _names(school) == ["Languages", "Sciences", "Physics", "Optics"]


def test_those_below_move_with_their_department(school: School) -> None:
    school.write(_change(ADMIN, PHYSICS, parent_id=LANGUAGES))
    assert school.facts(LENA).lineage == {OPTICS, PHYSICS, LANGUAGES}


def test_a_name_is_taken_in_one_place_only(school: School) -> None:
    for work in (
        _adding(school, ADMIN, "PHYSICS", SCIENCES),
        _change(ADMIN, OPTICS, name="physics", parent_id=SCIENCES),
    ):
        with pytest.raises(Conflict, match="this name"):
            school.write(work)
    school.write(_adding(school, ADMIN, "PHYSICS", LANGUAGES))
    assert _names(school) == ["Languages", "PHYSICS", "Sciences", "Physics", "Optics"]


def test_a_department_may_be_named_as_it_is(school: School) -> None:
    school.write(_change(ADMIN, PHYSICS, name="PHYSICS"))
    assert _names(school) == ["Languages", "Sciences", "PHYSICS", "Optics"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": " "}, "name"), ({"parent_id": NOWHERE}, "parent_id"), ({"supervisor_id": NOWHERE}, "supervisor_id")],
)
def test_what_cannot_be_is_refused_with_the_field(school: School, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        school.write(_change(ADMIN, OPTICS, **changes))
    assert [problem.field for problem in invalid.value.problems] == [field]


def test_a_department_administrator_chooses_no_supervisor_from_outside(school: School) -> None:
    school.write(_adding(school, DEAN, "Light", PHYSICS, TOMAS))
    with pytest.raises(Invalid, match="you administer"):
        school.write(_adding(school, DEAN, "Sound", PHYSICS, NILS))


# Removing.


def test_only_an_empty_department_is_removed(school: School) -> None:
    for full in (SCIENCES, PHYSICS, OPTICS, LANGUAGES):
        with pytest.raises(Conflict) as conflict:
            school.write(_remove(ADMIN, full))
        assert conflict.value.code == "not_empty"
    school.write(
        lambda tx: users.change(
            tx,
            actor(ADMIN),
            user_id=LENA,
            changes=users.UserPatch(department_id=None),
            manages=None,
            clock=StoppedClock(),
            ids=RandomIds(),
        )
    )
    school.write(_remove(DEAN, OPTICS))
    assert _names(school) == ["Languages", "Sciences", "Physics"]


def test_a_removed_person_holds_no_department(school: School) -> None:
    school.set_state(LENA, State.REMOVED)
    school.write(_remove(ADMIN, OPTICS))
    school.set_state(LENA, State.ACTIVE)
    assert school.user(LENA).department_id is None


def test_the_managed_department_itself_is_not_for_its_administrator_to_remove(school: School) -> None:
    for one in (DEAN, TOMAS, LENA):
        school.write(
            lambda tx, whose=one: users.change(
                tx,
                actor(OWNER),
                user_id=whose,
                changes=users.UserPatch(department_id=LANGUAGES),
                manages=None,
                clock=StoppedClock(),
                ids=RandomIds(),
            )
        )
    for one in (OPTICS, PHYSICS):
        school.write(_remove(DEAN, one))
    assert school.denial(_remove(DEAN, SCIENCES)) is OUTSIDE
    school.write(_remove(ADMIN, SCIENCES))
    assert school.facts(DEAN).manages == frozenset()
