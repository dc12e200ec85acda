"""Mail that came back: whose it was, and that it counts for as long as they have that address."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from hallway.domain.events import ProfileChanged
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import User
from hallway.usecases.actors import Actor
from hallway.usecases.notifications.records import Bounce
from hallway.usecases.transaction import Transaction


def standing(tx: Transaction, account_id: AccountId, people: Iterable[User]) -> Mapping[UserId, Bounce]:
    """Return the bounces of those of these people who get no mail at present."""
    emails = {one.id: one.email for one in people}
    found = tx.mails.bounces(account_id, emails)
    return {user_id: one for user_id, one in found.items() if one.email == emails[user_id]}


def note(tx: Transaction, user: User, reason: str, at: datetime) -> None:
    """Note that mail to somebody came back: none goes there any more, and their open screens show it."""
    tx.mails.bounced(Bounce(account_id=user.account_id, user_id=user.id, email=user.email, at=at, reason=reason))
    tx.announce(ProfileChanged(user.account_id, user.id, frozenset({user.id})))


def forget(tx: Transaction, actor: Actor) -> None:
    """Clear the bounce of the actor's address, which takes mail again as far as is known."""
    tx.mails.works_again(actor.account_id, actor.user_id)
    tx.announce(ProfileChanged(actor.account_id, actor.user_id, frozenset({actor.user_id})))
