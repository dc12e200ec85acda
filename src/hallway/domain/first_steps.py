"""The first steps of a new academy, from nobody to the first answer: which of them are done is read from the facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hallway.domain.people import Person, Role
from hallway.domain.verdicts import ALLOWED, Denial, Verdict


class Step(StrEnum):
    """A step to take, in the order in which they are shown."""

    PEOPLE = "people"
    COURSE = "course"
    EXPERT = "expert"
    INVITE = "invite"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The facts of an academy that decide which steps are done.

    `people` are active and not the owner, `experts` those of any course. `is_anyone_invited` is whether one of the people was
    ever given a way in: a link, an invitation or a password; `has_messages` whether anybody has written to anybody.
    """

    people: int
    departments: int
    courses: int
    experts: int
    is_anyone_invited: bool
    has_messages: bool


def steps(facts: Beginning) -> Mapping[Step, bool]:
    """Return for each step whether it is done."""
    return {
        Step.PEOPLE: facts.people > 0,
        Step.COURSE: facts.courses > 0,
        Step.EXPERT: facts.experts > 0,
        Step.INVITE: facts.is_anyone_invited,
        Step.MESSAGE: facts.has_messages,
    }


def follow(me: Person) -> Verdict:
    """Return whether `me` may see the first steps and dismiss them: they are the owner's."""
    return ALLOWED if me.is_active and me.role is Role.OWNER else Verdict(Denial.NOT_STAFF)
