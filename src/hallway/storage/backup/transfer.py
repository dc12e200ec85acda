"""Copying an installation into an empty database: a backup that is restored while it is made, without a file.

The source is only read, and the target has everything or nothing: whatever ends a transfer before its commit leaves both
as they were (docs/decisions/0038).
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import islice
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, Table

from hallway.storage.backup.form import Block, Head, TableHead
from hallway.storage.backup.loading import Loader, Watch, load, loaders_of
from hallway.storage.backup.restoring import InUse, emptied, has_others
from hallway.storage.backup.saving import Saving
from hallway.storage.backup.tables import in_plain_words, own_tables
from hallway.storage.migrate import migrate_to

LONGEST_WAIT = 60
"""Seconds in which those who write to SQLite leave a gap, even when they are many."""
SAMPLE = 10
"""Blocks of a table that are copied on trial."""
SLOWER = 1.5
"""How much longer a row takes among millions than on trial: its references are looked up, and indexes outgrow the cache."""


class Unequal(Exception):  # noqa: N818 - says what is the matter
    """The rows that are read back are not those that were written."""


class Transfer:
    """A copy of everything, on its way into `target`."""

    def __init__(self, source: Saving, target: Connection) -> None:
        """Prepare to copy; nothing is copied yet."""
        self.head: Head = source.head
        self._source = source
        self._target = target
        self._digests = Counter[str]()

    def copy(self, watch: Watch) -> None:
        """Write all rows; `watch` hears of them. Raises DamagedBackup."""
        load(self._target, self, watch)

    def blocks(self) -> Iterator[Block]:
        """Yield all rows of the source, and keep their digest."""
        for block in self._source.blocks():
            self._digests[block.table] += digest(block)
            yield block

    def check(self, watch: Watch) -> None:
        """Read everything back and compare; `watch` hears of the rows. Raises Unequal."""
        for name, loader in loaders_of(self._target, self.head.tables).items():
            found = 0
            for block in loader.blocks():
                found += digest(block)
                watch(block.rows)
            if found != self._digests[name]:
                message = f"The rows of {name} differ from those that were written. Nothing was changed."
                raise Unequal(message)


def digest(block: Block) -> int:
    """Return the sum of the rows' digests: the same in whatever order the rows come."""
    rows = block.lines.split(b"\n")[:-1]
    return sum(int.from_bytes(blake2b(row, digest_size=16).digest()) for row in rows)


@contextmanager
def held(engine: Engine) -> Generator[Saving]:
    """Hold an installation so that people can read it and nobody can change it.

    Raises NothingHere, SchemaTooNew, StoreUnavailable; InUse where it is in PostgreSQL and served.
    """
    with in_plain_words(engine), engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")
            connection.execution_options(is_writing=True)
        elif has_others(connection):
            raise InUse
        with connection.begin():
            if connection.dialect.name == "postgresql":
                _lock_tables(connection)
            yield Saving(connection)


def _lock_tables(connection: Connection) -> None:
    quote = connection.dialect.identifier_preparer
    for table in own_tables(connection):
        connection.exec_driver_sql(f"LOCK TABLE {quote.format_table(table)} IN SHARE MODE")


class _TrialOverError(Exception):
    """Takes back what a trial wrote."""


def estimated_seconds(source: Saving, target: Engine) -> float:
    """Estimate the time to copy and check everything, in seconds, by copying the first rows of each table; nothing stays of that.

    Raises NotEmpty, InUse, DamagedBackup, StoreUnavailable.
    """
    seconds = 0.0
    with suppress(_TrialOverError), emptied(target, replaces=False) as connection:
        migrate_to(connection, source.head.revision)
        tables = own_tables(connection)
        loaders = loaders_of(connection, source.head.tables)
        _drop_references(connection, tables)
        seconds = SLOWER * sum(_tried(source, head, loaders[head.name]) for head in source.head.tables)
        raise _TrialOverError
    return seconds


def _tried(source: Saving, head: TableHead, loader: Loader) -> float:
    """Estimate the seconds that a table will take."""
    began, tried = perf_counter(), 0
    for block in islice(source.rows_of(head), SAMPLE):
        loader.load(block)
        tried += block.rows
    for block in islice(loader.blocks(), SAMPLE):
        digest(block)
    return (perf_counter() - began) * head.rows / max(tried, 1)


def _drop_references(connection: Connection, tables: Iterable[Table]) -> None:
    """Let the first rows of a table point to rows of others that are not on trial."""
    if connection.dialect.name == "postgresql":
        quote = connection.dialect.identifier_preparer
        for table in tables:
            for key in table.foreign_key_constraints:
                drop = f"ALTER TABLE {quote.format_table(table)} DROP CONSTRAINT {quote.quote(str(key.name))}"
                connection.exec_driver_sql(drop)
