"""How often a password may be guessed: each attempt is counted in the store before it is checked, for all processes.

An attempt is reserved first, and given back when it succeeds. Counted only afterwards, guesses that are made at the same
time would all find that nobody has failed yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from hallway.domain.ids import AccountId
from hallway.usecases.errors import TooMany
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

WINDOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """The number of attempts that may fail in a minute; `key` says what is counted: a login, a network, a device."""

    key: str
    per_minute: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """Attempts that are counted as failures until they are given back."""

    account_id: AccountId
    attempt_ids: Sequence[str]


def require_left(tx: Transaction, account_id: AccountId, budgets: Sequence[Budget], *, clock: Clock) -> None:
    """Raise TooMany when a budget is used up. Counts nothing: whoever is over the limit need not wait, nor make others wait."""
    refusal = _refusal(tx, account_id, budgets, clock.now())
    if refusal is not None:
        raise refusal


def _refusal(tx: Transaction, account_id: AccountId, budgets: Sequence[Budget], now: datetime) -> TooMany | None:
    for budget in budgets:
        made = [at for at in tx.attempts.after(account_id, _short(budget.key), now - WINDOW) if at <= now]
        if len(made) >= budget.per_minute:
            return TooMany(max(1, ceil((made[-budget.per_minute] + WINDOW - now).total_seconds())))
    return None


def reserve(
    tx: Transaction, account_id: AccountId, budgets: Sequence[Budget], *, clock: Clock, ids: Ids
) -> Reservation | TooMany:
    """Count one attempt in each of the budgets, before it is made. TooMany, and counted in none, when one is used up.

    Attempts from the future, which a clock that was set back has left, were made now: they go after a minute as well.
    This must last, so a refusal is answered; raised, it would undo the transaction.
    """
    now = clock.now()
    tx.attempts.hold(account_id)
    tx.attempts.date_back(account_id, now)
    tx.attempts.forget(account_id, now - WINDOW)
    refusal = _refusal(tx, account_id, budgets, now)
    if refusal is not None:
        return refusal
    reserved = {ids.new(): _short(budget.key) for budget in budgets}
    for attempt_id, key in reserved.items():
        tx.attempts.add(account_id, attempt_id, key, now)
    return Reservation(account_id, tuple(reserved))


def note(tx: Transaction, account_id: AccountId, keys: Sequence[str], *, clock: Clock, ids: Ids) -> None:
    """Count what has failed already, once for each key, where it could not be counted before it was made."""
    now = clock.now()
    tx.attempts.date_back(account_id, now)
    tx.attempts.forget(account_id, now - WINDOW)
    for key in keys:
        tx.attempts.add(account_id, ids.new(), _short(key), now)


def give_back(tx: Transaction, reservation: Reservation) -> None:
    """Give back a reservation whose attempt succeeded, so that it no longer counts."""
    tx.attempts.remove(reservation.account_id, reservation.attempt_ids)


def _short(key: str) -> str:
    """Hash a key, so that all are of one length, whatever was typed. A login or an address that can be guessed can still be found by it."""
    return sha256(key.encode()).hexdigest()
