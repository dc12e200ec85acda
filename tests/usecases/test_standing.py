"""Who may go on writing: every reason of §4 from both sides, and back; the facts of the moment decide, nothing stored.

Each case has a twin that differs in the one fact that matters, and there the chat stays open.
"""

from dataclasses import dataclass

import pytest

from hallway.domain.accounts import Account, Mode
from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Denial
from tests.school import (
    ADMIN,
    ALGEBRA,
    BIOLOGY,
    DEAN,
    ELSEWHERE,
    EXPERT,
    HOST,
    LANGUAGES,
    LENA,
    MIRA,
    NILS,
    OPTICS,
    SCHOOL,
    SCIENCES,
    SUPERVISOR,
    TOMAS,
    School,
)
from tests.usecases.facts import (
    Step,
    assign,
    attend,
    both,
    change,
    enrol,
    leave,
    manages,
    mode,
    move,
    remove_course,
    state,
    switch,
    unassign,
    withdraw,
)


@dataclass(frozen=True)
class Case:
    """`one` wrote to `other` in the mode in which it `begins`, perhaps about a course; then `close` happens, or its `twin`, or `reopen`."""

    one: UserId
    other: UserId
    close: Step
    to_one: Denial
    to_other: Denial
    reopen: Step
    twin: Step
    begins: Mode = Mode.STRICT
    about: CourseId | None = None


OFF, GONE, AWAY = Denial.MESSAGING_OFF, Denial.OTHER_REMOVED, Denial.OTHER_DEACTIVATED
ME, NEITHER = Denial.YOU_NOT_ACTIVE, Denial.NEITHER_MAY_WRITE
NOT_EXPERT, YOU_NOT_EXPERT = Denial.OTHER_NOT_EXPERT, Denial.YOU_NOT_EXPERT
ACTIVE, INACTIVE, REMOVED = State.ACTIVE, State.INACTIVE, State.REMOVED
STRICT, MANAGERS, LIMITED, OPEN = Mode

CASES = {
    "switched off": Case(ADMIN, LENA, switch(is_on=False), OFF, OFF, reopen=switch(is_on=True), twin=mode(LIMITED)),
    "learner deactivated": Case(
        ADMIN, LENA, state(LENA, INACTIVE), AWAY, ME, reopen=state(LENA, ACTIVE), twin=state(TOMAS, INACTIVE)
    ),
    "learner removed": Case(
        ADMIN, LENA, state(LENA, REMOVED), GONE, ME, reopen=state(LENA, ACTIVE), twin=state(TOMAS, REMOVED)
    ),
    "administrator deactivated": Case(
        ADMIN, LENA, state(ADMIN, INACTIVE), ME, AWAY, reopen=state(ADMIN, ACTIVE), twin=state(DEAN, INACTIVE)
    ),
    "expert deactivated": Case(
        LENA,
        EXPERT,
        state(EXPERT, INACTIVE),
        AWAY,
        ME,
        about=BIOLOGY,
        reopen=state(EXPERT, ACTIVE),
        twin=state(HOST, INACTIVE),
    ),
    "expert removed": Case(
        LENA,
        EXPERT,
        state(EXPERT, REMOVED),
        GONE,
        ME,
        about=BIOLOGY,
        reopen=state(EXPERT, ACTIVE),
        twin=state(HOST, REMOVED),
    ),
    "expert unassigned after a question": Case(
        LENA,
        EXPERT,
        unassign(EXPERT),
        NOT_EXPERT,
        YOU_NOT_EXPERT,
        about=BIOLOGY,
        reopen=assign(EXPERT),
        twin=unassign(EXPERT, ALGEBRA),
    ),
    "expert unassigned without a question": Case(
        LENA, EXPERT, unassign(EXPERT), NEITHER, NEITHER, reopen=assign(EXPERT), twin=unassign(EXPERT, ALGEBRA)
    ),
    "course removed": Case(
        LENA,
        EXPERT,
        remove_course(BIOLOGY),
        NOT_EXPERT,
        YOU_NOT_EXPERT,
        about=BIOLOGY,
        reopen=change(EXPERT, role=Role.ADMINISTRATOR),
        twin=remove_course(ALGEBRA),
    ),
    "learner withdrawn after a question": Case(
        LENA,
        EXPERT,
        withdraw(LENA),
        NEITHER,
        NEITHER,
        about=BIOLOGY,
        reopen=enrol(LENA),
        twin=withdraw(NILS),
    ),
    "learner moved out of the department": Case(
        DEAN,
        LENA,
        change(LENA, department_id=LANGUAGES),
        NEITHER,
        NEITHER,
        reopen=change(LENA, department_id=OPTICS),
        twin=change(LENA, department_id=SCIENCES),
    ),
    "department moved": Case(
        DEAN,
        LENA,
        move(OPTICS, LANGUAGES),
        NEITHER,
        NEITHER,
        reopen=move(OPTICS, SCIENCES),
        twin=move(OPTICS, SCIENCES),
    ),
    "department no longer managed": Case(
        DEAN,
        LENA,
        manages(DEAN, LANGUAGES),
        NEITHER,
        NEITHER,
        reopen=manages(DEAN, OPTICS),
        twin=manages(DEAN, OPTICS, LANGUAGES),
    ),
    "administrator made a learner": Case(
        ADMIN,
        LENA,
        change(ADMIN, role=Role.LEARNER),
        NEITHER,
        NEITHER,
        reopen=change(LENA, role=Role.ADMINISTRATOR),
        twin=change(DEAN, role=Role.LEARNER),
    ),
    "host changed": Case(
        MIRA, HOST, leave(MIRA), NEITHER, NEITHER, begins=LIMITED, reopen=attend(MIRA), twin=leave(NILS)
    ),
    "supervisor no longer by mode": Case(
        SUPERVISOR, TOMAS, mode(STRICT), NEITHER, NEITHER, begins=LIMITED, reopen=mode(LIMITED), twin=mode(OPEN)
    ),
    "open no more": Case(
        NILS,
        MIRA,
        mode(STRICT),
        NEITHER,
        NEITHER,
        begins=OPEN,
        reopen=mode(OPEN),
        twin=both(change(NILS, role=Role.ADMINISTRATOR), mode(STRICT)),
    ),
}


def _talk(school: School, case: Case) -> None:
    """The dialog of a case; EXPERT teaches Algebra too."""
    school.assign(EXPERT, ALGEBRA)
    school.choose(case.begins)
    school.say(case.one, case.other, "First", course_id=case.about)


def _reasons(school: School, case: Case) -> tuple[Denial | None, Denial | None]:
    """What the chat says to both, which is why a message now would be refused."""
    told = school.standing(case.one, case.other).reason, school.standing(case.other, case.one).reason
    assert told == (school.refusal(case.one, case.other), school.refusal(case.other, case.one))
    return told


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_chat_becomes_read_only_for_this_reason_and_opens_again(school: School, case: Case) -> None:
    _talk(school, case)
    assert _reasons(school, case) == (None, None)
    case.close(school)
    assert _reasons(school, case) == (case.to_one, case.to_other)
    case.reopen(school)
    assert _reasons(school, case) == (None, None)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_twin_of_the_reason_leaves_the_chat_open(school: School, case: Case) -> None:
    _talk(school, case)
    case.twin(school)
    assert _reasons(school, case) == (None, None)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_read_only_chat_is_kept_for_both_and_what_is_stored_of_it_is_the_same(school: School, case: Case) -> None:
    _talk(school, case)
    before = school.everything()
    case.close(school)
    assert school.everything().conversations == before.conversations
    for reader, other in ((case.one, case.other), (case.other, case.one)):
        assert school.bodies(reader, other) == ["First"]
        assert school.listed(reader) == [other]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([unassign(EXPERT), state(EXPERT, INACTIVE), switch(is_on=False)], OFF),
        ([unassign(EXPERT), state(EXPERT, REMOVED)], GONE),
        ([unassign(EXPERT), state(EXPERT, INACTIVE)], AWAY),
        ([withdraw(LENA), unassign(EXPERT)], NOT_EXPERT),
        ([withdraw(LENA)], NEITHER),
    ],
)
def test_of_several_reasons_the_first_is_told(school: School, steps: list[Step], reason: Denial) -> None:
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    for step in steps:
        step(school)
    assert school.standing(LENA, EXPERT).reason is reason


def test_another_course_of_the_same_expert_keeps_the_chat_open(school: School) -> None:
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    school.assign(EXPERT, ALGEBRA)
    enrol(LENA, ALGEBRA)(school)
    school.unassign(EXPERT)
    assert school.standing(LENA, EXPERT).is_open
    withdraw(LENA, ALGEBRA)(school)
    assert school.standing(LENA, EXPERT).reason is NOT_EXPERT


def test_the_latest_question_s_course_is_the_one_that_is_named(school: School) -> None:
    school.assign(EXPERT, ALGEBRA)
    enrol(LENA, ALGEBRA)(school)
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    school.say(LENA, EXPERT, course_id=ALGEBRA)
    assert school.opened(LENA, EXPERT).line.row.course_title == "Algebra"
    school.unassign(EXPERT, ALGEBRA)
    assert school.standing(LENA, EXPERT).is_open
    school.unassign(EXPERT, BIOLOGY)
    assert school.standing(LENA, EXPERT).reason is NOT_EXPERT


def test_all_is_as_it_was_when_messaging_is_switched_on_again(school: School) -> None:
    school.say(ADMIN, LENA)
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    before = school.everything()
    school.switch(is_on=False)
    assert school.everything() != before
    school.switch(is_on=True)
    assert school.everything() == before


def test_another_account_s_switch_is_none_of_this_one_s(school: School) -> None:
    school.say(ADMIN, LENA)
    school.write(lambda tx: tx.accounts.save(Account(id=ELSEWHERE, name="Elsewhere", messaging_on=False)))
    assert school.standing(LENA, ADMIN).is_open
    school.write(lambda tx: tx.accounts.save(Account(id=SCHOOL, name="School", messaging_on=False)))
    assert school.standing(LENA, ADMIN).reason is OFF
