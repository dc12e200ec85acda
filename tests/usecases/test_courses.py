"""My courses, and the course page with the link to its experts (§5, §8)."""

import pytest

from hallway.domain.accounts import Mode
from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import State
from hallway.usecases.errors import NotFound
from hallway.usecases.learning import courses
from tests.school import (
    ADMIN,
    ALGEBRA,
    AUTHOR,
    BIOLOGY,
    DEAN,
    EXPERT,
    LENA,
    NILS,
    OWNER,
    TOMAS,
    School,
    actor,
    named,
)


def _page(school: School, who: UserId, course_id: CourseId = BIOLOGY) -> courses.Page:
    return school.read(lambda tx: courses.page(tx, actor(who), course_id=course_id))


def _experts(school: School, who: UserId) -> dict[UserId, bool]:
    """The experts on Biology's page, and whether the reader may write to them."""
    return {one.card.user.id: one.may_write for one in _page(school, who).experts}


def test_a_learner_s_page_has_the_link_to_each_expert(school: School) -> None:
    school.assign(AUTHOR)
    assert _experts(school, LENA) == {AUTHOR: True, EXPERT: True}


def test_the_link_is_there_exactly_when_the_question_would_be_stored(school: School) -> None:
    school.assign(ADMIN)
    school.assign(LENA)
    school.assign(AUTHOR)
    school.set_state(AUTHOR, State.INACTIVE)
    for mode in Mode:
        school.choose(mode)
        for reader in (LENA, NILS, EXPERT, OWNER):
            shown = _experts(school, reader)
            assert shown == {expert: school.refusal(reader, expert) is None for expert in shown}
            assert len(shown) == 4


def test_with_messaging_off_the_expert_is_shown_without_the_link(school: School) -> None:
    school.switch(is_on=False)
    assert _experts(school, LENA) == {EXPERT: False}
    school.switch(is_on=True)
    assert _experts(school, LENA) == {EXPERT: True}


@pytest.mark.parametrize(
    ("state", "shown"), [(State.INACTIVE, {EXPERT: False}), (State.REMOVED, {}), (State.ACTIVE, {EXPERT: True})]
)
def test_an_expert_who_takes_part_no_longer_has_no_link(
    school: School, state: State, shown: dict[UserId, bool]
) -> None:
    school.set_state(EXPERT, state)
    assert _experts(school, LENA) == shown


@pytest.mark.parametrize(
    ("who", "is_enrolled", "is_expert"),
    [(LENA, True, False), (EXPERT, False, True), (ADMIN, False, False), (OWNER, False, False)],
)
def test_the_page_is_for_its_learners_its_experts_and_those_who_manage_courses(
    school: School, who: UserId, is_enrolled: bool, is_expert: bool
) -> None:
    page = _page(school, who)
    assert (page.course.title, page.is_enrolled, page.is_expert) == ("Biology", is_enrolled, is_expert)


@pytest.mark.parametrize("who", [TOMAS, AUTHOR, DEAN])
def test_for_others_it_is_as_if_it_were_not_there(school: School, who: UserId) -> None:
    for course_id in (BIOLOGY, CourseId(named("no course"))):
        with pytest.raises(NotFound, match="This course doesn't exist"):
            _page(school, who, course_id)


def test_a_learner_who_is_withdrawn_loses_the_page(school: School) -> None:
    assert _page(school, LENA).is_enrolled
    school.write(lambda tx: tx.courses.withdraw(school.user(LENA).account_id, BIOLOGY, LENA))
    with pytest.raises(NotFound):
        _page(school, LENA)


def test_my_courses_are_those_i_take_or_teach(school: School) -> None:
    school.assign(LENA, ALGEBRA)
    mine = school.read(lambda tx: courses.mine(tx, actor(LENA)))
    assert [(one.course.title, one.is_expert) for one in mine] == [("Algebra", True), ("Biology", False)]
    assert [[card.user.id for card in one.experts] for one in mine] == [[LENA], [EXPERT]]
    assert school.read(lambda tx: courses.mine(tx, actor(TOMAS))) == []
