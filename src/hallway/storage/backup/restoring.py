"""Restoring: everything in one transaction, or nothing."""

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, inspect, text

from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId
from hallway.storage.access_tables import device, session
from hallway.storage.accounts import SqlAccounts
from hallway.storage.audit import SqlAudit
from hallway.storage.backup.form import Backup
from hallway.storage.backup.loading import Watch, load
from hallway.storage.backup.tables import in_plain_words, is_installed, own_tables
from hallway.storage.migrate import NEWEST, forget_revision, migrate_to, revision_of
from hallway.storage.scheduled import give_back_overdue
from hallway.storage.schema import metadata
from hallway.storage.search_index.tables import drop_index
from hallway.usecases.access.sessions import TOKEN
from hallway.usecases.audit.trail import Origin, account, draft

CACHE_KIB = 256 * 1024
"""Memory for SQLite's pages while it loads: without it the indexes of a large database are read again and again."""

PATIENCE = 10
"""How often to look whether somebody else is connected, a tenth of a second apart."""
_OTHERS = text("""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                  AND backend_type = 'client backend' AND pid <> pg_backend_pid()""")


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
    programs stay. Scheduled messages that were due by now are given back to their senders. Raises NotEmpty unless it `replaces` what is there, InUse, DamagedBackup, StoreUnavailable.
    """
    with emptied(engine, replaces=replaces) as connection:
        load(connection, backup, watch)
        migrate_to(connection, NEWEST)
        connection.execute(delete(session).where(session.c.kind != TOKEN))
        connection.execute(delete(device))
        give_back_overdue(connection, datetime.now(UTC))
        record(connection, Action.ACCOUNT_RESTORED, SqlAccounts(connection).ids())


@contextmanager
def emptied(engine: Engine, *, replaces: bool) -> Generator[Connection]:
    """Empty a database of our tables, in a transaction that is committed at the end, while nobody else has it open.

    Raises NotEmpty unless what is there may be replaced, InUse, StoreUnavailable.
    """
    with in_plain_words(engine), alone(engine) as connection, connection.begin():
        if not replaces:
            _require_empty(connection)
        _clear(connection)
        yield connection


def _require_empty(connection: Connection) -> None:
    if is_installed(connection):
        message = "There is already an installation there. Choose an empty database, or replace it with hallway restore --force."
        raise NotEmpty(message)
    taken = {table.name for table in metadata.sorted_tables}.intersection(inspect(connection).get_table_names())
    if taken and revision_of(connection) is None:
        message = f"The database has other tables with Hallway's names: {', '.join(sorted(taken))}."
        raise NotEmpty(message)


def record(connection: Connection, action: Action, account_ids: Sequence[AccountId]) -> None:
    """Say in the log of each account that it goes on from what was restored."""
    log = SqlAudit(connection)
    for account_id in account_ids:
        log.append(draft(Origin(account_id=account_id, via=Via.COMMAND), action, account(account_id)))
    log.settle()


@contextmanager
def alone(engine: Engine) -> Generator[Connection]:
    """Open a connection that will write, while nobody else has the database open."""
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        if connection.dialect.name == "sqlite":
            _prepare_file(connection)
        elif has_others(connection):
            raise InUse
        connection.rollback()
        yield connection


def _prepare_file(connection: Connection) -> None:
    """Write straight into the file, undoable by a journal: SQLite allows that only while nobody else has the file open."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        driver.execute("PRAGMA journal_mode=DELETE")
    except driver.OperationalError as locked:
        raise InUse from locked
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def has_others(connection: Connection) -> bool:
    """Return whether others are connected to the same PostgreSQL database, after waiting for those who have just left."""
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
    drop_index(connection)
    forget_revision(connection)
