"""Courses and trainings in the portal: what they are, who is enrolled, assigned, who attends (§1)."""

import pytest

from hallway.domain.courses import Course
from hallway.domain.ids import CourseId, TrainingId, UserId
from hallway.domain.people import State
from hallway.domain.verdicts import Denial
from hallway.usecases.errors import Invalid, NotFound
from hallway.usecases.learning import teaching
from tests.school import (
    ADMIN,
    ALGEBRA,
    AUTHOR,
    BIOLOGY,
    DEAN,
    EXPERT,
    HOST,
    LENA,
    MIRA,
    NILS,
    NOBODY,
    OWNER,
    STRANGER,
    TOMAS,
    WEBINAR,
    School,
    StoppedClock,
    actor,
    named,
)
from tests.usecases.deeds import Work

NO_COURSE, NO_TRAINING = CourseId(named("no course")), TrainingId(named("no training"))


def _works(who: UserId, course_id: CourseId, training_id: TrainingId) -> dict[str, Work]:
    """Everything that looks at or changes one course or training."""
    me = actor(who)
    return {
        "course": lambda tx: teaching.course(tx, me, course_id=course_id),
        "change course": lambda tx: teaching.change_course(
            tx, me, course_id=course_id, changes=teaching.CoursePatch(title="New")
        ),
        "remove course": lambda tx: teaching.remove_course(tx, me, course_id=course_id),
        "enrolled": lambda tx: teaching.enrolled(tx, me, course_id=course_id, after=None, limit=9),
        "enrol": lambda tx: teaching.enrol(tx, me, course_id=course_id, user_id=MIRA),
        "assign": lambda tx: teaching.assign(tx, me, course_id=course_id, user_id=AUTHOR, clock=StoppedClock()),
        "training": lambda tx: teaching.training(tx, me, training_id=training_id),
        "change training": lambda tx: teaching.change_training(
            tx, me, training_id=training_id, changes=teaching.TrainingPatch(title="New")
        ),
        "attend": lambda tx: teaching.attend(tx, me, training_id=training_id, user_id=LENA),
        "remove training": lambda tx: teaching.remove_training(tx, me, training_id=training_id),
    }


def _other_works(school: School, who: UserId) -> dict[str, Work]:
    me = actor(who)
    return {
        "courses": lambda tx: teaching.courses(tx, me),
        "trainings": lambda tx: teaching.trainings(tx, me),
        "add course": lambda tx: teaching.add_course(tx, me, title="New", description="", lessons=[], ids=school.ids),
        "add training": lambda tx: teaching.add_training(tx, me, title="New", organizer_id=HOST, ids=school.ids),
        "withdraw": lambda tx: teaching.withdraw(tx, me, course_id=BIOLOGY, user_id=LENA),
        "unassign": lambda tx: teaching.unassign(tx, me, course_id=BIOLOGY, user_id=EXPERT),
        "leave": lambda tx: teaching.leave(tx, me, training_id=WEBINAR, user_id=MIRA),
    }


@pytest.mark.parametrize("who", [DEAN, EXPERT, LENA])
def test_courses_and_trainings_are_for_account_staff(school: School, who: UserId) -> None:
    for work in (_works(who, BIOLOGY, WEBINAR) | _other_works(school, who)).values():
        assert school.denial(work) is Denial.NOT_STAFF


@pytest.mark.parametrize("who", [OWNER, ADMIN])
def test_account_staff_do_all_of_it(school: School, who: UserId) -> None:
    works = _other_works(school, who) | _works(who, ALGEBRA, WEBINAR)
    for name in ("remove course", "remove training"):
        works[name] = works.pop(name)  # at last
    for work in works.values():
        school.write(work)
    assert [one.title for one in _courses(school)] == ["Biology", "New"]
    assert [one.training.title for one in school.read(lambda tx: teaching.trainings(tx, actor(who)))] == ["New"]


def test_what_is_not_there_is_not_found(school: School) -> None:
    for work in _works(ADMIN, NO_COURSE, NO_TRAINING).values():
        with pytest.raises(NotFound, match=r"This (course|training) doesn't exist"):
            school.write(work)


@pytest.mark.parametrize("nobody", [NOBODY, STRANGER])
def test_who_is_not_there_is_neither_enrolled_nor_assigned_nor_attends(school: School, nobody: UserId) -> None:
    works: list[Work] = [
        lambda tx: teaching.enrol(tx, actor(ADMIN), course_id=BIOLOGY, user_id=nobody),
        lambda tx: teaching.assign(tx, actor(ADMIN), course_id=BIOLOGY, user_id=nobody, clock=school.clock),
        lambda tx: teaching.attend(tx, actor(ADMIN), training_id=WEBINAR, user_id=nobody),
    ]
    for work in works:
        with pytest.raises(NotFound, match="This user doesn't exist"):
            school.write(work)


# Courses.


def _courses(school: School) -> list[Course]:
    return [one.course for one in school.read(lambda tx: teaching.courses(tx, actor(ADMIN)))]


def _course(school: School, course_id: CourseId = BIOLOGY) -> teaching.Taught:
    return school.read(lambda tx: teaching.course(tx, actor(ADMIN), course_id=course_id))


def _experts(school: School) -> list[UserId]:
    return [card.user.id for card in _course(school).experts]


def test_a_course_is_added_with_what_it_holds(school: School) -> None:
    added = school.write(
        lambda tx: teaching.add_course(
            tx, actor(ADMIN), title=" Chemistry ", description="Matter", lessons=["Atoms", "Bonds"], ids=school.ids
        )
    )
    found = _course(school, added)
    assert (found.course.title, found.course.description, found.course.lessons) == (
        "Chemistry",
        "Matter",
        ("Atoms", "Bonds"),
    )
    assert (found.enrolled, list(found.experts)) == (0, [])


def test_a_change_of_a_course_leaves_the_rest_of_it(school: School) -> None:
    school.write(
        lambda tx: teaching.change_course(
            tx, actor(ADMIN), course_id=BIOLOGY, changes=teaching.CoursePatch(title="Life")
        )
    )
    found = _course(school)
    assert (found.course.title, found.course.description, found.course.lessons) == ("Life", "Life", ("Cells",))
    assert found.enrolled == 2


@pytest.mark.parametrize("title", ["", "   ", "a" * 201, "Two\nlines"])
def test_a_course_has_a_title(school: School, title: str) -> None:
    with pytest.raises(Invalid, match=r"Enter a name|at most 200"):
        school.write(
            lambda tx: teaching.add_course(tx, actor(ADMIN), title=title, description="", lessons=[], ids=school.ids)
        )
    with pytest.raises(Invalid):
        school.write(
            lambda tx: teaching.change_course(
                tx, actor(ADMIN), course_id=BIOLOGY, changes=teaching.CoursePatch(title=title)
            )
        )


def test_the_enrolled_come_by_name_page_by_page(school: School) -> None:
    school.write(lambda tx: teaching.enrol(tx, actor(ADMIN), course_id=BIOLOGY, user_id=MIRA))
    first = school.read(lambda tx: teaching.enrolled(tx, actor(ADMIN), course_id=BIOLOGY, after=None, limit=2))
    rest = school.read(lambda tx: teaching.enrolled(tx, actor(ADMIN), course_id=BIOLOGY, after=first.next, limit=2))
    assert [[card.user.id for card in page.people] for page in (first, rest)] == [[LENA, MIRA], [NILS]]
    assert rest.next is None


def test_enrolling_twice_is_enrolling_once_and_withdrawing_ends_it(school: School) -> None:
    for _ in range(2):
        school.write(lambda tx: teaching.enrol(tx, actor(ADMIN), course_id=BIOLOGY, user_id=TOMAS))
    assert _course(school).enrolled == 3
    assert school.refusal(TOMAS, EXPERT) is None
    school.write(lambda tx: teaching.withdraw(tx, actor(ADMIN), course_id=BIOLOGY, user_id=TOMAS))
    assert _course(school).enrolled == 2
    assert school.refusal(TOMAS, EXPERT) is Denial.NO_RELATION


@pytest.mark.parametrize("user_id", [LENA, AUTHOR, ADMIN, DEAN])
def test_an_expert_is_of_any_role(school: School, user_id: UserId) -> None:
    school.assign(user_id)
    assert set(_experts(school)) == {EXPERT, user_id}
    school.unassign(user_id)
    assert _experts(school) == [EXPERT]


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
def test_an_expert_is_active_when_assigned(school: School, state: State) -> None:
    school.set_state(AUTHOR, state)
    work: Work = lambda tx: teaching.assign(  # noqa: E731
        tx, actor(ADMIN), course_id=BIOLOGY, user_id=AUTHOR, clock=school.clock
    )
    assert school.denial(work) is Denial.EXPERT_NOT_ACTIVE
    school.set_state(AUTHOR, State.ACTIVE)
    school.write(work)
    assert _experts(school) == [AUTHOR, EXPERT]


def test_a_deactivated_expert_stays_assigned_and_a_removed_one_is_not_shown(school: School) -> None:
    school.set_state(EXPERT, State.INACTIVE)
    assert _experts(school) == [EXPERT]
    school.set_state(EXPERT, State.REMOVED)
    assert _experts(school) == []


def test_a_removed_course_takes_its_enrolments_and_keeps_the_chats(school: School) -> None:
    school.say(LENA, EXPERT, "Why?", course_id=BIOLOGY)
    school.write(lambda tx: teaching.remove_course(tx, actor(ADMIN), course_id=BIOLOGY))
    assert school.facts(LENA).enrolled_in == school.facts(EXPERT).expert_of == frozenset()
    opened = school.opened(EXPERT, LENA)
    assert [message.body for message in opened.history.messages] == ["Why?"]
    assert (opened.history.titles, opened.line.row.course_title) == ({}, None)


# Trainings.


def _training(school: School) -> teaching.Held:
    return school.read(lambda tx: teaching.training(tx, actor(ADMIN), training_id=WEBINAR))


def _changing(**changes: object) -> Work:
    return lambda tx: teaching.change_training(
        tx, actor(ADMIN), training_id=WEBINAR, changes=teaching.TrainingPatch(**changes)
    )


def test_a_training_has_an_organizer_and_attendees(school: School) -> None:
    held = _training(school)
    assert (held.training.title, held.organizer.user.id) == ("Webinar", HOST)
    assert [card.user.id for card in held.attendees] == [MIRA]


def test_attending_begins_and_ends(school: School) -> None:
    school.write(lambda tx: teaching.attend(tx, actor(ADMIN), training_id=WEBINAR, user_id=LENA))
    assert [card.user.id for card in _training(school).attendees] == [LENA, MIRA]
    school.write(lambda tx: teaching.leave(tx, actor(ADMIN), training_id=WEBINAR, user_id=MIRA))
    assert [card.user.id for card in _training(school).attendees] == [LENA]


def test_a_training_gets_another_title_or_organizer(school: School) -> None:
    school.write(_changing(title="Class"))
    school.write(_changing(organizer_id=AUTHOR))
    held = _training(school)
    assert (held.training.title, held.organizer.user.id) == ("Class", AUTHOR)
    assert [card.user.id for card in held.attendees] == [MIRA]


@pytest.mark.parametrize("organizer_id", [NOBODY, STRANGER, TOMAS])
def test_an_organizer_is_an_active_person(school: School, organizer_id: UserId) -> None:
    school.set_state(TOMAS, State.INACTIVE)
    with pytest.raises(Invalid, match="organizer"):
        school.write(_changing(organizer_id=organizer_id))
    with pytest.raises(Invalid, match="organizer"):
        school.write(
            lambda tx: teaching.add_training(tx, actor(ADMIN), title="New", organizer_id=organizer_id, ids=school.ids)
        )
    assert _training(school).organizer.user.id == HOST


def test_a_training_has_a_title(school: School) -> None:
    with pytest.raises(Invalid, match="Enter a name"):
        school.write(_changing(title=" "))
