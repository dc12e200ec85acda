"""The wire's types of My courses and the course page."""

from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen, Id


class Expert(Frozen, frozen=True):
    """An expert's card. `may_write` says whether the reader may start the dialog: then the link is shown (rules §8)."""

    person: PersonCard
    may_write: bool


class CourseSummary(Frozen, frozen=True, kw_only=True):
    """A row of My courses."""

    id: Id
    title: str
    description: str
    lesson_count: int
    experts: list[PersonCard]
    is_expert: bool


class Courses(Frozen, frozen=True):
    """My courses: enrolled in, or expert of."""

    courses: list[CourseSummary]


class CoursePage(Frozen, frozen=True, kw_only=True):
    """The course page."""

    id: Id
    title: str
    description: str
    lessons: list[str]
    experts: list[Expert]
    is_enrolled: bool
    is_expert: bool
