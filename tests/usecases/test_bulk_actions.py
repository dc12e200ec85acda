"""What staff do to many people at once: each judged by the rules, in small steps, told and undone."""

from collections.abc import Sequence

import pytest

from hallway.domain.audit import Action
from hallway.domain.events import FactsChanged
from hallway.domain.ids import UserId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases import bulk_actions
from hallway.usecases.audit_ports import Chosen
from hallway.usecases.bulk_ports import BulkAction, BulkPerson, Field, Outcome, Progress
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.user_lists import UserFilter
from tests.school import ADMIN, AUTHOR, DEAN, LENA, MIRA, NOBODY, OPTICS, OWNER, PHYSICS, SCHOOL, TOMAS, School, actor

STATE, DEPARTMENT, ROLE = Field.STATE, Field.DEPARTMENT, Field.ROLE


def _begin(school: School, who: UserId, field: Field, value: str, people: Sequence[UserId]) -> BulkAction:
    action = school.write(
        lambda tx: bulk_actions.begin(
            tx, actor(who), field=field, value=value, total=len(people), clock=school.clock, ids=school.ids
        )
    )
    school.write(lambda tx: bulk_actions.keep(tx, action, 0, people))
    return school.write(lambda tx: bulk_actions.queue(tx, action, clock=school.clock))


def _carry_out(school: School, action: BulkAction, at_once: int = 2) -> BulkAction:
    while action.state is Progress.WORKING:
        step = action
        people = school.read(
            lambda tx: tx.bulk.people(SCHOOL, step.id, start=step.done, limit=at_once)  # noqa: B023 - read at once
        )
        action = school.write(
            lambda tx: bulk_actions.carry_out(tx, step, people, clock=school.clock, ids=school.ids)  # noqa: B023
        )
    return action


def _do(school: School, who: UserId, field: Field, value: str, people: Sequence[UserId]) -> BulkAction:
    return _carry_out(school, _begin(school, who, field, value, people))


def _undo(school: School, who: UserId, action: BulkAction) -> BulkAction:
    undoing = school.write(
        lambda tx: bulk_actions.begin_undo(tx, actor(who), action.id, clock=school.clock, ids=school.ids)
    )
    changed = school.read(lambda tx: tx.bulk.people(SCHOOL, action.id, start=0, limit=99, outcome=Outcome.CHANGED))
    school.write(lambda tx: bulk_actions.keep_undone(tx, undoing, 0, changed))
    return _carry_out(school, school.write(lambda tx: bulk_actions.queue(tx, undoing, clock=school.clock)))


def _people(school: School, action: BulkAction) -> dict[UserId, BulkPerson]:
    found = school.read(lambda tx: tx.bulk.people(SCHOOL, action.id, start=0, limit=99))
    return {one.user_id: one for one in found}


def test_each_is_judged_alone_and_the_refused_stop_nobody(school: School) -> None:
    done = _do(school, ADMIN, STATE, "inactive", [LENA, OWNER, ADMIN, NOBODY, TOMAS])
    assert (done.total, done.done, done.changed, done.refused) == (5, 5, 2, 3)
    assert [school.user(one).state for one in (LENA, TOMAS)] == [State.INACTIVE, State.INACTIVE]
    assert school.user(OWNER).state is State.ACTIVE
    assert {one for one, person in _people(school, done).items() if person.reason} == {OWNER, ADMIN, NOBODY}
    shown = school.read(lambda tx: bulk_actions.refused(tx, done, 9))
    assert {user.id for _, user in shown} == {OWNER, ADMIN}, "nothing is told of somebody who is not there"


def test_who_is_so_already_is_left_alone(school: School) -> None:
    done = _do(school, ADMIN, STATE, "active", [LENA, OWNER])
    assert (done.changed, done.refused) == (0, 0)


def test_an_undo_gives_back_what_each_had_and_takes_back_nothing_newer(school: School) -> None:
    before = {one: school.user(one).department_id for one in (LENA, TOMAS, MIRA)}
    done = _do(school, ADMIN, DEPARTMENT, OPTICS, [LENA, TOMAS, MIRA])
    _do(school, ADMIN, DEPARTMENT, PHYSICS, [MIRA])
    moved = [one for one in (LENA, TOMAS) if before[one] != OPTICS]
    undone = _undo(school, ADMIN, done)
    assert [school.user(one).department_id for one in moved] == [before[one] for one in moved]
    assert school.user(MIRA).department_id == PHYSICS
    assert undone.undoes == done.id
    assert undone.changed == len(moved)


def test_an_undone_role_comes_back_with_the_departments_that_went_with_it(school: School) -> None:
    managed = school.facts(DEAN).manages
    assert managed
    done = _do(school, OWNER, ROLE, "learner", [DEAN])
    assert (school.user(DEAN).role, school.facts(DEAN).manages) == (Role.LEARNER, frozenset())
    _undo(school, OWNER, done)
    assert (school.user(DEAN).role, school.facts(DEAN).manages) == (Role.DEPARTMENT_ADMINISTRATOR, managed)


def test_what_could_be_done_to_nobody_is_refused_at_once(school: School) -> None:
    assert school.denial(lambda tx: _beginning(school, tx, AUTHOR, STATE, "inactive")) is Denial.NOT_STAFF
    assert school.denial(lambda tx: _beginning(school, tx, DEAN, ROLE, "administrator")) is Denial.RIGHT_NOT_YOURS
    for field, value in ((STATE, "removed"), (ROLE, "king"), (DEPARTMENT, NOBODY)):
        with pytest.raises(Invalid):
            school.write(lambda tx, field=field, value=value: _beginning(school, tx, ADMIN, field, value))  # type: ignore[misc]
    with pytest.raises(Invalid):
        _begin(school, ADMIN, STATE, "inactive", [])


def _beginning(school: School, tx: object, who: UserId, field: Field, value: str) -> object:
    return bulk_actions.begin(
        tx,  # type: ignore[arg-type]  # the transaction
        actor(who),
        field=field,
        value=value,
        total=1,
        clock=school.clock,
        ids=school.ids,
    )


def test_a_department_administrator_reaches_only_their_own(school: School) -> None:
    chosen = school.read(lambda tx: bulk_actions.chosen_ids(tx, actor(DEAN), UserFilter()))
    everyone = school.read(lambda tx: bulk_actions.chosen_ids(tx, actor(ADMIN), UserFilter()))
    assert set(chosen) < set(everyone)
    done = _do(school, DEAN, STATE, "inactive", list(everyone))
    inactive = {one for one in everyone if school.user(one).state is State.INACTIVE}
    assert inactive <= set(chosen)
    assert done.changed + done.refused <= done.total


def test_it_goes_on_where_it_was_and_is_done_once(school: School) -> None:
    action = _begin(school, ADMIN, STATE, "inactive", [LENA, TOMAS])
    people = school.read(lambda tx: tx.bulk.people(SCHOOL, action.id, start=0, limit=1))

    def step() -> BulkAction:
        return school.write(lambda tx: bulk_actions.carry_out(tx, action, people, clock=school.clock, ids=school.ids))

    first, again = step(), step()
    assert first == again
    assert (first.done, first.state) == (1, Progress.WORKING)
    assert _carry_out(school, again).changed == 2


def test_who_is_no_staff_any_more_changes_nobody(school: School) -> None:
    action = _begin(school, ADMIN, STATE, "inactive", [LENA])
    school.set_state(ADMIN, State.INACTIVE)
    done = _carry_out(school, action)
    assert (done.changed, done.refused) == (0, 1)
    assert school.user(LENA).state is State.ACTIVE


def test_it_is_one_s_own_alone(school: School) -> None:
    done = _do(school, ADMIN, STATE, "inactive", [LENA])
    for work in (
        lambda tx: bulk_actions.mine(tx, actor(OWNER), done.id),
        lambda tx: bulk_actions.begin_undo(tx, actor(OWNER), done.id, clock=school.clock, ids=school.ids),
    ):
        with pytest.raises(NotFound):
            school.write(work)
    unchanged = _do(school, ADMIN, STATE, "inactive", [LENA])
    with pytest.raises(Conflict):
        _undo(school, ADMIN, unchanged)


def test_each_change_is_recorded_and_reaches_those_concerned(school: School) -> None:
    action = _begin(school, ADMIN, STATE, "inactive", [LENA])
    people = school.read(lambda tx: tx.bulk.people(SCHOOL, action.id, start=0, limit=9))
    events = school.events(lambda tx: bulk_actions.carry_out(tx, action, people, clock=school.clock, ids=school.ids))
    assert any(isinstance(one, FactsChanged) and LENA in (one.users or ()) for one in events)
    entries = school.read(lambda tx: tx.audit.page(SCHOOL, Chosen(about=LENA), before=None, limit=1))
    assert [one.draft.action for one in entries] == [Action.USER_DEACTIVATED]


def test_only_a_few_at_a_time(school: School) -> None:
    for _ in range(bulk_actions.MOST_UNFINISHED):
        _begin(school, ADMIN, STATE, "inactive", [LENA])
    with pytest.raises(Conflict):
        _begin(school, ADMIN, STATE, "inactive", [LENA])
    assert _begin(school, OWNER, STATE, "inactive", [LENA]).state is Progress.WORKING


def test_somebody_whom_the_store_refuses_is_left_out(school: School) -> None:
    action = _begin(school, ADMIN, STATE, "inactive", [LENA, TOMAS])
    (lena,) = school.read(lambda tx: tx.bulk.people(SCHOOL, action.id, start=0, limit=1))
    skipped = school.write(lambda tx: bulk_actions.skip(tx, action, lena, clock=school.clock))
    assert (skipped.done, skipped.refused) == (1, 1)
    assert _carry_out(school, skipped).changed == 1


def test_a_refusal_is_an_answer_not_a_fault(school: School) -> None:
    with pytest.raises(Refused):
        school.read(lambda tx: bulk_actions.chosen_ids(tx, actor(LENA), UserFilter()))
