"""What one person may know of another, in the words of the wire."""

from datetime import datetime
from typing import Literal

from hallway.transport.wire.core import CourseRef, Frozen, OfficeHours, PersonCard


class SharedCourse(Frozen, frozen=True):
    """A course that connects us, and what the other person is in it to me: its expert, its learner, or an expert as
    I am one. `since` is since when they have been my expert, null where nobody kept it and for the others.
    """

    course: CourseRef
    part: Literal["expert", "learner", "colleague"]
    since: datetime | None


class PersonDetails(Frozen, frozen=True):
    """What I may know of a person (rules §10). `office` is there while one of us may write to the other, where they said
    when they answer; `since` is when the oldest message was written that I have of our chat, null where there is none.
    """

    person: PersonCard
    courses: list[SharedCourse]
    office: OfficeHours | None
    since: datetime | None
