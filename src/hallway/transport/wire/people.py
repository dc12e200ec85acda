"""People, and what one person may know of another."""

from datetime import datetime
from typing import Literal

from hallway.transport.wire.cards import CourseRef, PersonCard
from hallway.transport.wire.fields import Frozen


class People(Frozen, frozen=True):
    """The people I may write to first, and no one else (rules §3). `next` is the cursor of the next page."""

    people: list[PersonCard]
    next: str | None


class OfficeHours(Frozen, frozen=True, kw_only=True):
    """When somebody answers, on their own clock: days from Monday, 0; how many of these hours a reply usually
    takes; and by when one to a message that is written now may be expected, null where their hours never add up to it.
    """

    days: list[int]
    opens: str
    closes: str
    time_zone: str
    is_open: bool
    reply_hours: int
    reply_by: datetime | None


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
