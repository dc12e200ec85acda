"""One-time links, through which somebody without a password, or who forgot it, chooses one."""

from datetime import timedelta

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.access.passwords import renew_password
from hallway.usecases.access.sessions import LINK, Issued, is_over, issue, session_of
from hallway.usecases.errors import NotFound
from hallway.usecases.ports import Clock, Ids, Transaction

LINK_LIFE = timedelta(days=7)


def issue_link(tx: Transaction, account_id: AccountId, user_id: UserId, *, clock: Clock, ids: Ids) -> Issued:
    """A one-time link through which a user chooses a password; an earlier one is void."""
    for earlier in tx.sessions.of(account_id, user_id, LINK):
        tx.sessions.remove(account_id, user_id, earlier.id)
    return issue(tx, account_id, user_id, LINK, "", clock.now(), LINK_LIFE, ids)


def spend_link(tx: Transaction, secret: str, *, password_hash: str, clock: Clock) -> tuple[AccountId, UserId]:
    """Choose a password with a one-time link. Raises NotFound when it is spent, expired or not ours."""
    link = session_of(tx, secret)
    if link is None or link.kind != LINK or is_over(link, clock.now()):
        raise NotFound("link")
    renew_password(tx, link.account_id, link.user_id, password_hash)
    return link.account_id, link.user_id
