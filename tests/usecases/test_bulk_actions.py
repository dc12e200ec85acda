"""What staff do to many people at once: each judged by the rules, in small steps, told and undone."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from hallway.domain.audit import Action
from hallway.domain.events import FactsChanged
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.notifications import security_mails
from hallway.usecases.people import bulk_actions
from hallway.usecases.people.bulk_ports import (
    BulkAction,
    BulkPerson,
    Field,
    InDepartment,
    InRole,
    Invited,
    Progress,
    Value,
)
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, AUTHOR, DEAN, LENA, MIRA, NOBODY, OPTICS, OWNER, PHYSICS, SCHOOL, TOMAS, School, actor

STEPS = 2
"""People in each transaction."""


def _begin(school: School, who: UserId, value: Value, people: Sequence[UserId]) -> BulkAction:
    """An action whose people are noted, a few at a time."""
    action = school.write(
        lambda tx: bulk_actions.begin(tx, actor(who), value=value, people=people, clock=school.clock, ids=school.ids)
    )
    return _note(school, action)


def _note(school: School, action: BulkAction) -> BulkAction:
    while action.state is Progress.PREPARING:
        action = _noted(school, action, school.read(partial(_next, action=action)))
    return action


def _noted(school: School, action: BulkAction, people: Sequence[BulkPerson]) -> BulkAction:
    return school.write(lambda tx: bulk_actions.note(tx, action, people, clock=school.clock))


def _next(tx: Transaction, action: BulkAction) -> Sequence[BulkPerson]:
    if action.undoes is not None:
        return bulk_actions.undone(tx, action, STEPS)
    chosen = bulk_actions.chosen_people(tx, action)
    return bulk_actions.fresh(action, chosen[action.done : action.done + STEPS])


def _carry_out(school: School, action: BulkAction, *, has_mail: bool = True) -> BulkAction:
    while action.state is Progress.WORKING:
        action = _step(school, action, STEPS, has_mail=has_mail)
    return action


def _step(school: School, action: BulkAction, limit: int, *, has_mail: bool = True) -> BulkAction:
    people = school.read(lambda tx: tx.bulk.people(action, start=action.done, limit=limit))
    means = partial(bulk_actions.carry_out, has_mail=has_mail, clock=school.clock, ids=school.ids)
    return school.write(lambda tx: means(tx, action, people))


def _do(school: School, who: UserId, value: Value, people: Sequence[UserId]) -> BulkAction:
    return _carry_out(school, _begin(school, who, value, people))


def _undo(school: School, who: UserId, action: BulkAction) -> BulkAction:
    undoing = school.write(
        lambda tx: bulk_actions.begin_undo(tx, actor(who), action.id, clock=school.clock, ids=school.ids)
    )
    return _carry_out(school, _note(school, undoing))


def _people(school: School, action: BulkAction) -> dict[UserId, BulkPerson]:
    found = school.read(lambda tx: tx.bulk.people(action, start=0, limit=99))
    return {one.user_id: one for one in found}


def test_each_is_judged_alone_and_the_refused_stop_nobody(school: School) -> None:
    done = _do(school, ADMIN, State.INACTIVE, [LENA, OWNER, ADMIN, NOBODY, TOMAS])
    assert (done.total, done.done, done.changed, done.refused) == (5, 5, 2, 3)
    assert [school.user(one).state for one in (LENA, TOMAS)] == [State.INACTIVE, State.INACTIVE]
    assert school.user(OWNER).state is State.ACTIVE
    assert {one for one, person in _people(school, done).items() if person.reason} == {OWNER, ADMIN, NOBODY}
    shown = school.read(lambda tx: bulk_actions.refused(tx, done, 9))
    assert {user.id for _, user in shown} == {OWNER, ADMIN}, "nothing is told of somebody who is not there"


def test_who_is_so_already_is_left_alone(school: School) -> None:
    done = _do(school, ADMIN, State.ACTIVE, [LENA, OWNER])
    assert (done.changed, done.refused) == (0, 0)


def test_an_undo_gives_back_what_each_had_and_takes_back_nothing_newer(school: School) -> None:
    before = {one: school.user(one).department_id for one in (LENA, TOMAS, MIRA)}
    done = _do(school, ADMIN, InDepartment(OPTICS), [LENA, TOMAS, MIRA])
    _do(school, ADMIN, InDepartment(PHYSICS), [MIRA])
    moved = [one for one in (LENA, TOMAS) if before[one] != OPTICS]
    undone = _undo(school, ADMIN, done)
    assert [school.user(one).department_id for one in moved] == [before[one] for one in moved]
    assert school.user(MIRA).department_id == PHYSICS
    assert _people(school, undone)[MIRA].reason == "changed_since"
    assert undone.undoes == done.id
    assert undone.changed == len(moved)


def test_an_undone_role_comes_back_with_the_departments_that_went_with_it(school: School) -> None:
    managed = school.facts(DEAN).manages
    assert managed
    done = _do(school, OWNER, InRole(Role.LEARNER), [DEAN])
    assert (school.user(DEAN).role, school.facts(DEAN).manages) == (Role.LEARNER, frozenset())
    _undo(school, OWNER, done)
    assert (school.user(DEAN).role, school.facts(DEAN).manages) == (Role.DEPARTMENT_ADMINISTRATOR, managed)


def test_what_could_be_done_to_nobody_is_refused_at_once(school: School) -> None:
    assert school.denial(lambda tx: _beginning(school, tx, AUTHOR, State.INACTIVE)) is Denial.NOT_STAFF
    assert school.denial(lambda tx: _beginning(school, tx, DEAN, InRole(Role.ADMINISTRATOR))) is Denial.RIGHT_NOT_YOURS
    with pytest.raises(Invalid):
        school.write(lambda tx: _beginning(school, tx, ADMIN, InDepartment(DepartmentId(NOBODY))))
    with pytest.raises(Invalid):
        _begin(school, ADMIN, State.INACTIVE, [])


def _beginning(school: School, tx: Transaction, who: UserId, value: Value) -> BulkAction:
    return bulk_actions.begin(tx, actor(who), value=value, people=[LENA], clock=school.clock, ids=school.ids)


@pytest.mark.parametrize(("field", "text"), [(Field.STATE, "removed"), (Field.ROLE, "king")])
def test_what_is_no_value_is_refused(field: Field, text: str) -> None:
    with pytest.raises(Invalid):
        bulk_actions.value_of(field, text)


def test_a_department_administrator_reaches_only_their_own(school: School) -> None:
    chosen = school.read(lambda tx: bulk_actions.chosen_ids(tx, actor(DEAN), UserFilter()))
    everyone = school.read(lambda tx: bulk_actions.chosen_ids(tx, actor(ADMIN), UserFilter()))
    assert set(chosen) < set(everyone)
    done = _do(school, DEAN, State.INACTIVE, list(everyone))
    inactive = {one for one in everyone if school.user(one).state is State.INACTIVE}
    assert inactive <= set(chosen)
    assert done.changed + done.refused <= done.total


def test_it_goes_on_where_it_was_and_is_done_once(school: School) -> None:
    action = _begin(school, ADMIN, State.INACTIVE, [LENA, TOMAS])
    first, again = _step(school, action, 1), _step(school, action, 1)
    assert first == again
    assert (first.done, first.state) == (1, Progress.WORKING)
    assert _carry_out(school, again).changed == 2


def test_who_is_no_staff_any_more_changes_nobody(school: School) -> None:
    action = _begin(school, ADMIN, State.INACTIVE, [LENA])
    school.set_state(ADMIN, State.INACTIVE)
    done = _carry_out(school, action)
    assert (done.changed, done.refused) == (0, 1)
    assert school.user(LENA).state is State.ACTIVE


def test_it_is_one_s_own_alone(school: School) -> None:
    done = _do(school, ADMIN, State.INACTIVE, [LENA])
    for work in (
        lambda tx: bulk_actions.mine(tx, actor(OWNER), done.id),
        lambda tx: bulk_actions.begin_undo(tx, actor(OWNER), done.id, clock=school.clock, ids=school.ids),
    ):
        with pytest.raises(NotFound):
            school.write(work)
    unchanged = _do(school, ADMIN, State.INACTIVE, [LENA])
    with pytest.raises(Conflict):
        _undo(school, ADMIN, unchanged)


def test_each_change_is_recorded_and_reaches_those_concerned(school: School) -> None:
    action = _begin(school, ADMIN, State.INACTIVE, [LENA])
    people = school.read(lambda tx: tx.bulk.people(action, start=0, limit=9))
    events = school.events(
        lambda tx: bulk_actions.carry_out(tx, action, people, has_mail=True, clock=school.clock, ids=school.ids)
    )
    assert any(isinstance(one, FactsChanged) and LENA in (one.users or ()) for one in events)
    entries = school.read(lambda tx: tx.audit.page(SCHOOL, Chosen(about=LENA), before=None, limit=1))
    assert [one.draft.action for one in entries] == [Action.USER_DEACTIVATED]


def test_only_a_few_at_a_time(school: School) -> None:
    for _ in range(bulk_actions.MOST_UNFINISHED):
        _begin(school, ADMIN, State.INACTIVE, [LENA])
    with pytest.raises(Conflict):
        _begin(school, ADMIN, State.INACTIVE, [LENA])
    assert _begin(school, OWNER, State.INACTIVE, [LENA]).state is Progress.WORKING


def test_somebody_whom_the_store_refuses_is_left_out(school: School) -> None:
    action = _begin(school, ADMIN, State.INACTIVE, [LENA, TOMAS])
    (lena,) = school.read(lambda tx: tx.bulk.people(action, start=0, limit=1))
    skipped = school.write(lambda tx: bulk_actions.skip(tx, action, lena, clock=school.clock))
    assert (skipped.done, skipped.refused) == (1, 1)
    assert _carry_out(school, skipped).changed == 1


def test_a_refusal_is_an_answer_not_a_fault(school: School) -> None:
    with pytest.raises(Refused):
        school.read(lambda tx: bulk_actions.chosen_ids(tx, actor(LENA), UserFilter()))


def test_it_is_queued_in_the_transaction_that_begins_it(school: School) -> None:
    action = school.write(lambda tx: _beginning(school, tx, ADMIN, State.INACTIVE))
    (job,) = school.read(lambda tx: tx.jobs.due(SCHOOL, bulk_actions.JOB, school.clock.now(), 9))
    assert (action.state, job.subject) == (Progress.PREPARING, action.id)


def test_people_are_noted_once_however_often_the_process_ended(school: School) -> None:
    action = school.write(
        lambda tx: bulk_actions.begin(
            tx, actor(ADMIN), value=State.INACTIVE, people=[LENA, TOMAS, MIRA], clock=school.clock, ids=school.ids
        )
    )
    people = school.read(lambda tx: _next(tx, action))
    first, again = _noted(school, action, people), _noted(school, action, people)
    assert first == again
    assert (again.state, again.done) == (Progress.PREPARING, STEPS)
    done = _carry_out(school, _note(school, again))
    assert (done.done, done.changed) == (3, 3)


@pytest.mark.parametrize("is_noted", [False, True])
def test_a_stopped_one_tries_nobody_else_and_can_be_undone(school: School, *, is_noted: bool) -> None:
    action = school.write(lambda tx: _beginning(school, tx, ADMIN, State.INACTIVE))
    if is_noted:
        action = _step(school, _begin(school, ADMIN, State.INACTIVE, [LENA, TOMAS]), 1)
    stopped = school.write(lambda tx: bulk_actions.stop(tx, actor(ADMIN), action.id, clock=school.clock))
    assert (stopped.state, stopped.done) == (Progress.DONE, int(is_noted))
    assert _step(school, action, 1) == stopped
    assert school.write(lambda tx: bulk_actions.stop(tx, actor(ADMIN), action.id, clock=school.clock)) == stopped
    assert school.user(TOMAS).state is State.ACTIVE
    if is_noted:
        assert _undo(school, ADMIN, stopped).changed == 1
    assert school.user(LENA).state is State.ACTIVE


def test_invitations_are_mailed_and_cannot_be_taken_back(school: School) -> None:
    school.set_state(MIRA, State.INACTIVE)
    done = _do(school, ADMIN, Invited(), [LENA, MIRA])
    assert (done.changed, done.refused) == (1, 1)
    assert [one.reason for one in _people(school, done).values()] == ["", "not_active"]
    mails = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 9))
    assert len(mails) == 1
    again = _people(school, _do(school, ADMIN, Invited(), [LENA]))[LENA]
    assert (again.reason, bulk_actions.because(again)) == ("too_many", "They were sent a link a moment ago.")
    with pytest.raises(Conflict):
        _undo(school, ADMIN, done)


def test_where_no_mail_is_set_up_nobody_is_invited(school: School) -> None:
    done = _carry_out(school, _begin(school, ADMIN, Invited(), [LENA]), has_mail=False)
    assert _people(school, done)[LENA].reason == Denial.NO_MAIL_REACHES


WORDS = Path(__file__).parents[2] / "client" / "src" / "i18n"
DENIALS = (
    Denial.NOT_STAFF,
    Denial.OUTSIDE_YOUR_DEPARTMENTS,
    Denial.OWNER_PROTECTED,
    Denial.RIGHT_NOT_YOURS,
    Denial.NOT_YOURSELF,
    Denial.LINK_BY_MAIL,
    Denial.LINK_BY_OPERATOR,
    Denial.LINK_UNCONFIRMED,
    Denial.NO_MAIL_REACHES,
)
"""What the rules may say of somebody whom an administrator chose."""


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
@pytest.mark.parametrize("code", [*bulk_actions.REASONS, *DENIALS])
def test_whoever_is_left_out_is_so_in_the_readers_words(language: str, code: str) -> None:
    assert f"\nleft-out-{code} = " in (WORDS / f"{language}.ftl").read_text("utf-8")
