"""Saving: everything as of one moment, while the server goes on."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table

from hallway import __version__
from hallway.domain.ids import AccountId
from hallway.storage.backup.files import object_blocks, object_names
from hallway.storage.backup.form import Block, Head, TableHead, block_of, writing
from hallway.storage.backup.tables import NothingHere, count, in_plain_words, is_installed, own_tables, rows_of
from hallway.storage.migrate import refuse_newer, revision_of
from hallway.usecases.files.ports import Blobs

BLOCK = 1_000
"""Rows that are held in memory at a time."""


class Saving:
    """A snapshot of a database, ready to be written down."""

    def __init__(self, connection: Connection, account_id: AccountId | None = None, blobs: Blobs | None = None) -> None:
        """Look at what there is, or at what there is of a named account, with the content of files in `blobs`.

        Raises NothingHere, SchemaTooNew.
        """
        refuse_newer(connection)
        if not is_installed(connection):
            message = "Hallway isn't set up in this database, so there is nothing to copy."
            raise NothingHere(message)
        self._connection = connection
        self._account_id = account_id
        self._tables = {str(table.name): table for table in own_tables(connection)}
        self._objects = [] if blobs is None else object_names(connection, account_id)
        self._blobs = blobs
        heads = [_head(table, count(connection, table, account_id)) for table in self._tables.values()]
        self.head = Head(
            hallway=__version__,
            revision=revision_of(connection) or "",
            made_at=datetime.now(UTC),
            tables=heads,
            account=account_id,
            objects=len(self._objects),
        )

    def write(self, path: Path, *, replaces: bool, watch: Callable[[int], object]) -> None:
        """Write all of it to `path`; `watch` hears of the rows that were written. Raises FileExistsError, OSError."""
        with in_plain_words(self._connection.engine), writing(path, self.head, replaces=replaces) as backup:
            for block in self.blocks():
                backup.add(block)
                watch(block.rows)
            if self._blobs is not None:
                for block in object_blocks(self._blobs, self._objects):
                    backup.add(block)

    def blocks(self) -> Iterator[Block]:
        """Yield all rows, table by table."""
        for head in self.head.tables:
            yield from self.rows_of(head)

    def rows_of(self, head: TableHead) -> Iterator[Block]:
        """Yield the rows of a table."""
        return blocks_of(self._connection, self._tables[head.name], head.columns, self._account_id)


@contextmanager
def snapshot(engine: Engine, account_id: AccountId | None = None, blobs: Blobs | None = None) -> Generator[Saving]:
    """Open a snapshot of the database, or an account in it, whatever is written meanwhile; it holds up no writer on either database.

    With `blobs` the content of files belongs to it.
    """
    with in_plain_words(engine), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield Saving(connection, account_id, blobs)


def blocks_of(
    connection: Connection, table: Table, columns: Sequence[str], account_id: AccountId | None = None
) -> Iterator[Block]:
    """Yield the rows of a table, or an account's rows of it, while they are read, with values in the order of the columns."""
    query = rows_of(table, account_id).with_only_columns(*(table.columns[name] for name in columns))
    with connection.execute(query, execution_options={"yield_per": BLOCK}) as found:
        for rows in found.partitions():
            yield block_of(str(table.name), [tuple(row) for row in rows])


def _head(table: Table, rows: int) -> TableHead:
    """Describe a table with plain texts for names; the database's own remember how they are quoted."""
    return TableHead(str(table.name), [str(column.name) for column in table.columns], rows)
