"""What the other person's page of a chat tells, and to whom it is there at all (§10)."""

from datetime import time, timedelta

import pytest

from hallway.domain.acquaintances import Part
from hallway.domain.ids import CourseId, UserId
from hallway.domain.office import Office
from hallway.domain.people import State
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import conversations
from hallway.usecases.notifications import preferences
from hallway.usecases.notifications.records import NotificationPreferences
from hallway.usecases.people import acquaintances
from hallway.usecases.people.acquaintances import Details
from tests.school import (
    ADMIN,
    ALGEBRA,
    BIOLOGY,
    EXPERT,
    LENA,
    MIRA,
    NILS,
    NOON,
    STRANGER,
    TOMAS,
    School,
    actor,
    dialog,
)

HOURS = Office(frozenset(range(5)), time(9), time(17), reply_hours=4)


def _details(school: School, reader: UserId, person: UserId) -> Details:
    return school.read(lambda tx: acquaintances.details(tx, actor(reader), person_id=person))


def _courses(school: School, reader: UserId, person: UserId) -> list[tuple[CourseId, Part]]:
    return [(one.course_id, one.part) for one in _details(school, reader, person).shared]


def _keep_hours(school: School, person: UserId) -> None:
    school.write(lambda tx: preferences.choose(tx, actor(person), NotificationPreferences(office=HOURS), channels=()))


def test_a_learner_sees_in_which_courses_somebody_is_their_expert(school: School) -> None:
    assert _courses(school, LENA, EXPERT) == [(BIOLOGY, Part.EXPERT)]
    assert _details(school, LENA, EXPERT).titles == {BIOLOGY: "Biology"}
    school.say(LENA, EXPERT, "A question")
    assert _courses(school, EXPERT, LENA) == [(BIOLOGY, Part.LEARNER)]
    school.unassign(EXPERT)
    assert _courses(school, LENA, EXPERT) == []


def test_a_learner_sees_since_when_somebody_has_been_their_expert(school: School) -> None:
    assert _details(school, LENA, EXPERT).expert_since == {BIOLOGY: NOON}
    school.say(LENA, EXPERT, "A question")
    assert _details(school, EXPERT, LENA).expert_since == {}
    school.unassign(EXPERT)
    assert _details(school, LENA, EXPERT).expert_since == {}
    school.clock.wait(timedelta(days=2))
    school.assign(EXPERT)
    assert _details(school, LENA, EXPERT).expert_since == {BIOLOGY: NOON + timedelta(days=2)}


def test_a_colleague_is_not_told_of_it(school: School) -> None:
    school.assign(LENA, ALGEBRA)
    school.assign(EXPERT, ALGEBRA)
    assert _details(school, LENA, EXPERT).expert_since == {BIOLOGY: NOON}


def test_experts_come_before_learners_and_colleagues(school: School) -> None:
    school.assign(LENA, ALGEBRA)
    school.assign(EXPERT, ALGEBRA)
    assert _courses(school, LENA, EXPERT) == [(BIOLOGY, Part.EXPERT), (ALGEBRA, Part.COLLEAGUE)]


@pytest.mark.parametrize(("reader", "person"), [(NILS, LENA), (EXPERT, LENA), (LENA, LENA), (LENA, STRANGER)])
def test_who_may_not_write_first_and_has_no_chat_sees_nobody(school: School, reader: UserId, person: UserId) -> None:
    with pytest.raises(NotFound):
        _details(school, reader, person)


def test_whoever_was_written_to_sees_who_wrote(school: School) -> None:
    school.say(ADMIN, TOMAS, "Welcome")
    assert _details(school, TOMAS, ADMIN).card.user.id == ADMIN
    assert _courses(school, TOMAS, ADMIN) == []


@pytest.mark.parametrize("is_opened", [True, False])
def test_hours_are_told_while_one_may_answer_the_other(school: School, is_opened: bool) -> None:
    def office(reader: UserId, person: UserId) -> Office | None:
        if is_opened:
            return school.read(
                lambda tx: conversations.open_with(tx, actor(reader), person_id=person, course_id=None)
            ).office
        return _details(school, reader, person).office

    _keep_hours(school, EXPERT)
    _keep_hours(school, MIRA)
    school.say(ADMIN, MIRA, "Welcome")
    school.say(LENA, EXPERT, "A question")
    assert office(LENA, EXPERT) == HOURS
    assert office(ADMIN, MIRA) == HOURS
    assert office(EXPERT, LENA) is None
    school.set_state(MIRA, State.INACTIVE)
    assert office(ADMIN, MIRA) is None
    school.unassign(EXPERT)
    assert office(LENA, EXPERT) is None


def test_since_is_when_the_oldest_message_was_written_that_the_reader_has(school: School) -> None:
    assert _details(school, LENA, EXPERT).since is None
    school.say(LENA, EXPERT, "A question")
    school.clock.wait(timedelta(days=3))
    school.say(EXPERT, LENA, "An answer")
    assert _details(school, LENA, EXPERT).since == NOON
    school.write(lambda tx: conversations.delete_chat(tx, actor(LENA), conversation_id=dialog(LENA, EXPERT)))
    assert _details(school, LENA, EXPERT).since is None
    school.clock.wait(timedelta(days=1))
    school.say(EXPERT, LENA, "One more thing")
    assert _details(school, LENA, EXPERT).since == NOON + timedelta(days=4)
    assert _details(school, EXPERT, LENA).since == NOON
