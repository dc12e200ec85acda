"""Attempts to come in, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from hallway.domain.ids import AccountId
from hallway.storage.access_tables import attempt
from hallway.storage.lists import one_of
from hallway.storage.locks import hold_attempts
from hallway.storage.timestamps import from_micros, to_micros


class SqlAttempts:
    """`ports.Attempts` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def hold(self, account_id: AccountId) -> None:
        """Keep others from counting the account's attempts; only on PostgreSQL do several transactions write at the same time."""
        hold_attempts(self._connection, account_id)

    def add(self, account_id: AccountId, attempt_id: str, key: str, at: datetime) -> None:
        """Store an attempt."""
        row = {"account_id": account_id, "id": attempt_id, "key": key, "at": to_micros(at)}
        self._connection.execute(insert(attempt).values(row))

    def after(self, account_id: AccountId, key: str, moment: datetime) -> Sequence[datetime]:
        """Return when attempts with this key were made after a moment, oldest first."""
        since = (attempt.c.account_id == account_id, attempt.c.key == key, attempt.c.at > to_micros(moment))
        query = select(attempt.c.at).where(*since).order_by(attempt.c.at)
        return [from_micros(at) for at in self._connection.execute(query).scalars()]

    def remove(self, account_id: AccountId, attempt_ids: Collection[str]) -> None:
        """Delete these attempts."""
        these = (attempt.c.account_id == account_id, one_of(attempt.c.id, attempt_ids))
        self._connection.execute(delete(attempt).where(*these))

    def date_back(self, account_id: AccountId, now: datetime) -> None:
        """Move attempts from the future to `now`."""
        future = (attempt.c.account_id == account_id, attempt.c.at > to_micros(now))
        self._connection.execute(update(attempt).where(*future).values(at=to_micros(now)))

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete the attempts made before a moment."""
        old = (attempt.c.account_id == account_id, attempt.c.at < to_micros(before))
        self._connection.execute(delete(attempt).where(*old))
