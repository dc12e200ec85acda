"""What holds of every two people, whatever the facts: properties of starting and standing, searched for exceptions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from hallway.domain import permissions
from hallway.domain.accounts import Account, Mode
from hallway.domain.courses import Question
from hallway.domain.ids import AccountId, CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.people import Participants, Person, Role, State, hosts, oversees, supervises, teaches
from hallway.domain.verdicts import Denial

T = TypeVar("T")

COURSES = [CourseId(f"course {number}") for number in range(3)]
DEPARTMENTS = [DepartmentId(f"department {number}") for number in range(3)]
TRAININGS = [TrainingId(f"training {number}") for number in range(3)]
A, B = UserId("a"), UserId("b")


def _some(things: Sequence[T]) -> st.SearchStrategy[frozenset[T]]:
    return st.frozensets(st.sampled_from(things), max_size=2)


def _people(user_id: UserId) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(user_id),
        role=st.sampled_from(Role),
        state=st.sampled_from([State.ACTIVE, State.ACTIVE, State.INACTIVE, State.REMOVED]),
        lineage=_some(DEPARTMENTS),
        manages=_some(DEPARTMENTS),
        supervisors=st.frozensets(st.sampled_from([A, B, UserId("c")]), max_size=2),
        expert_of=_some(COURSES),
        enrolled_in=_some(COURSES),
        organizes=_some(TRAININGS),
        attends=_some(TRAININGS),
    )


ACCOUNTS = st.builds(
    Account,
    id=st.just(AccountId("account")),
    name=st.just("Academy"),
    messaging_on=st.booleans(),
    mode=st.sampled_from(Mode),
)
QUESTIONS = st.none() | st.builds(Question, st.sampled_from(COURSES), st.sampled_from([A, B]))
ones = _people(A)
others = _people(B)

SEEN_FROM_THE_OTHER_SIDE = {
    Denial.MESSAGING_OFF: {Denial.MESSAGING_OFF},
    Denial.OTHER_REMOVED: {Denial.YOU_NOT_ACTIVE, Denial.OTHER_REMOVED, Denial.OTHER_DEACTIVATED},
    Denial.OTHER_DEACTIVATED: {Denial.YOU_NOT_ACTIVE, Denial.OTHER_REMOVED, Denial.OTHER_DEACTIVATED},
    Denial.YOU_NOT_ACTIVE: {Denial.OTHER_REMOVED, Denial.OTHER_DEACTIVATED},
    Denial.OTHER_NOT_EXPERT: {Denial.YOU_NOT_EXPERT},
    Denial.YOU_NOT_EXPERT: {Denial.OTHER_NOT_EXPERT},
    Denial.NEITHER_MAY_WRITE: {Denial.NEITHER_MAY_WRITE},
}


@given(ACCOUNTS, ones, others, QUESTIONS)
def test_a_dialog_is_open_for_both_or_for_neither(
    account: Account, one: Person, other: Person, asked: Question | None
) -> None:
    mine = permissions.standing(account, Participants(one, (other,)), asked)
    theirs = permissions.standing(account, Participants(other, (one,)), asked)
    assert mine.is_open is theirs.is_open


@given(ACCOUNTS, ones, others, QUESTIONS)
def test_both_sides_are_told_the_same_reason_each_in_their_own_words(
    account: Account, one: Person, other: Person, asked: Question | None
) -> None:
    mine = permissions.standing(account, Participants(one, (other,)), asked).reason
    theirs = permissions.standing(account, Participants(other, (one,)), asked).reason
    if mine is not None:
        assert theirs in SEEN_FROM_THE_OTHER_SIDE[mine]


@given(ACCOUNTS, ones, others, QUESTIONS)
def test_the_dialog_that_one_may_start_is_open(
    account: Account, one: Person, other: Person, asked: Question | None
) -> None:
    either = permissions.start(account, one, other) or permissions.start(account, other, one)
    assert permissions.standing(account, Participants(one, (other,)), asked).is_open is bool(either)


@given(ACCOUNTS, ones, others, QUESTIONS)
def test_a_switched_off_account_opens_nothing(
    account: Account, one: Person, other: Person, asked: Question | None
) -> None:
    off = replace(account, messaging_on=False)
    assert permissions.start(off, one, other).denial is Denial.MESSAGING_OFF
    assert permissions.standing(off, Participants(one, (other,)), asked).reason is Denial.MESSAGING_OFF


@given(ACCOUNTS, ones, others, QUESTIONS, st.sampled_from([State.INACTIVE, State.REMOVED]))
def test_who_is_not_active_neither_starts_nor_is_written_to(
    account: Account, one: Person, other: Person, asked: Question | None, state: State
) -> None:
    gone = replace(one, state=state)
    assert not permissions.start(account, gone, other)
    assert not permissions.start(account, other, gone)
    assert not permissions.standing(account, Participants(gone, (other,)), asked).is_open


@given(ACCOUNTS, ones, others)
def test_every_mode_allows_what_strict_allows_and_open_allows_what_any_does(
    account: Account, one: Person, other: Person
) -> None:
    allowed = {mode for mode in Mode if permissions.start(replace(account, mode=mode), one, other)}
    assert not allowed or Mode.OPEN in allowed
    assert Mode.STRICT not in allowed or allowed == set(Mode)


@given(ACCOUNTS, ones, others, QUESTIONS, st.sampled_from(COURSES))
def test_assigning_an_expert_closes_no_dialog(
    account: Account, one: Person, other: Person, asked: Question | None, course: CourseId
) -> None:
    assigned = replace(one, expert_of=one.expert_of | {course})
    was_open = permissions.standing(account, Participants(one, (other,)), asked).is_open
    assert permissions.standing(account, Participants(assigned, (other,)), asked).is_open >= was_open


@given(ACCOUNTS, ones, others)
def test_who_does_not_reach_everyone_is_tied_to_whom_they_may_write_to(
    account: Account, one: Person, other: Person
) -> None:
    is_tied = any(
        holds(a, b) for holds in (oversees, teaches, hosts, supervises) for a, b in ((one, other), (other, one))
    )
    if permissions.start(account, one, other):
        assert is_tied or permissions.reaches_everyone(account, one)


@given(ACCOUNTS, ones, others, st.sampled_from(COURSES))
def test_who_may_ask_about_a_course_may_start_the_dialog(
    account: Account, one: Person, other: Person, course: CourseId
) -> None:
    here = replace(account, messaging_on=True)
    learner, expert = replace(one, state=State.ACTIVE), replace(other, state=State.ACTIVE)
    if permissions.ask_about(Participants(learner, (expert,)), course):
        assert permissions.start(here, learner, expert)
