"""The signed-in person: who they are, what they may do now, and what they chose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hallway.domain import administration
from hallway.domain.accounts import Account, Mode
from hallway.domain.office import Office
from hallway.domain.people import Person
from hallway.usecases import fields
from hallway.usecases.access import access_notices
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.participants import my_account
from hallway.usecases.notifications import bounces
from hallway.usecases.notifications.records import Bounce, NotificationPreferences
from hallway.usecases.people import directory
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The person, their account, and what the rules let them do now."""

    card: Card
    account: Account
    may_start_chats: bool
    may_enter_portal: bool
    may_manage_account: bool
    is_expert: bool
    is_learning: bool
    unread_chats: int
    bounce: Bounce | None
    access_notices: Sequence[access_notices.NoticeLine]
    office: Office | None


def me(tx: Transaction, actor: Actor) -> Me:
    """Return everything that the first screen needs to know of its person."""
    user = tx.people.find(actor.account_id, actor.user_id)
    if user is None:
        raise NotFound("person")
    person = tx.people.facts(actor.account_id, [actor.user_id])[actor.user_id]
    return Me(
        card=cards(tx, actor.account_id, [user])[0],
        account=my_account(tx, actor),
        may_start_chats=_may_start_chats(tx, actor, person),
        may_enter_portal=bool(administration.enter_portal(person)),
        may_manage_account=bool(administration.manage_account(person)),
        is_expert=bool(person.expert_of),
        is_learning=bool(person.enrolled_in),
        unread_chats=tx.conversations.unread_count(actor.account_id, actor.user_id),
        bounce=bounces.standing(tx, actor.account_id, [user]).get(user.id),
        access_notices=access_notices.lines(tx, actor),
        office=tx.settings.of(actor.account_id, [user.id]).get(user.id, NotificationPreferences()).office,
    )


def _may_start_chats(tx: Transaction, actor: Actor, person: Person) -> bool:
    """Return whether to offer New chat. Staff always have it, and learn there whom to add; in `strict` it is for them alone: a
    learner asks from the course page. Others have it while there is somebody whom they may write to.
    """
    account = my_account(tx, actor)
    if administration.enter_portal(person) or not account.messaging_on:
        return account.messaging_on
    if account.mode is Mode.STRICT:
        return False
    found = directory.search(tx, actor, text="", after=None, limit=1)
    return bool(found.people) or found.next is not None


def prefer(tx: Transaction, actor: Actor, *, locale: str | None, time_zone: str | None) -> None:
    """Change the actor's language or time zone; None leaves it."""
    fields.require_valid(fields.time_zone("time_zone", time_zone) if time_zone is not None else None)
    user = tx.people.find(actor.account_id, actor.user_id)
    if user is None:
        raise NotFound("person")
    changed = replace(user, locale=locale or user.locale, time_zone=time_zone or user.time_zone)
    tx.people.save([changed])
