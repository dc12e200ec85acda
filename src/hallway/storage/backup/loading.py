"""Loading: put rows into empty tables in the quickest way of each database, and count them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table
from sqlalchemy.exc import DataError, IntegrityError

from hallway.domain.ids import AccountId
from hallway.storage.backup.form import UNREADABLE, Block, Content, DamagedBackup, TableHead
from hallway.storage.backup.saving import blocks_of
from hallway.storage.backup.tables import columns_of, copy_rows, count, own_tables
from hallway.storage.migrate import migrate_to

UNFIT = (DataError, IntegrityError, OverflowError)
"""What a database or its driver raises for a value that it does not take; the last one for SQLite and large numbers."""

Watch = Callable[[int], object]


def load(connection: Connection, content: Content, watch: Watch) -> None:
    """Make the tables of the content's revision, insert all rows, and count them again. Raises DamagedBackup."""
    migrate_to(connection, content.head.revision)
    loaders = loaders_of(connection, content.head.tables)
    for block in content.blocks():
        loaders[block.table].load(block)
        watch(block.rows)
    for head in content.head.tables:
        loaders[head.name].require(head.rows)


def loaders_of(connection: Connection, heads: Sequence[TableHead]) -> Mapping[str, "Loader"]:
    """Return a loader for each of these tables. Raises DamagedBackup for tables and columns that are not there."""
    tables = {table.name: table for table in own_tables(connection)}
    for head in heads:
        _require(tables, head)
    return {head.name: Loader(connection, tables[head.name], head.columns) for head in heads}


def _require(tables: Mapping[str, Table], head: TableHead) -> None:
    """Raise DamagedBackup for a table or columns that the backup's own revision does not have."""
    known = tables[head.name].columns.keys() if head.name in tables else ()
    if not head.columns or not set(head.columns) <= set(known):
        message = f"Its table {head.name} has columns that don't belong to its schema. Nothing was changed."
        raise DamagedBackup(message)


class Loader:
    """Puts rows into one table, in the quickest way of each database."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str]) -> None:
        """Take rows whose values stand in the order of `columns`."""
        self._connection = connection
        self._table = table
        self._columns = columns
        kinds: Any = tuple(_kind(table.columns[name]) for name in columns)
        self._decoder: msgspec.json.Decoder[tuple[Any, ...]] = msgspec.json.Decoder(tuple[kinds])

    def load(self, block: Block) -> None:
        """Insert the rows of a block. Raises DamagedBackup."""
        driver = self._connection.dialect.loaded_dbapi
        try:
            self._insert(block)
        except (*UNREADABLE, *UNFIT, driver.DataError, driver.IntegrityError) as wrong:
            reason = next(iter(str(wrong).splitlines()), repr(wrong))
            message = f"A row of {self._table.name} can't be restored: {reason}. Nothing was changed."
            raise DamagedBackup(message) from wrong

    def require(self, rows: int, account_id: AccountId | None = None) -> None:
        """Raise DamagedBackup unless the table has that many rows, or that many of an account."""
        restored = count(self._connection, self._table, account_id)
        if restored != rows:
            message = f"Of {self._table.name}, {rows} rows were saved and {restored} restored. Nothing was changed."
            raise DamagedBackup(message)

    def blocks(self) -> Iterator[Block]:
        """Read back the rows that are there."""
        return blocks_of(self._connection, self._table, self._columns)

    def _insert(self, block: Block) -> None:
        rows = self._decoder.decode_lines(block.lines)
        if self._connection.dialect.name == "postgresql":
            copy_rows(self._connection, self._table, self._columns, rows)
        else:
            into, marks = columns_of(self._connection, self._table, self._columns), ", ".join("?" * len(rows[0]))
            self._connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - names of our tables


def _kind(column: Column[Any]) -> Any:
    """Return the Python type of the column's values, which is how they stand in the backup."""
    kind = column.type.python_type
    return kind | None if column.nullable else kind
