"""Failed attempts to come in, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from hallway.domain.ids import AccountId
from hallway.storage.moments import from_micros, to_micros
from hallway.storage.schema import attempt


class SqlAttempts:
    """`notes.Attempts` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, account_id: AccountId, attempt_id: str, key: str, at: datetime) -> None:
        """Note one."""
        row = {"account_id": account_id, "id": attempt_id, "key": key, "at": to_micros(at)}
        self._connection.execute(insert(attempt).values(row))

    def after(self, account_id: AccountId, key: str, moment: datetime) -> Sequence[datetime]:
        """When those with this key were made, oldest first."""
        since = (attempt.c.account_id == account_id, attempt.c.key == key, attempt.c.at > to_micros(moment))
        query = select(attempt.c.at).where(*since).order_by(attempt.c.at)
        return [from_micros(at) for at in self._connection.execute(query).scalars()]

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete those that were made before."""
        old = (attempt.c.account_id == account_id, attempt.c.at < to_micros(before))
        self._connection.execute(delete(attempt).where(*old))
