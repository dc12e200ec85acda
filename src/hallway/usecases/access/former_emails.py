"""Addresses that others changed: for a while links and warnings go to the one that was somebody's before.

Otherwise staff would change the address of a learner to their own, and have a link mailed there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hallway.domain.ids import UserId
from hallway.domain.people import User
from hallway.usecases.access.records import FormerEmail
from hallway.usecases.actors import Actor
from hallway.usecases.transaction import Transaction

HOLD = timedelta(days=7)
"""For so long after the last change; the person themself ends it by dismissing the line about it."""


def confirmed(tx: Transaction, users: Sequence[User], now: datetime) -> Mapping[UserId, str]:
    """Return for each of these people the address that others did not change lately."""
    found = {one.id: one.email for one in users}
    if users:
        former = tx.access.former_emails(users[0].account_id, found)
        found |= {one.user_id: one.email for one in former.values() if now - one.changed_at < HOLD}
    return found


def keep(tx: Transaction, before: User, now: datetime) -> None:
    """Keep the address of a person whom somebody else gives a new one. Of several changes in a row the first address counts."""
    email = confirmed(tx, [before], now)[before.id]
    tx.access.keep_former_email(FormerEmail(before.account_id, before.id, email, now))


def confirm(tx: Transaction, actor: Actor) -> None:
    """Confirm that the person's present address is theirs."""
    found = tx.access.former_emails(actor.account_id, [actor.user_id]).get(actor.user_id)
    if found is not None:
        tx.access.keep_former_email(FormerEmail(found.account_id, found.user_id, found.email, found.changed_at - HOLD))
