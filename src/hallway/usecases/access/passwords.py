"""Passwords: a new one ends what was opened with the old one."""

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.access.sessions import BROWSER, LINK, end
from hallway.usecases.actors import Actor
from hallway.usecases.ports import Transaction


def change_password(tx: Transaction, actor: Actor, *, password_hash: str) -> None:
    """A new password; every session ends, the door opens a new one for the browser that asked."""
    renew_password(tx, actor.account_id, actor.user_id, password_hash)


def renew_password(tx: Transaction, account_id: AccountId, user_id: UserId, password_hash: str) -> None:
    """Store a new password, and end every browser's session and every link."""
    tx.people.set_password(account_id, user_id, password_hash)
    for kind in (BROWSER, LINK):
        for session in tx.sessions.of(account_id, user_id, kind):
            end(tx, account_id, user_id, session.id)
