"""Saving: everything as of one moment, while the server goes on."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, select

from hallway import __version__
from hallway.storage.backup.form import BackupWriter, Head, TableHead, writing
from hallway.storage.backup.tables import NothingHere, count, in_plain_words, is_installed, own_tables
from hallway.storage.migrate import refuse_newer, revision_of
from hallway.storage.moved import refuse_moved

BLOCK = 1_000
"""Rows that are held in memory at a time."""


class Saving:
    """A snapshot of a database, ready to be written down."""

    def __init__(self, connection: Connection) -> None:
        """Look at what there is. Raises NothingHere, SchemaTooNew, Moved, UnfinishedMove."""
        refuse_newer(connection)
        refuse_moved(connection)
        if not is_installed(connection):
            message = "Hallway isn't set up in this database, so there is nothing to back up."
            raise NothingHere(message)
        self._connection = connection
        self._tables = own_tables(connection)
        heads = [_head(table, count(connection, table)) for table in self._tables]
        self.head = Head(__version__, revision_of(connection) or "", datetime.now(UTC), heads)

    def write(self, path: Path, *, replaces: bool, watch: Callable[[int], object]) -> None:
        """Write all of it to `path`; `watch` hears of the rows that were written. Raises FileExistsError, OSError."""
        with in_plain_words(self._connection.engine), writing(path, self.head, replaces=replaces) as backup:
            for head, table in zip(self.head.tables, self._tables, strict=True):
                self._copy(head.name, table, backup, watch)

    def _copy(self, name: str, table: Table, backup: BackupWriter, watch: Callable[[int], object]) -> None:
        found = self._connection.execute(select(table), execution_options={"yield_per": BLOCK})
        for rows in found.partitions():
            backup.block(name, [tuple(row) for row in rows])
            watch(len(rows))


@contextmanager
def snapshot(engine: Engine) -> Generator[Saving]:
    """The database as it is now, whatever is written meanwhile; on neither database does it hold up a writer."""
    with in_plain_words(engine), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield Saving(connection)


def _head(table: Table, rows: int) -> TableHead:
    """With plain texts for names; the database's own remember how they are quoted."""
    return TableHead(str(table.name), [str(column.name) for column in table.columns], rows)
