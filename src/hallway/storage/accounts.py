"""Accounts, their settings and their addresses, in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select

from hallway.domain.accounts import Account, Limits, Mode
from hallway.domain.files import EVERY_KIND, USUAL_LARGEST, FileKind
from hallway.domain.ids import AccountId
from hallway.storage.account_tables import SUSPENDED, account, account_address
from hallway.storage.statements import Prepared, replace_one
from hallway.usecases.accounts.addresses import host_of, taken
from hallway.usecases.accounts.mail_tags import tag_of

_SECOND = timedelta(seconds=1)


class SqlAccounts:
    """`ports.Accounts` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def find(self, account_id: AccountId) -> Account | None:
        """Return the account, or None."""
        return _account(_FOUND.mappings(self._connection, {"account": account_id}))

    def default(self) -> Account | None:
        """Return the oldest account without addresses, else the only account there is, else None."""
        found = self._connection.execute(_WITHOUT_ADDRESS).scalar()
        if found is None and self._connection.execute(_NUMBER).scalar_one() == 1:
            found = self._connection.execute(select(account.c.id)).scalar()
        return None if found is None else self.find(AccountId(found))

    def oldest(self) -> Account | None:
        """Return the account that comes first by its id, which tells when it was made, or None."""
        found = self._connection.execute(select(account.c.id).order_by(account.c.id).limit(1)).scalar()
        return None if found is None else self.find(AccountId(found))

    def at(self, host: str) -> Account | None:
        """Return the account with this host, or None."""
        found = _AT.rows(self._connection, {"host": host})
        return self.find(AccountId(found[0][0])) if found else None

    def by_mail_tag(self, tag: str) -> Sequence[AccountId]:
        """Return the accounts with this tag."""
        return list(self._connection.execute(select(account.c.id).where(account.c.mail_tag == tag)).scalars())

    def ids(self) -> Sequence[AccountId]:
        """Return the ids of all accounts, in order."""
        return list(self._connection.execute(select(account.c.id).order_by(account.c.id)).scalars())

    def all(self) -> Sequence[Account]:
        """Return all accounts, by name."""
        rows = self._connection.execute(_WITH_ADDRESSES.order_by(account.c.id, account_address.c.position)).mappings()
        by_id: dict[str, list[Mapping[Any, Any]]] = {}
        for row in rows:
            by_id.setdefault(row["id"], []).append(row)
        found = (_account(group) for group in by_id.values())
        return sorted((one for one in found if one is not None), key=lambda one: (one.name.casefold(), one.id))

    def suspended(self) -> frozenset[AccountId]:
        """Return the accounts that are marked as suspended."""
        return frozenset(AccountId(one) for one in self._connection.execute(SUSPENDED).scalars())

    def save(self, changed: Account) -> None:
        """Insert or update the account, with its addresses."""
        replace_one(self._connection, account, _row(changed))
        present = self._connection.execute(_ADDRESSES, {"account": changed.id}).scalars().all()
        if tuple(present) != changed.addresses:
            self._save_addresses(changed)

    def _save_addresses(self, changed: Account) -> None:
        mine = account_address.c.account_id == changed.id
        self._connection.execute(delete(account_address).where(mine))
        for position, url in enumerate(changed.addresses):
            host = host_of(url)
            present = self.at(host)
            if present is not None:
                raise taken(host, present)
            row = {"host": host, "account_id": changed.id, "url": url, "position": position}
            self._connection.execute(insert(account_address).values(row))


_WITH_ADDRESSES = select(account, account_address.c.url).select_from(
    account.outerjoin(account_address, account_address.c.account_id == account.c.id)
)
_FOUND = Prepared(_WITH_ADDRESSES.where(account.c.id == bindparam("account")).order_by(account_address.c.position))
_AT = Prepared(select(account_address.c.account_id).where(account_address.c.host == bindparam("host")))
_ADDRESSES = (
    select(account_address.c.url)
    .where(account_address.c.account_id == bindparam("account"))
    .order_by(account_address.c.position)
)
_WITHOUT_ADDRESS = (
    select(account.c.id)
    .where(~exists().where(account_address.c.account_id == account.c.id))
    .order_by(account.c.id)
    .limit(1)
)
_NUMBER = select(func.count()).select_from(account)


def _row(one: Account) -> dict[str, Any]:
    """Build the account's row, with NULL where a value is the usual."""
    return {
        "id": one.id,
        "name": one.name,
        "messaging_on": one.messaging_on,
        "mode": one.mode.value,
        "delete_for_everyone": one.delete_for_everyone // _SECOND,
        "links_by_confirmation": one.links_by_confirmation or None,
        "typing_on": one.typing_on or None,
        "mail_tag": tag_of(one.id),
        "mail_sender": one.mail_sender or None,
        "most_people": one.limits.people,
        "messages_per_minute": one.limits.messages_per_minute,
        "is_suspended": one.is_suspended or None,
        "most_file_bytes": one.limits.file_bytes,
        "largest_file": None if one.largest_file == USUAL_LARGEST else one.largest_file,
        "file_kinds": None if one.file_kinds == EVERY_KIND else " ".join(sorted(one.file_kinds)),
        "preview_hosts": " ".join(one.preview_hosts) or None,
    }


def _account(rows: Iterable[Mapping[Any, Any]]) -> Account | None:
    """Build an account from its rows, a row for each of its addresses; return None if there are none."""
    found = list(rows)
    if not found:
        return None
    row = found[0]
    return Account(
        id=AccountId(row["id"]),
        name=row["name"],
        messaging_on=bool(row["messaging_on"]),
        mode=Mode(row["mode"]),
        delete_for_everyone=timedelta(seconds=row["delete_for_everyone"]),
        links_by_confirmation=bool(row["links_by_confirmation"]),
        typing_on=bool(row["typing_on"]),
        addresses=tuple(one["url"] for one in found if one["url"] is not None),
        mail_sender=row["mail_sender"] or "",
        limits=Limits(row["most_people"], row["messages_per_minute"], row["most_file_bytes"]),
        largest_file=USUAL_LARGEST if row["largest_file"] is None else row["largest_file"],
        file_kinds=EVERY_KIND if row["file_kinds"] is None else frozenset(map(FileKind, row["file_kinds"].split())),
        preview_hosts=tuple((row["preview_hosts"] or "").split()),
        is_suspended=bool(row["is_suspended"]),
    )
