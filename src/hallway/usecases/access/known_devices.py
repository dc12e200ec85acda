"""Known devices: browsers in which a person has signed in before, so that strangers cannot lock them out there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.access.records import Device
from hallway.usecases.access.sessions import account_of, hashed, new_secret
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

DEVICE_LIFE = timedelta(days=400)
"""For so long since it was last used to sign in; no browser keeps a cookie for longer."""
MOST_DEVICES = 20
"""Of each person; the longest unused one leaves."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A person's device. `secret` is for the browser to keep; `is_new` says that this person had others, but not this."""

    device: Device
    secret: str
    is_new: bool


def known(tx: Transaction, account_id: AccountId, user_id: UserId, secret: str, *, now: datetime) -> Device | None:
    """Return the device with this secret, if it belongs to this very person."""
    mine = (one for one in _with_secret(tx, account_id, secret) if one.user_id == user_id)
    return next((one for one in mine if not _is_unused(one, now)), None)


def _with_secret(tx: Transaction, account_id: AccountId, secret: str) -> Sequence[Device]:
    return tx.devices.by_hash(account_id, hashed(secret)) if account_of(secret) == account_id else ()


def _is_unused(device: Device, now: datetime) -> bool:
    return device.seen_at + DEVICE_LIFE <= now


def remember(
    tx: Transaction, account_id: AccountId, user_id: UserId, secret: str, *, clock: Clock, ids: Ids
) -> Remembered:
    """Remember this browser as a known device. It keeps a secret that it got here; one of its own making is replaced."""
    now = clock.now()
    found = known(tx, account_id, user_id, secret, now=now)
    if found is not None:
        tx.devices.see(account_id, found.id, now)
        return Remembered(found, secret, is_new=False)
    others = tx.devices.of(account_id, user_id)
    kept = secret if _with_secret(tx, account_id, secret) else new_secret(account_id, ids)
    device = Device(
        account_id=account_id, id=ids.new(), user_id=user_id, hashed=hashed(kept), created_at=now, seen_at=now
    )
    tx.devices.remove(account_id, user_id, _too_many(others, device, now))
    tx.devices.add(device)
    return Remembered(device, kept, is_new=bool(others))


def _too_many(others: Sequence[Device], added: Device, now: datetime) -> set[str]:
    """Return the ids of devices unused for too long, beyond the number that a person may have, or duplicated by the added one."""
    kept = [one for one in others if not _is_unused(one, now) and one.hashed != added.hashed]
    staying = {one.id for one in kept[-(MOST_DEVICES - 1) :]}
    return {one.id for one in others} - staying
