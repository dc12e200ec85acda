"""The bodies of the checklist for new academies; see `wire` for what holds for all."""

from typing import Literal

from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen, Id


class FirstStep(Frozen, frozen=True):
    """A step of the checklist for new academies."""

    step: Literal["people", "course", "expert", "invite", "message"]
    is_done: bool


class FirstCourse(Frozen, frozen=True):
    """The course that the checklist is about."""

    id: Id
    title: str
    learners: int
    experts: list[PersonCard]


class FirstSteps(Frozen, frozen=True, kw_only=True):
    """The owner's checklist for a new academy. `people` does not count the owner, `waiting` counts who never signed in."""

    steps: list[FirstStep]
    is_done: bool
    is_dismissed: bool
    people: int
    departments: int
    course: FirstCourse | None
    waiting: int
    has_mail: bool


class FirstStepsChange(Frozen, frozen=True):
    """Dismiss the checklist, or restore it."""

    is_dismissed: bool
