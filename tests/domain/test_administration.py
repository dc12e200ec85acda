"""Who may administer whom and what: every pair of roles against tables, then the owner, departments and experts.

The tables say in words what an active person of a role may do to somebody whom they oversee.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain import administration
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Person, Role, State
from hallway.domain.verdicts import Denial

OWNER, ADMINISTRATOR, DEAN = Role.OWNER, Role.ADMINISTRATOR, Role.DEPARTMENT_ADMINISTRATOR
AUTHOR, LEARNER = Role.AUTHOR, Role.LEARNER
ROLES = (OWNER, ADMINISTRATOR, DEAN, AUTHOR, LEARNER)  # who has most rights comes first
ME, TARGET = UserId("me"), UserId("target")
MANAGED, ABOVE, BELOW, BESIDE = (DepartmentId(name) for name in ("managed", "above", "below", "beside"))
INSIDE, OUTSIDE = frozenset({BELOW, MANAGED, ABOVE}), frozenset({BESIDE, ABOVE})
AWAY = [State.INACTIVE, State.REMOVED]

# Which roles a role may give to somebody.
GRANTS: dict[Role, set[Role]] = {
    OWNER: {ADMINISTRATOR, DEAN, AUTHOR, LEARNER},
    ADMINISTRATOR: {ADMINISTRATOR, DEAN, AUTHOR, LEARNER},
    DEAN: {AUTHOR, LEARNER},
    AUTHOR: set(),
    LEARNER: set(),
}

# Whom a role may edit: the row is who edits, the column whom; None where it is allowed.
STAFF_ONLY, YES = Denial.NOT_STAFF, None
PROTECTED, NOT_YOURS = Denial.OWNER_PROTECTED, Denial.RIGHT_NOT_YOURS
EDITS: dict[Role, list[Denial | None]] = {
    #              owner       administrator  dean       author      learner
    OWNER: [PROTECTED, YES, YES, YES, YES],
    ADMINISTRATOR: [PROTECTED, YES, YES, YES, YES],
    DEAN: [PROTECTED, NOT_YOURS, NOT_YOURS, YES, YES],
    AUTHOR: [STAFF_ONLY] * 5,
    LEARNER: [STAFF_ONLY] * 5,
}


def _every(*facts: Iterable[object]) -> list[tuple[object, ...]]:
    """Every combination of these facts."""
    return list(product(*facts))


def _me(role: Role, state: State = State.ACTIVE) -> Person:
    """Somebody who manages one department, and belongs to it."""
    return Person(id=ME, role=role, state=state, lineage=frozenset({MANAGED, ABOVE}), manages=frozenset({MANAGED}))


def _target(role: Role, state: State = State.ACTIVE, lineage: frozenset[DepartmentId] = INSIDE) -> Person:
    return Person(id=TARGET, role=role, state=state, lineage=lineage)


def _edit_in_words(role: Role, target: Role, lineage: frozenset[DepartmentId]) -> Denial | None:
    if role is DEAN and lineage == OUTSIDE:
        return Denial.OUTSIDE_YOUR_DEPARTMENTS
    return EDITS[role][ROLES.index(target)]


# The doors.


@pytest.mark.parametrize(
    ("role", "may_enter", "may_manage_the_account"),
    [
        (OWNER, True, True),
        (ADMINISTRATOR, True, True),
        (DEAN, True, False),
        (AUTHOR, False, False),
        (LEARNER, False, False),
    ],
)
def test_the_portal_is_for_staff_and_the_account_for_owner_and_administrators(
    role: Role, may_enter: bool, may_manage_the_account: bool
) -> None:
    assert administration.enter_portal(_me(role)).denial is (None if may_enter else Denial.NOT_STAFF)
    assert administration.manage_account(_me(role)).denial is (None if may_manage_the_account else Denial.NOT_STAFF)


@pytest.mark.parametrize(("role", "state", "target"), _every(Role, AWAY, Role))
def test_who_is_not_active_administers_nothing(role: Role, state: State, target: Role) -> None:
    me = _me(role, state)
    assert not administration.enter_portal(me)
    assert not administration.manage_account(me)
    assert not administration.edit(me, _target(target))
    assert not administration.edit(me, me)
    assert not administration.change_state(me, _target(target))
    assert not administration.change_role(me, _target(target), LEARNER)
    assert not administration.assign_expert(me, _target(target))


# Granting a role.


@pytest.mark.parametrize(("role", "given"), _every(Role, Role))
def test_a_role_is_granted_as_the_table_says(role: Role, given: Role) -> None:
    assert (given in administration.grantable_roles(_me(role))) is (given in GRANTS[role])
    verdict = administration.grant(_me(role), given)
    assert verdict.denial is (None if given in GRANTS[role] else Denial.RIGHT_NOT_YOURS)


@pytest.mark.parametrize(("role", "target", "given"), _every(Role, Role, Role))
def test_nobody_grants_or_takes_a_right_that_they_do_not_have(role: Role, target: Role, given: Role) -> None:
    rank = ROLES.index
    is_allowed = administration.change_role(_me(role), _target(target), given)
    assert not is_allowed or rank(role) <= min(rank(given), rank(target))


@pytest.mark.parametrize("role", Role)
def test_there_is_no_second_owner(role: Role) -> None:
    assert not administration.grant(_me(role), OWNER)
    assert not any(administration.change_role(_me(role), _target(target), OWNER) for target in Role)


@pytest.mark.parametrize(("role", "target", "lineage", "given"), _every(Role, Role, [INSIDE, OUTSIDE], Role))
def test_a_role_is_changed_by_who_may_edit_and_may_grant(
    role: Role, target: Role, lineage: frozenset[DepartmentId], given: Role
) -> None:
    found = administration.change_role(_me(role), _target(target, lineage=lineage), given).denial
    refused = _edit_in_words(role, target, lineage)
    if target is OWNER and given is not OWNER:
        assert found is Denial.OWNER_PROTECTED
    elif refused is not None or given is target:
        assert found is refused
    else:
        assert found is (None if given in GRANTS[role] else Denial.RIGHT_NOT_YOURS)


@pytest.mark.parametrize(("role", "given"), [(role, given) for role in Role for given in Role if role is not given])
def test_nobody_changes_their_own_role(role: Role, given: Role) -> None:
    me = _me(role)
    expected = Denial.OWNER_PROTECTED if role is OWNER else Denial.NOT_YOURSELF
    assert administration.change_role(me, me, given).denial is expected


# Editing, deactivating, removing.


@pytest.mark.parametrize(
    ("role", "target", "state", "lineage"), _every(Role, Role, State, [INSIDE, OUTSIDE, frozenset[DepartmentId]()])
)
def test_people_are_edited_as_the_table_says(
    role: Role, target: Role, state: State, lineage: frozenset[DepartmentId]
) -> None:
    somebody = _target(target, state, lineage)
    assert administration.edit(_me(role), somebody).denial is _edit_in_words(role, target, lineage or OUTSIDE)


@pytest.mark.parametrize(("role", "target", "lineage"), _every(Role, Role, [INSIDE, OUTSIDE]))
def test_who_may_edit_somebody_may_change_their_state(
    role: Role, target: Role, lineage: frozenset[DepartmentId]
) -> None:
    expected = Denial.OWNER_PROTECTED if target is OWNER else _edit_in_words(role, target, lineage)
    assert administration.change_state(_me(role), _target(target, lineage=lineage)).denial is expected


@pytest.mark.parametrize(("role", "state"), _every(Role, State))
def test_the_owner_is_deactivated_and_removed_by_nobody(role: Role, state: State) -> None:
    owner = _target(OWNER, state)
    assert administration.change_state(_me(role), owner).denial is Denial.OWNER_PROTECTED
    assert administration.change_state(owner, owner).denial is Denial.OWNER_PROTECTED


@pytest.mark.parametrize("role", [ADMINISTRATOR, DEAN, AUTHOR, LEARNER])
def test_nobody_deactivates_or_removes_themselves(role: Role) -> None:
    assert administration.change_state(_me(role), _me(role)).denial is Denial.NOT_YOURSELF


@pytest.mark.parametrize("role", [OWNER, ADMINISTRATOR, DEAN])
def test_staff_edit_themselves_without_becoming_more(role: Role) -> None:
    me = _me(role)
    assert administration.edit(me, me)
    assert administration.change_role(me, me, role)


def test_a_department_administrator_edits_those_below_and_not_those_beside() -> None:
    assert administration.edit(_me(DEAN), _target(LEARNER, lineage=INSIDE))
    assert not administration.edit(_me(DEAN), _target(LEARNER, lineage=OUTSIDE))


def test_a_department_administrator_who_manages_nothing_edits_nobody() -> None:
    idle = replace(_me(DEAN), manages=frozenset())
    assert administration.edit(idle, _target(LEARNER)).denial is Denial.OUTSIDE_YOUR_DEPARTMENTS


# Departments.


@pytest.mark.parametrize("lineage", [INSIDE, OUTSIDE, frozenset[DepartmentId]()])
@pytest.mark.parametrize("role", Role)
def test_people_are_placed_by_account_staff_anywhere_and_by_others_where_they_manage(
    role: Role, lineage: frozenset[DepartmentId]
) -> None:
    is_allowed = role in {OWNER, ADMINISTRATOR} or (role is DEAN and lineage == INSIDE)
    expected = None if is_allowed else Denial.OUTSIDE_YOUR_DEPARTMENTS
    assert administration.assign_to_department(_me(role), lineage).denial is expected
    assert administration.manage_department(_me(role), lineage).denial is expected


def test_the_managed_department_itself_is_not_for_its_administrator_to_shape() -> None:
    above_it, above_what_is_below = frozenset({ABOVE}), frozenset({MANAGED, ABOVE})
    assert administration.manage_department(_me(DEAN), above_what_is_below)
    assert not administration.manage_department(_me(DEAN), above_it)


@pytest.mark.parametrize("role", Role)
def test_what_somebody_manages_is_decided_by_owner_and_administrators(role: Role) -> None:
    expected = None if role in {OWNER, ADMINISTRATOR} else Denial.RIGHT_NOT_YOURS
    assert administration.change_managed(_me(role)).denial is expected


DEPARTMENTS = st.frozensets(st.sampled_from([MANAGED, ABOVE, BELOW, BESIDE]))


@given(DEPARTMENTS, DEPARTMENTS, st.sampled_from(Role), st.sampled_from(Role))
def test_a_department_administrator_touches_nobody_outside(
    manages: frozenset[DepartmentId], lineage: frozenset[DepartmentId], target: Role, given: Role
) -> None:
    me = replace(_me(DEAN), manages=manages)
    somebody = _target(target, lineage=lineage)
    may_touch = (
        administration.edit(me, somebody)
        or administration.change_state(me, somebody)
        or administration.change_role(me, somebody, given)
        or administration.assign_to_department(me, lineage)
    )
    assert not may_touch or manages & lineage


# Experts.


@pytest.mark.parametrize(("role", "state", "target"), _every(Role, State, Role))
def test_active_people_of_any_role_are_made_experts_by_account_staff(role: Role, state: State, target: Role) -> None:
    found = administration.assign_expert(_me(role), _target(target, state, OUTSIDE)).denial
    if role not in {OWNER, ADMINISTRATOR}:
        assert found is Denial.NOT_STAFF
    else:
        assert found is (None if state is State.ACTIVE else Denial.EXPERT_NOT_ACTIVE)
