"""One account alone: restored beside others, and removed with all that it has."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, delete, select, tuple_

from hallway.domain.accounts import Account
from hallway.domain.audit import Action
from hallway.domain.ids import AccountId
from hallway.storage import locks
from hallway.storage.access_tables import device, session
from hallway.storage.accounts import SqlAccounts
from hallway.storage.backup.form import Backup, Content
from hallway.storage.backup.loading import Watch, loaders_of
from hallway.storage.backup.restoring import alone, record, restore
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import ROOT, count, database_at, in_plain_words, own_tables, whose
from hallway.storage.migrate import NEWEST, refuse_newer
from hallway.storage.scheduled import give_back_overdue
from hallway.storage.search_index.removal import remove_from_index
from hallway.usecases.access.sessions import TOKEN
from hallway.usecases.accounts.addresses import host_of, taken
from hallway.usecases.errors import Conflict

ADDRESSES = "account_address"
LOG = "audit_entry"
"""Both databases let a log go with its account alone, and with it at once."""
_ROWS = msgspec.json.Decoder(list[Any])
AT_ONCE = 1_000
"""Rows that are removed in one transaction, so that nobody's message waits."""


class NotThisAccount(Exception):  # noqa: N818 - says what is the matter
    """The file holds another account, all of an installation, or less than the account has by now."""


def restore_account(engine: Engine, backup: Backup, watch: Watch) -> AccountId:
    """Put an exported account into an installation, in a single transaction, and return its id.

    A file of an older schema goes through a database of its own, in which it is brought to the present one. People sign in
    again; the tokens of programs stay. Raises NotThisAccount, Conflict when the account is there or the way to it is taken,
    InUse, DamagedBackup, StoreUnavailable.
    """
    account_id, addresses = _account_in(backup), addresses_in(backup)
    if backup.head.revision == NEWEST:
        _insert(engine, backup, account_id, addresses, watch)
        return account_id
    with (
        TemporaryDirectory() as folder,
        database_at(f"sqlite:///{Path(folder) / 'older.db'}", may_be_new=True) as older,
    ):
        restore(older, backup, replaces=False, watch=lambda _: None)
        with snapshot(older, account_id) as content:
            _insert(engine, content, account_id, addresses, watch)
    return account_id


def addresses_in(backup: Backup) -> Sequence[str]:
    """Return the addresses of the account in a file, none where the installation's leads to it. Raises DamagedBackup."""
    columns = {table.name: table.columns for table in backup.head.tables}
    wanted = list(columns)[: list(columns).index(ADDRESSES) + 1] if ADDRESSES in columns else []
    blocks = takewhile(lambda block: block.table in wanted, backup.blocks())
    rows = (row for block in blocks if block.table == ADDRESSES for row in _ROWS.decode_lines(block.lines))
    return [str(dict(zip(columns[ADDRESSES], row, strict=True))["url"]) for row in rows]


def _account_in(backup: Backup) -> AccountId:
    if backup.head.account is None:
        message = "This is a backup of a whole installation. Restore it with hallway restore."
        raise NotThisAccount(message)
    return AccountId(backup.head.account)


def _insert(engine: Engine, content: Content, account_id: AccountId, addresses: Sequence[str], watch: Watch) -> None:
    with in_plain_words(engine), _writing(engine) as connection, connection.begin():
        refuse_newer(connection)
        locks.hold_founding(connection)
        _require_free(connection, account_id, addresses)
        loaders = loaders_of(connection, content.head.tables)
        for block in content.blocks():
            loaders[block.table].load(block)
            watch(block.rows)
        for head in content.head.tables:
            loaders[head.name].require(head.rows, account_id)
        mine = session.c.account_id == account_id
        connection.execute(delete(session).where(mine, session.c.kind != TOKEN))
        connection.execute(delete(device).where(device.c.account_id == account_id))
        give_back_overdue(connection, datetime.now(UTC), account_id=account_id)
        record(connection, Action.ACCOUNT_RESTORED, [account_id])


@contextmanager
def _writing(engine: Engine) -> Generator[Connection]:
    """Open a connection that writes. On SQLite it is alone, since nobody could send meanwhile; PostgreSQL goes on serving."""
    if engine.dialect.name == "sqlite":
        with alone(engine) as connection:
            yield connection
    else:
        with engine.connect() as connection:
            yield connection.execution_options(is_writing=True)


def _require_free(connection: Connection, account_id: AccountId, addresses: Sequence[str]) -> None:
    """Raise Conflict where the account is there, or another account is reached where it would be."""
    accounts = SqlAccounts(connection)
    present = accounts.find(account_id)
    if present is not None:
        message = f"The account “{present.name}” is already there. Remove it first, or restore it somewhere else."
        raise Conflict("clash", message)
    for host in map(host_of, addresses):
        present = accounts.at(host)
        if present is not None:
            raise taken(host, present)
    present = accounts.default()
    if not addresses and present is not None and not present.addresses:
        raise _has_the_installations(present)


def _has_the_installations(present: Account) -> Conflict:
    message = (
        f"The account in this file has no address of its own, and the installation's leads to “{present.name}”. "
        f"Give that account its own address first: hallway account change {present.id} --address https://…"
    )
    return Conflict("clash", message)


@dataclass(frozen=True, slots=True)
class Removal:
    """An account that may be removed: all of it is in a file."""

    account_id: AccountId
    rows: int


def removable(engine: Engine, account_id: AccountId, backup: Backup, watch: Callable[[int], object]) -> Removal:
    """Check that a file holds all that an account has. Raises NotThisAccount, DamagedBackup, StoreUnavailable."""
    if backup.head.account != account_id:
        message = "This file doesn't hold this account."
        raise NotThisAccount(message)
    if not _was_suspended(backup, watch):
        message = "This file was written before the account was suspended. Export it again."
        raise NotThisAccount(message)
    saved = {table.name: table.rows for table in backup.head.tables}
    with in_plain_words(engine), engine.connect() as connection:
        for table in own_tables(connection):
            if table.name not in _MOVING and count(connection, table, account_id) > saved.get(str(table.name), 0):
                message = "The account has changed since it was exported. Export it again."
                raise NotThisAccount(message)
    return Removal(account_id, backup.head.rows)


def _was_suspended(backup: Backup, watch: Callable[[int], object]) -> bool:
    """Return whether the account was suspended when it was exported, and verify all of the file. Raises DamagedBackup.

    Nobody could change it any more from then on.
    """
    (columns,) = [table.columns for table in backup.head.tables if table.name == ROOT]
    is_suspended = False
    for block in backup.blocks():
        if block.table == ROOT:
            is_suspended = bool(dict(zip(columns, msgspec.json.decode(block.lines), strict=True)).get("is_suspended"))
        watch(block.rows)
    return is_suspended


_MOVING = frozenset({LOG, "job"})
"""Tables that grow by themselves, and by the export: what is there since is no loss."""


def remove(engine: Engine, removal: Removal, watch: Callable[[int], object]) -> None:
    """Remove an account, a few rows at a time; begun again, it goes on where it stopped. Raises StoreUnavailable."""
    with in_plain_words(engine), engine.connect() as connection:
        connection.execution_options(is_writing=True)
        with connection.begin():
            tables = [table for table in reversed(own_tables(connection)) if table.name != LOG]
        remove_from_index(connection, removal.account_id)
        for table in tables:
            for rows in _removed(connection, table, removal.account_id):
                watch(rows)


def _removed(connection: Connection, table: Table, account_id: AccountId) -> Iterator[int]:
    keys = list(table.primary_key.columns)
    some = select(*keys).where(whose(table) == account_id).limit(AT_ONCE)
    while True:
        with connection.begin():
            found = connection.execute(some).all()
            if found:
                connection.execute(
                    delete(table).where(whose(table) == account_id, tuple_(*keys).in_([tuple(row) for row in found]))
                )
        if not found:
            return
        yield len(found)
