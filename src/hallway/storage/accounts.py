"""Accounts and their settings, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from hallway.domain.accounts import Account, Mode
from hallway.domain.ids import AccountId
from hallway.storage.schema import account
from hallway.storage.statements import Prepared, replace_one

_SECOND = timedelta(seconds=1)


class SqlAccounts:
    """`ports.Accounts` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def find(self, account_id: AccountId) -> Account | None:
        """The account, None when there is none."""
        row = next(iter(_FOUND.mappings(self._connection, {"account": account_id})), None)
        return None if row is None else _account(row)

    def only(self) -> Account | None:
        """The account of this installation."""
        row = self._connection.execute(select(account).order_by(account.c.id).limit(1)).mappings().first()
        return None if row is None else _account(row)

    def ids(self) -> Sequence[AccountId]:
        """All of them, in order."""
        return list(self._connection.execute(select(account.c.id).order_by(account.c.id)).scalars())

    def save(self, changed: Account) -> None:
        """Add it, or change it."""
        row = {
            "id": changed.id,
            "name": changed.name,
            "messaging_on": changed.messaging_on,
            "mode": changed.mode.value,
            "delete_for_everyone": changed.delete_for_everyone // _SECOND,
            "links_by_confirmation": changed.links_by_confirmation or None,
            "typing_on": changed.typing_on or None,
        }
        replace_one(self._connection, account, row)


_FOUND = Prepared(select(account).where(account.c.id == bindparam("account")))


def _account(row: Mapping[Any, Any]) -> Account:
    return Account(
        AccountId(row["id"]),
        row["name"],
        bool(row["messaging_on"]),
        Mode(row["mode"]),
        timedelta(seconds=row["delete_for_everyone"]),
        bool(row["links_by_confirmation"]),
        bool(row["typing_on"]),
    )
