"""Tell people by mail that somebody signed in as them with a device in which they had not signed in before."""

from datetime import datetime, timedelta

from hallway.domain import user_agents
from hallway.domain.audit import Action
from hallway.domain.people import User
from hallway.usecases.access import former_emails
from hallway.usecases.access.visitors import Visitor
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import NEW_DEVICE, SecurityMail
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

MOST_A_DAY = 3
"""Mails to one person: who knows a password could fill a mailbox with them, and hide the first among the others."""
DAY, LOOKED_BACK = timedelta(days=1), 200
"""How many of the day's entries about the person are looked at; where there are more, enough was sent."""


def notify(tx: Transaction, user: User, visitor: Visitor, *, clock: Clock) -> None:
    """Queue a mail about a new device, to the address that is surely theirs. Whoever has none, or got enough of them today, gets none."""
    now = clock.now()
    to = former_emails.confirmed(tx, [user], now)[user.id]
    if to and not _is_enough(tx, user, now):
        values = {"device": _named(visitor.agent), "network": visitor.network or "-"}
        mail = SecurityMail(user_id=user.id, text=NEW_DEVICE, at=now, to=to, values=values)
        security_mails.queue(tx, user.account_id, mail, clock=clock)


def _is_enough(tx: Transaction, user: User, now: datetime) -> bool:
    """Return whether enough mails were sent, by the audit log, which nobody can empty: a changed password forgets the
    devices themselves.
    """
    chosen = Chosen(group=Action.SIGNED_IN.group, about=user.id, since=now - DAY)
    entries = tx.audit.page(user.account_id, chosen, before=None, limit=LOOKED_BACK)
    sent = sum(one.draft.action == Action.SIGNED_IN and _IS_NEW in one.draft.facts for one in entries)
    return sent >= MOST_A_DAY or len(entries) >= LOOKED_BACK


_IS_NEW = '"is_new_device":true'


def _named(agent: str) -> str:
    software = user_agents.read(agent)
    return ", ".join(one for one in (software.browser, software.system) if one) or "unknown"
