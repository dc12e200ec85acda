"""Who may start, go on writing, read and delete: every combination of facts against the tables of the rules.

After the tables come pairs of examples, a good twin and a bad twin, that differ in the one fact that matters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, permutations, product

import pytest

from hallway.domain import permissions
from hallway.domain.accounts import Account, Mode
from hallway.domain.conversations import Conversation, Standing, new_dialog
from hallway.domain.courses import Question
from hallway.domain.ids import ConversationId, CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.messages import Message
from hallway.domain.people import Participants, Person, Role, State
from hallway.domain.verdicts import Denial
from tests.domain.cases import ACCOUNT, account, people, question
from tests.domain.rules_table import (
    FACTS,
    MODES,
    QUESTIONS,
    ROLES,
    STATES,
    SWITCH,
    Case,
    why_not_start,
    why_read_only,
)

A, B = UserId("a"), UserId("b")
SUBSETS = [
    frozenset(chosen) for chosen in chain.from_iterable(combinations(FACTS, size) for size in range(len(FACTS) + 1))
]
STRICT_SUBSETS = [one for one in SUBSETS if not any(fact.startswith(("hosts", "supervises")) for fact in one)]


def _cases(mode: str, switch: str, subsets: Sequence[frozenset[str]], questions: tuple[str, ...]) -> Iterator[Case]:
    pairs = product(product(ROLES, ROLES), product(STATES, STATES), subsets, questions)
    return (Case(mode, switch, roles, states, facts, asked) for roles, states, facts, asked in pairs)


# §3 Who may start a dialog: 460,800 cases, and each once more from the other side.


@pytest.mark.parametrize("switch", SWITCH)
@pytest.mark.parametrize("mode", MODES)
def test_start_is_what_the_table_says(mode: str, switch: str) -> None:
    for case in _cases(mode, switch, SUBSETS, ("none",)):
        a, b = people(case)
        assert permissions.start(account(mode, switch), a, b).denial == why_not_start(case), case


def test_the_table_and_the_product_have_the_same_words() -> None:
    assert set(MODES) == set(Mode)
    assert set(ROLES) == set(Role)
    assert set(STATES) == set(State)


def test_strict_is_where_an_account_begins() -> None:
    assert Account(id=ACCOUNT, name="Academy") == replace(account("strict", "on"), name="Academy")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("mode", Mode)
def test_nobody_writes_to_themselves(mode: Mode, role: Role) -> None:
    me = Person(id=A, role=role, manages=frozenset({DepartmentId("d")}), lineage=frozenset({DepartmentId("d")}))
    assert permissions.start(account(mode), me, me).denial is Denial.YOURSELF


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("mode", Mode)
def test_only_those_who_reach_everyone_may_start_with_somebody_to_whom_nothing_ties_them(
    mode: Mode, role: Role
) -> None:
    me = Person(id=A, role=role, manages=frozenset({DepartmentId("d")}), organizes=frozenset({TrainingId("t")}))
    untied = Person(id=B, role=Role.LEARNER)
    assert permissions.reaches_everyone(account(mode), me) is bool(permissions.start(account(mode), me, untied))


# §4 Who may go on writing: the same cases, then those in which the dialog carried a question.


@pytest.mark.parametrize("switch", SWITCH)
@pytest.mark.parametrize("mode", MODES)
def test_standing_is_what_the_table_says(mode: str, switch: str) -> None:
    for case in _cases(mode, switch, SUBSETS, ("none",)):
        a, b = people(case)
        assert permissions.standing(account(mode, switch), Participants(a, (b,)), None).reason == why_read_only(case), (
            case
        )


@pytest.mark.parametrize("switch", SWITCH)
@pytest.mark.parametrize("mode", MODES)
def test_the_standing_of_a_question_is_what_the_table_says(mode: str, switch: str) -> None:
    for case in _cases(mode, switch, STRICT_SUBSETS, QUESTIONS):
        a, b = people(case)
        found = permissions.standing(account(mode, switch), Participants(a, (b,)), question(case))
        assert found.reason == why_read_only(case), case


# Good twins and bad twins.

DEPARTMENT, ABOVE, BESIDE = DepartmentId("department"), DepartmentId("above"), DepartmentId("beside")
BIOLOGY, ALGEBRA = CourseId("biology"), CourseId("algebra")
WEBINAR, CLASS = TrainingId("webinar"), TrainingId("class")

OWNER = Person(id=UserId("owner"), role=Role.OWNER)
ADMINISTRATOR = Person(id=UserId("administrator"), role=Role.ADMINISTRATOR)
DEAN = Person(id=UserId("dean"), role=Role.DEPARTMENT_ADMINISTRATOR, manages=frozenset({ABOVE}))
EXPERT = Person(id=UserId("expert"), role=Role.AUTHOR, expert_of=frozenset({BIOLOGY}), organizes=frozenset({WEBINAR}))
LEARNER = Person(
    id=UserId("learner"), role=Role.LEARNER, lineage=frozenset({DEPARTMENT, ABOVE}), enrolled_in=frozenset({BIOLOGY})
)
STRANGER = Person(id=UserId("stranger"), role=Role.LEARNER)
BIOLOGY_QUESTION = Question(BIOLOGY, EXPERT.id)


def _may_start(a: Person, b: Person, mode: str = "strict") -> bool:
    return bool(permissions.start(account(mode), a, b))


def _reason(me: Person, other: Person, asked: Question | None = None, switch: str = "on") -> Denial | None:
    return permissions.standing(account(switch=switch), Participants(me, (other,)), asked).reason


@pytest.mark.parametrize("staff", [OWNER, ADMINISTRATOR])
def test_owner_and_administrators_write_to_everyone_and_nobody_writes_to_them(staff: Person) -> None:
    assert _may_start(staff, STRANGER)
    assert not _may_start(STRANGER, staff)


def test_a_department_administrator_writes_to_the_people_below_and_not_to_those_beside() -> None:
    assert _may_start(DEAN, LEARNER)
    assert not _may_start(DEAN, replace(LEARNER, lineage=frozenset({BESIDE})))


def test_a_department_administrator_does_not_oversee_those_above_what_they_manage() -> None:
    below = replace(DEAN, manages=frozenset({DEPARTMENT}))
    assert _may_start(below, LEARNER)
    assert not _may_start(below, replace(LEARNER, lineage=frozenset({ABOVE})))


def test_managed_departments_count_only_while_one_is_a_department_administrator() -> None:
    assert _may_start(DEAN, LEARNER)
    assert not _may_start(replace(DEAN, role=Role.AUTHOR), LEARNER)


def test_a_learner_asks_an_expert_of_their_course_and_not_of_another() -> None:
    assert _may_start(LEARNER, EXPERT)
    assert not _may_start(LEARNER, replace(EXPERT, expert_of=frozenset({ALGEBRA})))


def test_an_expert_waits_to_be_asked() -> None:
    assert _may_start(LEARNER, EXPERT)
    assert not _may_start(EXPERT, LEARNER)


def test_an_expert_who_learns_from_another_asks_like_a_learner() -> None:
    student = replace(EXPERT, id=UserId("student"), enrolled_in=frozenset({BIOLOGY}))
    assert _may_start(student, EXPERT)
    assert not _may_start(EXPERT, replace(student, enrolled_in=frozenset({ALGEBRA})))


def test_in_managers_one_may_write_to_those_who_oversee_one() -> None:
    assert _may_start(LEARNER, ADMINISTRATOR, "managers")
    assert not _may_start(LEARNER, ADMINISTRATOR, "strict")
    assert _may_start(LEARNER, DEAN, "managers")
    assert not _may_start(STRANGER, DEAN, "managers")


def test_in_limited_an_attendee_writes_to_the_organizer_and_not_the_other_way_round() -> None:
    attendee = replace(STRANGER, attends=frozenset({WEBINAR}))
    assert _may_start(attendee, EXPERT, "limited")
    assert not _may_start(EXPERT, attendee, "limited")
    assert not _may_start(replace(attendee, attends=frozenset({CLASS})), EXPERT, "limited")
    assert not _may_start(attendee, EXPERT, "managers")


def test_in_limited_a_supervisor_writes_to_the_supervised_and_not_the_other_way_round() -> None:
    supervised = replace(STRANGER, supervisors=frozenset({EXPERT.id}))
    assert _may_start(EXPERT, supervised, "limited")
    assert not _may_start(supervised, EXPERT, "limited")
    assert not _may_start(EXPERT, STRANGER, "limited")
    assert not _may_start(EXPERT, supervised, "strict")


def test_in_open_anybody_writes_to_anybody_who_is_active() -> None:
    assert _may_start(STRANGER, EXPERT, "open")
    assert not _may_start(STRANGER, replace(EXPERT, state=State.INACTIVE), "open")
    assert not _may_start(replace(STRANGER, state=State.INACTIVE), EXPERT, "open")


def test_a_learner_replies_to_an_administrator_but_cannot_start() -> None:
    assert not _may_start(STRANGER, ADMINISTRATOR)
    assert _reason(STRANGER, ADMINISTRATOR) is None
    assert _reason(STRANGER, replace(ADMINISTRATOR, role=Role.AUTHOR)) is Denial.NEITHER_MAY_WRITE


def test_a_question_goes_on_while_its_expert_is_one_and_opens_again_when_they_are_assigned_again() -> None:
    unassigned = replace(EXPERT, expert_of=frozenset({ALGEBRA}))
    assert _reason(LEARNER, EXPERT, BIOLOGY_QUESTION) is None
    assert _reason(LEARNER, unassigned, BIOLOGY_QUESTION) is Denial.OTHER_NOT_EXPERT
    assert _reason(unassigned, LEARNER, BIOLOGY_QUESTION) is Denial.YOU_NOT_EXPERT
    assert _reason(LEARNER, replace(unassigned, expert_of=EXPERT.expert_of), BIOLOGY_QUESTION) is None


def test_an_unassigned_expert_who_teaches_the_learner_something_else_goes_on() -> None:
    elsewhere = replace(EXPERT, expert_of=frozenset({ALGEBRA}))
    in_both = replace(LEARNER, enrolled_in=frozenset({BIOLOGY, ALGEBRA}))
    assert _reason(in_both, elsewhere, BIOLOGY_QUESTION) is None
    assert _reason(LEARNER, elsewhere, BIOLOGY_QUESTION) is Denial.OTHER_NOT_EXPERT


def test_a_withdrawn_learner_is_not_told_that_the_expert_is_gone() -> None:
    withdrawn = replace(LEARNER, enrolled_in=frozenset())
    assert _reason(withdrawn, EXPERT, BIOLOGY_QUESTION) is Denial.NEITHER_MAY_WRITE
    assert _reason(EXPERT, withdrawn, BIOLOGY_QUESTION) is Denial.NEITHER_MAY_WRITE


def test_a_dialog_without_a_question_says_nothing_of_experts() -> None:
    unassigned = replace(EXPERT, expert_of=frozenset())
    assert _reason(LEARNER, unassigned, None) is Denial.NEITHER_MAY_WRITE
    assert _reason(LEARNER, unassigned, BIOLOGY_QUESTION) is Denial.OTHER_NOT_EXPERT


def test_the_reasons_go_in_the_order_of_the_rules() -> None:
    gone = replace(EXPERT, state=State.REMOVED, expert_of=frozenset())
    away = replace(gone, state=State.INACTIVE)
    back = replace(gone, state=State.ACTIVE)
    assert _reason(LEARNER, gone, BIOLOGY_QUESTION, switch="off") is Denial.MESSAGING_OFF
    assert _reason(LEARNER, gone, BIOLOGY_QUESTION) is Denial.OTHER_REMOVED
    assert _reason(LEARNER, away, BIOLOGY_QUESTION) is Denial.OTHER_DEACTIVATED
    assert _reason(LEARNER, back, BIOLOGY_QUESTION) is Denial.OTHER_NOT_EXPERT
    assert _reason(LEARNER, back) is Denial.NEITHER_MAY_WRITE


def test_the_switch_closes_what_everything_else_would_open() -> None:
    assert _reason(LEARNER, EXPERT, BIOLOGY_QUESTION, switch="on") is None
    assert _reason(LEARNER, EXPERT, BIOLOGY_QUESTION, switch="off") is Denial.MESSAGING_OFF


def test_a_standing_is_open_exactly_when_it_has_no_reason() -> None:
    assert Standing().is_open
    assert not any(Standing(denial).is_open for denial in Denial)


# Several participants: each rule is about all of them, and two are no special case.


def _reason_among(me: Person, *others: Person, asked: Question | None = None) -> Denial | None:
    return permissions.standing(account(), Participants(me, others), asked).reason


def test_starting_with_several_needs_the_right_to_start_with_each() -> None:
    second = replace(EXPERT, id=UserId("second"))
    stranger = replace(second, expert_of=frozenset({ALGEBRA}))
    assert permissions.start_together(account(), Participants(LEARNER, (EXPERT, second)))
    refused = permissions.start_together(account(), Participants(LEARNER, (EXPERT, stranger)))
    assert refused.denial is Denial.NO_RELATION


def test_several_go_on_while_one_of_them_could_start_it_whoever_asks() -> None:
    demoted = replace(ADMINISTRATOR, role=Role.AUTHOR)
    for me, *others in permutations((STRANGER, LEARNER, ADMINISTRATOR)):
        assert _reason_among(me, *others) is None
    for me, *others in permutations((STRANGER, LEARNER, demoted)):
        assert _reason_among(me, *others) is Denial.NEITHER_MAY_WRITE


def test_that_one_may_write_to_some_of_the_others_is_not_enough() -> None:
    assert _reason_among(DEAN, LEARNER) is None
    assert _reason_among(DEAN, LEARNER, STRANGER) is Denial.NEITHER_MAY_WRITE


def test_one_of_several_who_is_gone_is_the_reason_for_the_rest() -> None:
    gone = replace(STRANGER, state=State.REMOVED)
    assert _reason_among(ADMINISTRATOR, LEARNER, gone) is Denial.OTHER_REMOVED
    assert _reason_among(gone, LEARNER, ADMINISTRATOR) is Denial.YOU_NOT_ACTIVE


def test_the_question_of_several_tells_each_who_its_expert_was() -> None:
    unassigned = replace(EXPERT, expert_of=frozenset())
    assert _reason_among(LEARNER, STRANGER, unassigned, asked=BIOLOGY_QUESTION) is Denial.OTHER_NOT_EXPERT
    assert _reason_among(unassigned, LEARNER, STRANGER, asked=BIOLOGY_QUESTION) is Denial.YOU_NOT_EXPERT


# Writing: the first message needs start, every later one an open standing (§3, §4).


def _dialog(one: Person, other: Person, messages: int = 0, asked: Question | None = None) -> Conversation:
    empty = new_dialog(ACCOUNT, ConversationId("dialog"), one.id, other.id)
    return replace(empty, last_seq=messages, question=asked)


def test_the_first_message_is_for_those_who_may_start_and_the_answer_for_both() -> None:
    settings = account()
    assert permissions.write(settings, Participants(ADMINISTRATOR, (STRANGER,)), _dialog(ADMINISTRATOR, STRANGER))
    first = permissions.write(settings, Participants(STRANGER, (ADMINISTRATOR,)), _dialog(ADMINISTRATOR, STRANGER))
    assert first.denial is Denial.NO_RELATION
    assert permissions.write(
        settings, Participants(STRANGER, (ADMINISTRATOR,)), _dialog(ADMINISTRATOR, STRANGER, messages=1)
    )


def test_a_later_message_is_refused_for_the_reason_that_the_standing_shows() -> None:
    unassigned = replace(EXPERT, expert_of=frozenset())
    dialog = _dialog(LEARNER, unassigned, 3, BIOLOGY_QUESTION)
    assert permissions.write(account(), Participants(LEARNER, (unassigned,)), dialog).denial is Denial.OTHER_NOT_EXPERT
    assert permissions.write(account(), Participants(unassigned, (LEARNER,)), dialog).denial is Denial.YOU_NOT_EXPERT
    assert permissions.write(account(), Participants(LEARNER, (EXPERT,)), dialog)


# §8: whether a message truly is a question about a course.


def test_a_question_is_asked_by_an_enrolled_learner_of_an_expert_of_that_course() -> None:
    assert permissions.ask_about(Participants(LEARNER, (EXPERT,)), BIOLOGY) == BIOLOGY_QUESTION
    assert permissions.ask_about(Participants(STRANGER, (EXPERT,)), BIOLOGY) is None
    elsewhere = replace(EXPERT, expert_of=frozenset({ALGEBRA}))
    assert permissions.ask_about(Participants(LEARNER, (elsewhere,)), BIOLOGY) is None
    assert permissions.ask_about(Participants(LEARNER, (EXPERT,)), ALGEBRA) is None
    assert permissions.ask_about(Participants(EXPERT, (LEARNER,)), BIOLOGY) is None


def test_a_question_goes_to_its_expert_alone() -> None:
    second = replace(EXPERT, id=UserId("second"))
    assert permissions.ask_about(Participants(LEARNER, (EXPERT, second)), BIOLOGY) is None


# §10 Reading, §7 deleting.


@pytest.mark.parametrize("outsider", [OWNER, ADMINISTRATOR, DEAN, STRANGER])
def test_a_conversation_is_read_by_its_members_whatever_the_role_of_others(outsider: Person) -> None:
    dialog = _dialog(LEARNER, EXPERT, messages=2)
    assert permissions.read(dialog, LEARNER.id)
    assert permissions.read(dialog, EXPERT.id)
    assert not permissions.read(dialog, outsider.id)
    assert not permissions.see(dialog, outsider.id, 1)


def test_a_member_sees_what_came_after_they_deleted_the_chat() -> None:
    dialog = _dialog(LEARNER, EXPERT, messages=4)
    emptied = replace(dialog.members[LEARNER.id], cleared_seq=2)
    dialog = replace(dialog, members={**dialog.members, LEARNER.id: emptied})
    assert [seq for seq in range(7) if permissions.see(dialog, LEARNER.id, seq)] == [3, 4]
    assert [seq for seq in range(7) if permissions.see(dialog, EXPERT.id, seq)] == [1, 2, 3, 4]


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MESSAGE = Message(
    account_id=ACCOUNT,
    conversation_id=ConversationId("dialog"),
    seq=1,
    rev=1,
    sender_id=LEARNER.id,
    key="key",
    body="Hello",
    sent_at=NOON,
)


def test_a_message_is_deleted_for_everyone_by_its_sender_alone() -> None:
    assert permissions.delete_for_everyone(account(), MESSAGE, LEARNER.id, NOON)
    refused = permissions.delete_for_everyone(account(), MESSAGE, EXPERT.id, NOON)
    assert refused.denial is Denial.NOT_YOUR_MESSAGE


def test_who_did_not_write_it_is_not_told_about_time() -> None:
    late = NOON + timedelta(days=9)
    assert permissions.delete_for_everyone(account(), MESSAGE, EXPERT.id, late).denial is Denial.NOT_YOUR_MESSAGE


@pytest.mark.parametrize("allowed", [timedelta(hours=24), timedelta(minutes=5), timedelta(0)])
def test_deleting_for_everyone_is_offered_for_as_long_as_the_account_allows(allowed: timedelta) -> None:
    settings = replace(account(), delete_for_everyone=allowed)
    at_the_end, after = NOON + allowed, NOON + allowed + timedelta(microseconds=1)
    assert permissions.delete_for_everyone(settings, MESSAGE, LEARNER.id, at_the_end)
    assert permissions.delete_for_everyone(settings, MESSAGE, LEARNER.id, after).denial is Denial.TOO_LATE


def test_a_day_is_allowed_unless_the_account_says_otherwise() -> None:
    assert Account(id=ACCOUNT, name="Academy").delete_for_everyone == timedelta(hours=24)
