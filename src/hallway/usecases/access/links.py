"""One-time links, through which somebody without a password, or who forgot it, chooses one."""

from datetime import timedelta

from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId, UserId
from hallway.usecases import audit
from hallway.usecases.access import access_notices
from hallway.usecases.access.passwords import renew_password
from hallway.usecases.access.sessions import LINK, Issued, is_over, issue, session_of
from hallway.usecases.access_records import Deed
from hallway.usecases.audit import Origin
from hallway.usecases.errors import NotFound
from hallway.usecases.ports import Clock, Ids, Session, Transaction

LINK_LIFE = timedelta(days=7)


def issue_link(
    tx: Transaction, account_id: AccountId, user_id: UserId, *, by_id: UserId | None = None, clock: Clock, ids: Ids
) -> Issued:
    """A one-time link through which a user chooses a password; an earlier one is void.

    Its session has the id of who made it for a name; without one the operator did.
    """
    for earlier in tx.sessions.of(account_id, user_id, LINK):
        tx.sessions.remove(account_id, user_id, earlier.id)
    return issue(tx, account_id, user_id, LINK, name=by_id or "", now=clock.now(), life=LINK_LIFE, ids=ids)


def require_good(tx: Transaction, secret: str, *, clock: Clock) -> Session:
    """The one-time link with this secret. Raises NotFound when it is spent, expired or not ours."""
    link = session_of(tx, secret)
    if link is None or link.kind != LINK or is_over(link, clock.now()):
        raise NotFound("link")
    return link


def spend_link(tx: Transaction, secret: str, *, password_hash: str, clock: Clock, ids: Ids) -> tuple[AccountId, UserId]:
    """Choose a password with a one-time link; who came in before is told. Raises NotFound when it is spent, expired or not ours."""
    link = require_good(tx, secret, clock=clock)
    tx.people.hold(link.account_id, link.user_id)
    require_good(tx, secret, clock=clock)  # nobody else has spent it, or made a new one, until now
    _tell(tx, link, clock=clock, ids=ids)
    audit.record(tx, Origin(link.account_id, Via.WEB, "", link.user_id), Action.LINK_SPENT, audit.user(link.user_id))
    renew_password(tx, link.account_id, link.user_id, password_hash, ends_tokens=True)
    return link.account_id, link.user_id


def _tell(tx: Transaction, link: Session, *, clock: Clock, ids: Ids) -> None:
    """Who never came in knows that they spend their first link."""
    user = tx.people.find(link.account_id, link.user_id)
    if user is not None and tx.people.signed_in(link.account_id, [user.id]):
        access_notices.note(tx, user, Deed.LINK_SPENT, UserId(link.name) if link.name else None, clock=clock, ids=ids)
