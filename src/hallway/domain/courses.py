"""Courses with their experts, and trainings with their organizer (rules §1)."""

from dataclasses import dataclass

from hallway.domain.ids import AccountId, CourseId, TrainingId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course in which learners are enrolled; `lessons` are the titles of its lessons, in order."""

    account_id: AccountId
    id: CourseId
    title: str
    description: str = ""
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """A webinar or a class, with the one who organizes it."""

    account_id: AccountId
    id: TrainingId
    title: str
    organizer_id: UserId


@dataclass(frozen=True, slots=True)
class Question:
    """The course that a dialog's question was about, and which of the two is its expert (rules §4, §8)."""

    course_id: CourseId
    expert_id: UserId
