"""Known devices, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from hallway.domain.ids import AccountId, UserId
from hallway.storage.access_tables import device
from hallway.storage.lists import one_of
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.access.records import Device


class SqlDevices:
    """`devices.Devices` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, added: Device) -> None:
        """Store a new device."""
        row = {
            "account_id": added.account_id,
            "id": added.id,
            "user_id": added.user_id,
            "hashed": added.hashed,
            "created_at": to_micros(added.created_at),
            "seen_at": to_micros(added.seen_at),
        }
        self._connection.execute(insert(device).values(row))

    def by_hash(self, account_id: AccountId, hashed: str) -> Sequence[Device]:
        """Return a browser's devices: a device for each person who has signed in with it."""
        return self._all(device.c.account_id == account_id, device.c.hashed == hashed)

    def of(self, account_id: AccountId, user_id: UserId) -> Sequence[Device]:
        """Return a person's devices, the longest unused first."""
        return self._all(*_of(account_id, user_id))

    def _all(self, *conditions: ColumnElement[bool]) -> Sequence[Device]:
        query = select(device).where(*conditions).order_by(device.c.seen_at, device.c.id)
        return [_device(row) for row in self._connection.execute(query).mappings()]

    def see(self, account_id: AccountId, device_id: str, at: datetime) -> None:
        """Note that a device was used to sign in."""
        this = (device.c.account_id == account_id, device.c.id == device_id)
        self._connection.execute(update(device).where(*this).values(seen_at=to_micros(at)))

    def remove(self, account_id: AccountId, user_id: UserId, device_ids: Collection[str]) -> None:
        """Delete some of a person's devices."""
        self._connection.execute(delete(device).where(*_of(account_id, user_id), one_of(device.c.id, device_ids)))

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """Delete all of a person's devices."""
        self._connection.execute(delete(device).where(*_of(account_id, user_id)))


def _of(account_id: AccountId, user_id: UserId) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return device.c.account_id == account_id, device.c.user_id == user_id


def _device(row: Mapping[Any, Any]) -> Device:
    return Device(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        hashed=row["hashed"],
        created_at=from_micros(row["created_at"]),
        seen_at=from_micros(row["seen_at"]),
    )
