"""Who the other person of a dialog is, as far as the reader may know (rules §10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hallway.domain.acquaintances import Part, SharedCourse, know, know_hours, shared_courses
from hallway.domain.conversations import Conversation
from hallway.domain.ids import CourseId, UserId, dialog_id
from hallway.domain.office import Office
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.participants import Facts, facts_about, my_side
from hallway.usecases.people.cards import Card, cards, titles
from hallway.usecases.transaction import Transaction

_PARTS = tuple(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the reader may know of a person. `shared` are courses by part, then by title; `expert_since` is since when the person
    has been the expert of those where they are the reader's, as far as it is known; `office` is None where they said nothing, or it is not the reader's to know; `since` is when the oldest message
    was written that the reader has of their chat.
    """

    card: Card
    shared: Sequence[SharedCourse]
    titles: Mapping[CourseId, str]
    expert_since: Mapping[CourseId, datetime]
    office: Office | None
    since: datetime | None


def details(tx: Transaction, actor: Actor, *, person_id: UserId) -> Details:
    """Return what the actor may know of a person. Raises NotFound for everyone else, there or not (rules §10)."""
    facts = facts_about(tx, actor, [person_id])
    me, (other,) = facts.people.me, facts.people.others
    conversation_id = dialog_id(actor.account_id, actor.user_id, person_id)
    conversation = tx.conversations.several(actor.account_id, [conversation_id]).get(conversation_id)
    person = tx.people.find(actor.account_id, person_id)
    if person is None or not know(facts.account, me, other, conversation):
        raise NotFound("person")
    (card,) = cards(tx, actor.account_id, [person])
    shared = shared_courses(me, other)
    named = titles(tx, actor.account_id, (one.course_id for one in shared))
    return Details(
        card=card,
        shared=sorted(shared, key=lambda one: (_PARTS.index(one.part), named.get(one.course_id, ""), one.course_id)),
        titles=named,
        expert_since=tx.courses.expert_since(
            actor.account_id, person_id, [one.course_id for one in shared if one.part is Part.EXPERT]
        ),
        office=office(tx, actor, facts),
        since=None if conversation is None else _since(tx, actor, conversation),
    )


def office(tx: Transaction, actor: Actor, facts: Facts) -> Office | None:
    """Return the office hours of the other person, where there is one alone, and they are the actor's to know."""
    match facts.people.others:
        case (other,) if know_hours(facts.account, facts.people.me, other):
            theirs = tx.settings.of(actor.account_id, [other.id]).get(other.id)
            return theirs.office if theirs else None
        case _:
            return None


def _since(tx: Transaction, actor: Actor, conversation: Conversation) -> datetime | None:
    """Return when the first message behind Delete chat was written, even if that message was deleted since."""
    first = my_side(conversation, actor).cleared_seq + 1
    message = tx.messages.find(actor.account_id, conversation.id, first)
    return None if message is None else message.sent_at
