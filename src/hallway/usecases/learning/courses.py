"""My courses, and the course page with its experts (rules §5, §8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hallway.domain import administration, permissions
from hallway.domain.courses import Course
from hallway.domain.ids import CourseId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.participants import my_account
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert's card, and whether the reader may start the dialog with them."""

    card: Card
    may_write: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A line of My courses."""

    course: Course
    experts: Sequence[Card]
    is_expert: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The course page."""

    course: Course
    experts: Sequence[Expert]
    is_enrolled: bool
    is_expert: bool


def mine(tx: Transaction, actor: Actor) -> list[Summary]:
    """Return the courses in which the actor is enrolled or of which they are an expert."""
    courses = tx.courses.of(actor.account_id, actor.user_id)
    experts = _experts(tx, actor, [one.id for one in courses])
    return [
        Summary(one, experts[one.id], any(card.user.id == actor.user_id for card in experts[one.id])) for one in courses
    ]


def page(tx: Transaction, actor: Actor, *, course_id: CourseId) -> Page:
    """Return a course, for its learners, its experts and those who manage courses; for others it is not there."""
    course = tx.courses.find(actor.account_id, course_id)
    experts = _experts(tx, actor, [course_id])[course_id]
    facts = tx.people.facts(actor.account_id, [actor.user_id, *(card.user.id for card in experts)])
    me = facts[actor.user_id]
    is_mine = course_id in me.enrolled_in or course_id in me.expert_of
    if course is None or not (is_mine or administration.manage_account(me)):
        raise NotFound("course")
    account = my_account(tx, actor)
    shown = [Expert(card, bool(permissions.start(account, me, facts[card.user.id]))) for card in experts]
    return Page(course, shown, course_id in me.enrolled_in, course_id in me.expert_of)


def _experts(tx: Transaction, actor: Actor, course_ids: Sequence[CourseId]) -> Mapping[CourseId, Sequence[Card]]:
    found = tx.courses.experts(actor.account_id, course_ids)
    everyone = {user.id: user for users in found.values() for user in users}
    named = {card.user.id: card for card in cards(tx, actor.account_id, everyone.values())}
    return {one: [named[user.id] for user in found.get(one, ())] for one in course_ids}
