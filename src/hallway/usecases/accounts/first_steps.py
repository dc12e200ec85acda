"""The first steps of a new academy: a checklist that ticks itself, for the owner, until it is done or dismissed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hallway.domain import first_steps
from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning, Step
from hallway.usecases.accounts import keys
from hallway.usecases.actors import Actor
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.people.invitations import WHO_NEVER_CAME_IN
from hallway.usecases.people.staff import enter
from hallway.usecases.transaction import Transaction

DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class FirstCourse:
    """The course that the steps are about."""

    course: Course
    learners: int
    experts: Sequence[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps:
    """The steps that are done, and the facts that say so. `waiting` counts the people who never signed in."""

    steps: Mapping[Step, bool]
    facts: Beginning
    course: FirstCourse | None
    waiting: int
    is_dismissed: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(self.steps.values())


def first(tx: Transaction, actor: Actor) -> FirstSteps:
    """Return how far the academy is with its first steps. Raises Refused for all but the owner."""
    enter(tx, actor, first_steps.follow)
    facts = tx.beginnings.facts(actor.account_id)
    return FirstSteps(
        steps=first_steps.steps(facts),
        facts=facts,
        course=_course(tx, actor),
        waiting=tx.people.count(actor.account_id, WHO_NEVER_CAME_IN),
        is_dismissed=tx.settings.secret(actor.account_id, keys.FIRST_STEPS) == DISMISSED,
    )


def dismiss(tx: Transaction, actor: Actor, *, is_dismissed: bool) -> None:
    """Dismiss the checklist, or show it again. Raises Refused for all but the owner."""
    enter(tx, actor, first_steps.follow)
    tx.settings.set_secret(actor.account_id, keys.FIRST_STEPS, DISMISSED if is_dismissed else "")


def _course(tx: Transaction, actor: Actor) -> FirstCourse | None:
    found = tx.beginnings.first_course(actor.account_id)
    if found is None:
        return None
    learners = len(tx.courses.enrolled_ids(actor.account_id, found.id))
    experts = tx.courses.experts(actor.account_id, [found.id]).get(found.id, ())
    return FirstCourse(found, learners, cards(tx, actor.account_id, experts))
