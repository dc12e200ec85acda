"""Restoring: all of a backup, in one transaction, or nothing."""

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Engine, Table, delete, text

from hallway.domain.audit import Action, Via
from hallway.storage.access_tables import device, session
from hallway.storage.accounts import SqlAccounts
from hallway.storage.audit import SqlAudit
from hallway.storage.backup.form import UNREADABLE, Backup, Block, DamagedBackup, TableHead
from hallway.storage.backup.tables import columns_of, copy_rows, count, in_plain_words, is_installed, own_tables
from hallway.storage.migrate import NEWEST, forget_revision, migrate_to
from hallway.storage.moved import forget_moves
from hallway.usecases.access.sessions import TOKEN
from hallway.usecases.audit.trail import Origin, account, draft

CACHE_KIB = 256 * 1024
"""Memory for SQLite's pages while it loads: without it the indexes of a large database are read again and again."""

PATIENCE = 10
"""How often to look whether somebody else is connected, a tenth of a second apart."""
_OTHERS = text("""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                  AND backend_type = 'client backend' AND pid <> pg_backend_pid()""")

Watch = Callable[[int], object]


class NotEmpty(Exception):  # noqa: N818 - says what is the matter
    """Somebody's installation is there."""


class InUse(Exception):  # noqa: N818 - says what is the matter
    """Hallway, or somebody else, has the database open."""

    def __init__(
        self, message: str = "The database is in use. Stop Hallway and any other program that uses it, and try again."
    ) -> None:
        """Say what to do."""
        super().__init__(message)


def restore(engine: Engine, backup: Backup, *, replaces: bool, watch: Watch) -> None:
    """Make the database what it was, and bring it to the present schema.

    People sign in again and one-time links are void, since some may have been ended after the backup; the tokens of
    programs stay. Raises NotEmpty unless it `replaces` what is there, InUse, DamagedBackup, StoreUnavailable.
    """
    with in_plain_words(engine), _alone(engine) as connection, connection.begin():
        if is_installed(connection) and not replaces:
            message = "There is already an installation here. Restore elsewhere, or replace it with --force."
            raise NotEmpty(message)
        _clear(connection)
        migrate_to(connection, backup.head.revision)
        _load(connection, backup, watch)
        migrate_to(connection, NEWEST)
        connection.execute(delete(session).where(session.c.kind != TOKEN))
        connection.execute(delete(device))
        _record(connection)


def _record(connection: Connection) -> None:
    """Say in each account's log that it goes on from what the backup had."""
    log = SqlAudit(connection)
    for account_id in SqlAccounts(connection).ids():
        log.append(draft(Origin(account_id, Via.COMMAND), Action.ACCOUNT_RESTORED, account(account_id)))
    log.settle()


@contextmanager
def _alone(engine: Engine) -> Generator[Connection]:
    """A connection that will write, while nobody else has the database open."""
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        if connection.dialect.name == "sqlite":
            _prepare_file(connection)
        elif has_others(connection):
            raise InUse
        connection.rollback()
        yield connection


def _prepare_file(connection: Connection) -> None:
    """Write straight into the file, undoable by a journal: SQLite allows that only to who has it for themselves."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        driver.execute("PRAGMA journal_mode=DELETE")
    except driver.OperationalError as locked:
        raise InUse from locked
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def has_others(connection: Connection) -> bool:
    """Whether others are connected to the same PostgreSQL database, once those had time to go who just left."""
    for _ in range(PATIENCE):
        others = connection.execute(_OTHERS).scalar_one()
        connection.rollback()  # within a transaction it would be answered the same again
        if not others:
            return False
        time.sleep(0.1)
    return True


def _clear(connection: Connection) -> None:
    for table in reversed(own_tables(connection)):
        table.drop(connection)
    forget_revision(connection)
    forget_moves(connection)


def _load(connection: Connection, backup: Backup, watch: Watch) -> None:
    """Insert all rows, and count them again."""
    tables = {table.name: table for table in own_tables(connection)}
    for head in backup.head.tables:
        _require(tables, head)
    loaders = {head.name: _Loader(connection, tables[head.name], head.columns) for head in backup.head.tables}
    for block in backup.blocks():
        try:
            loaders[block.table].load(block)
        except (*UNREADABLE, OverflowError) as wrong:  # the last one for numbers that SQLite does not keep
            message = f"A row of {block.table} can't be restored: {wrong}. Nothing was changed."
            raise DamagedBackup(message) from wrong
        watch(block.rows)
    for head in backup.head.tables:
        restored = count(connection, tables[head.name])
        if restored != head.rows:
            message = f"Of {head.name}, {head.rows} rows were saved and {restored} restored. Nothing was changed."
            raise DamagedBackup(message)


def _require(tables: Mapping[str, Table], head: TableHead) -> None:
    """Raise DamagedBackup for a table or columns that the backup's own revision does not have."""
    known = tables[head.name].columns.keys() if head.name in tables else ()
    if not head.columns or not set(head.columns) <= set(known):
        message = f"Its table {head.name} has columns that don't belong to its schema. Nothing was changed."
        raise DamagedBackup(message)


class _Loader:
    """Puts rows into one table, in the quickest way of each database."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str]) -> None:
        self._connection = connection
        self._table = table
        self._columns = columns
        kinds: Any = tuple(_kind(table.columns[name]) for name in columns)
        self._decoder: msgspec.json.Decoder[tuple[Any, ...]] = msgspec.json.Decoder(tuple[kinds])

    def load(self, block: Block) -> None:
        rows = self._decoder.decode_lines(block.lines)
        if self._connection.dialect.name == "postgresql":
            copy_rows(self._connection, self._table, self._columns, rows)
        else:
            into, marks = columns_of(self._connection, self._table, self._columns), ", ".join("?" * len(rows[0]))
            self._connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - names of our tables


def _kind(column: Column[Any]) -> Any:
    """What a value of the column is in Python, and so how it stands in the backup."""
    kind = column.type.python_type
    return kind | None if column.nullable else kind
