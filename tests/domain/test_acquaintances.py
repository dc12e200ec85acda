"""What two people may know of one another (rules §10): pairs of cases that differ in the one fact that matters."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.acquaintances import Part, SharedCourse, know, know_hours, shared_courses
from hallway.domain.conversations import new_dialog
from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.domain.people import Person, Role, State
from tests.domain.cases import ACCOUNT, account

FIRE, FIRST_AID, FORKLIFT = (CourseId(name) for name in ("fire", "first-aid", "forklift"))
STRICT = account()
OFF = replace(STRICT, messaging_on=False)
LENA = Person(id=UserId("lena"), role=Role.LEARNER, enrolled_in=frozenset({FIRE, FIRST_AID}))
EVA = Person(id=UserId("eva"), role=Role.AUTHOR, expert_of=frozenset({FIRE, FORKLIFT}))
NILS = Person(id=UserId("nils"), role=Role.LEARNER, enrolled_in=frozenset({FIRE}))
CHAT = new_dialog(ACCOUNT, ConversationId("chat"), LENA.id, NILS.id)


def test_a_learner_and_an_expert_share_the_courses_in_which_one_answers_the_other() -> None:
    assert shared_courses(LENA, EVA) == {SharedCourse(FIRE, Part.EXPERT)}
    assert shared_courses(EVA, LENA) == {SharedCourse(FIRE, Part.LEARNER)}


def test_two_experts_of_a_course_share_it() -> None:
    other = replace(NILS, expert_of=frozenset({FORKLIFT}))
    assert shared_courses(EVA, other) == {SharedCourse(FORKLIFT, Part.COLLEAGUE), SharedCourse(FIRE, Part.LEARNER)}


def test_who_learns_beside_whom_is_told_to_neither() -> None:
    assert shared_courses(LENA, NILS) == frozenset()


def test_an_expert_who_learns_in_their_own_course_is_its_expert_to_those_who_learn_there() -> None:
    learning = replace(EVA, enrolled_in=frozenset({FIRE}))
    assert shared_courses(LENA, learning) == {SharedCourse(FIRE, Part.EXPERT)}


def test_a_person_is_known_to_those_who_may_write_first_and_to_those_who_have_a_chat() -> None:
    assert know(STRICT, LENA, EVA, None)
    assert not know(STRICT, EVA, LENA, None)
    assert not know(STRICT, LENA, NILS, None)
    assert know(STRICT, LENA, NILS, CHAT)
    assert not know(STRICT, EVA, NILS, CHAT)


def test_hours_are_for_those_who_may_be_answered() -> None:
    assert know_hours(STRICT, LENA, EVA)
    assert know_hours(STRICT, EVA, LENA)
    assert not know_hours(STRICT, LENA, NILS)
    assert not know_hours(OFF, LENA, EVA)
    assert not know_hours(STRICT, LENA, replace(EVA, state=State.INACTIVE))


COURSES = st.frozensets(st.sampled_from([FIRE, FIRST_AID, FORKLIFT]))


@given(COURSES, COURSES, COURSES, COURSES)
def test_a_course_is_shared_by_both_or_by_neither(
    mine: frozenset[CourseId], theirs: frozenset[CourseId], learnt: frozenset[CourseId], taught: frozenset[CourseId]
) -> None:
    one = replace(LENA, enrolled_in=mine, expert_of=theirs)
    other = replace(NILS, enrolled_in=learnt, expert_of=taught)
    there = {shared.course_id for shared in shared_courses(one, other)}
    assert there == {shared.course_id for shared in shared_courses(other, one)}
    assert there == (mine & taught) | (theirs & learnt) | (theirs & taught)


def test_a_reader_of_many_courses_is_told_each_once() -> None:
    whole = replace(EVA, expert_of=frozenset({FIRE, FIRST_AID, FORKLIFT}), enrolled_in=frozenset({FIRE}))
    told = [shared.course_id for shared in shared_courses(LENA, whole)]
    assert sorted(told) == sorted({FIRE, FIRST_AID})
