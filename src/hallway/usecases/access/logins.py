"""Signing in with a password.

Slow hashing happens outside of transactions: the door reads the hash, compares, and then asks for the session.
"""

from collections.abc import Sequence
from datetime import timedelta

from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import State, User
from hallway.usecases import attempts
from hallway.usecases.access.sessions import BROWSER, Issued, issue
from hallway.usecases.errors import SignInFailed
from hallway.usecases.ports import Clock, Ids, Transaction


def credentials(tx: Transaction, login: str) -> tuple[User | None, str | None]:
    """The user behind a login or e-mail and the hash of their password; None when they may not sign in."""
    account = tx.accounts.only()
    user = tx.people.by_login(account.id, login) if account else None
    if user is None or user.state is not State.ACTIVE:
        return None, None
    return user, tx.people.password(user.account_id, user.id)


def require_fewer_failures(tx: Transaction, tries: Sequence[str], *, per_minute: int, clock: Clock) -> None:
    """Raise TooMany when somebody could not sign in too often."""
    account = tx.accounts.only()
    if account is not None:
        attempts.require_fewer(tx, account.id, tries, per_minute=per_minute, clock=clock)


def note_failure(tx: Transaction, tries: Sequence[str], *, clock: Clock, ids: Ids) -> None:
    """Count that somebody could not sign in."""
    account = tx.accounts.only()
    if account is not None:
        attempts.note(tx, account.id, tries, clock=clock, ids=ids)


def open_session(
    tx: Transaction, account_id: AccountId, user_id: UserId, *, life: timedelta, clock: Clock, ids: Ids
) -> Issued:
    """A new browser session, for somebody who is still active. Raises SignInFailed."""
    user = tx.people.find(account_id, user_id)
    if user is None or user.state is not State.ACTIVE:
        raise SignInFailed
    tx.people.note_sign_in(account_id, user_id, clock.now())
    return issue(tx, account_id, user_id, BROWSER, "", clock.now(), life, ids)
