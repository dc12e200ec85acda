"""One-time links, through which somebody without a password, or who forgot it, chooses one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import State, User
from hallway.usecases.access import access_notices, former_emails
from hallway.usecases.access.passwords import renew_password
from hallway.usecases.access.records import Deed, Session
from hallway.usecases.access.sessions import LINK, Issued, is_over, issue, session_of
from hallway.usecases.audit import trail
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import NotFound
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import SecurityMail
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

LINK_LIFE, OWN_LINK_LIFE = timedelta(days=7), timedelta(days=1)
"""How long a link is good that others made, and one that its person asked for."""
RENEWED = "access-renewed"
"""The text of the mail that says that a link was used which its person had asked for."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The facts that a link shows before it is used: where it leads, for whom, until when, and whether it is their first."""

    academy: str
    name: str
    expires_at: datetime | None
    is_first: bool


def issue_link(
    tx: Transaction, account_id: AccountId, user_id: UserId, *, by_id: UserId | None = None, clock: Clock, ids: Ids
) -> Issued:
    """Issue a one-time link through which a user chooses a password; an earlier one is void.

    Its session has the id of who made it for a name; without one the operator did.
    """
    for earlier in tx.sessions.of(account_id, user_id, LINK):
        tx.sessions.remove(account_id, user_id, earlier.id)
    return issue(tx, account_id, user_id, LINK, name=by_id or "", now=clock.now(), life=LINK_LIFE, ids=ids)


def issue_own_link(tx: Transaction, account_id: AccountId, user_id: UserId, *, clock: Clock, ids: Ids) -> Issued:
    """Issue a one-time link for somebody who asked for it, or in whose name a stranger did: links that they have stay good."""
    return issue(tx, account_id, user_id, LINK, name=user_id, now=clock.now(), life=OWN_LINK_LIFE, ids=ids)


def look_at(tx: Transaction, account_id: AccountId, secret: str, *, clock: Clock) -> Promise:
    """Return what a link leads to; it stays good. Raises NotFound when it is spent, expired or not ours."""
    link = require_good(tx, account_id, secret, clock=clock)
    account, user = tx.accounts.find(link.account_id), tx.people.find(link.account_id, link.user_id)
    if account is None or user is None or user.state is not State.ACTIVE:
        raise NotFound("link")
    is_first = not tx.people.signed_in(link.account_id, [link.user_id])
    return Promise(account.name, user.name, link.expires_at, is_first)


def require_good(tx: Transaction, account_id: AccountId, secret: str, *, clock: Clock) -> Session:
    """Return the account's one-time link with this secret. Raises NotFound when it is spent, expired or not ours."""
    link = session_of(tx, account_id, secret)
    if link is None or link.kind != LINK or is_over(link, clock.now()):
        raise NotFound("link")
    return link


def spend_link(
    tx: Transaction, account_id: AccountId, secret: str, *, password_hash: str, clock: Clock, ids: Ids
) -> UserId:
    """Choose a password with a one-time link; a person who signed in before is notified. Raises NotFound when it is
    spent, expired or not ours.
    """
    link = require_good(tx, account_id, secret, clock=clock)
    tx.people.hold(link.account_id, link.user_id)
    require_good(tx, account_id, secret, clock=clock)  # nobody else has spent it, or made a new one, until now
    _note_spent_link(tx, link, clock=clock, ids=ids)
    trail.record(
        tx,
        Origin(account_id=link.account_id, via=Via.WEB, address="", user_id=link.user_id),
        Action.LINK_SPENT,
        trail.user(link.user_id),
    )
    renew_password(tx, link.account_id, link.user_id, password_hash, ends_tokens=True)
    return link.user_id


def _note_spent_link(tx: Transaction, link: Session, *, clock: Clock, ids: Ids) -> None:
    """Notify a person who has signed in before that a link of theirs was spent."""
    user = tx.people.find(link.account_id, link.user_id)
    if user is None or not tx.people.signed_in(link.account_id, [user.id]):
        return
    if link.name == user.id:
        _mail_about_own_link(tx, user, clock.now(), clock=clock)
    else:
        access_notices.note(tx, user, Deed.LINK_SPENT, UserId(link.name) if link.name else None, clock=clock, ids=ids)


def _mail_about_own_link(tx: Transaction, user: User, now: datetime, *, clock: Clock) -> None:
    """Mail that the link was used, without a line: whoever used it would dismiss that. A stranger may have read the person's mail."""
    to = former_emails.confirmed(tx, [user], now)[user.id]
    security_mails.queue(
        tx, user.account_id, SecurityMail(user_id=user.id, text=RENEWED, at=now, by_id=user.id, to=to), clock=clock
    )
