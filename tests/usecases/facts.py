"""The facts that decide who may write to whom, each changed as staff change it."""

from collections.abc import Callable

from hallway.adapters import RandomIds
from hallway.domain.accounts import Mode
from hallway.domain.ids import CourseId, DepartmentId, UserId
from hallway.domain.people import State
from hallway.usecases.learning import teaching
from hallway.usecases.people import departments, users
from tests.school import ADMIN, BIOLOGY, OWNER, WEBINAR, School, StoppedClock, actor

Step = Callable[[School], object]


def switch(*, is_on: bool) -> Step:
    """Switch private messaging."""
    return lambda school: school.switch(is_on=is_on)


def mode(mode: Mode) -> Step:
    """Choose the mode."""
    return lambda school: school.choose(mode)


def state(user_id: UserId, state: State) -> Step:
    """Deactivate, activate or remove."""
    return lambda school: school.set_state(user_id, state)


def assign(user_id: UserId, course_id: CourseId = BIOLOGY) -> Step:
    """Make an expert."""
    return lambda school: school.assign(user_id, course_id)


def unassign(user_id: UserId, course_id: CourseId = BIOLOGY) -> Step:
    """Let somebody be an expert no longer."""
    return lambda school: school.unassign(user_id, course_id)


def enrol(user_id: UserId, course_id: CourseId = BIOLOGY) -> Step:
    """Enrol."""
    return lambda school: school.write(
        lambda tx: teaching.enrol(tx, actor(ADMIN), course_id=course_id, user_id=user_id)
    )


def withdraw(user_id: UserId, course_id: CourseId = BIOLOGY) -> Step:
    """Take an enrolment back."""
    return lambda school: school.write(
        lambda tx: teaching.withdraw(tx, actor(ADMIN), course_id=course_id, user_id=user_id)
    )


def change(user_id: UserId, **changes: object) -> Step:
    """Change fields of a user."""
    return lambda school: school.write(
        lambda tx: users.change(
            tx,
            actor(OWNER),
            user_id=user_id,
            changes=users.UserPatch(**changes),
            manages=None,
            clock=StoppedClock(),
            ids=RandomIds(),
        )
    )


def manages(user_id: UserId, *managed: DepartmentId) -> Step:
    """Choose which departments somebody manages."""
    return lambda school: school.write(
        lambda tx: users.change(
            tx,
            actor(OWNER),
            user_id=user_id,
            changes=users.UserPatch(),
            manages=frozenset(managed),
            clock=StoppedClock(),
            ids=RandomIds(),
        )
    )


def move(department_id: DepartmentId, parent_id: DepartmentId | None) -> Step:
    """Move a department."""
    return lambda school: school.write(
        lambda tx: departments.change(
            tx, actor(OWNER), department_id=department_id, changes=departments.DepartmentPatch(parent_id=parent_id)
        )
    )


def attend(user_id: UserId) -> Step:
    """Let somebody attend the webinar."""
    return lambda school: school.write(
        lambda tx: teaching.attend(tx, actor(ADMIN), training_id=WEBINAR, user_id=user_id)
    )


def leave(user_id: UserId) -> Step:
    """Let somebody attend no longer."""
    return lambda school: school.write(
        lambda tx: teaching.leave(tx, actor(ADMIN), training_id=WEBINAR, user_id=user_id)
    )


def remove_course(course_id: CourseId) -> Step:
    """Remove a course."""
    return lambda school: school.write(lambda tx: teaching.remove_course(tx, actor(ADMIN), course_id=course_id))


def both(*steps: Step) -> Step:
    """One after the other."""

    def carry_out(school: School) -> None:
        for step in steps:
            step(school)

    return carry_out
