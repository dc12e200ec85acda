"""How often one may guess a password: what failed is counted in the store, so that every process knows of it."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from math import ceil

from hallway.domain.ids import AccountId
from hallway.usecases.errors import TooMany
from hallway.usecases.ports import Clock, Ids, Transaction

WINDOW = timedelta(minutes=1)


def require_fewer(
    tx: Transaction, account_id: AccountId, keys: Sequence[str], *, per_minute: int, clock: Clock
) -> None:
    """Raise TooMany when one of the keys has used up its minute. A key says what is counted: a login, an address."""
    now = clock.now()
    for key in keys:
        failed = tx.attempts.after(account_id, _short(key), now - WINDOW)
        if len(failed) >= per_minute:
            raise TooMany(max(1, ceil((failed[-per_minute] + WINDOW - now).total_seconds())))


def note(tx: Transaction, account_id: AccountId, keys: Sequence[str], *, clock: Clock, ids: Ids) -> None:
    """Count one failure for each key, and forget those that count no more."""
    now = clock.now()
    tx.attempts.forget(account_id, now - WINDOW)
    for key in keys:
        tx.attempts.add(account_id, ids.new(), _short(key), now)


def _short(key: str) -> str:
    """Of one length, whatever somebody typed. Who can guess a login or an address can still find it."""
    return sha256(key.encode()).hexdigest()
