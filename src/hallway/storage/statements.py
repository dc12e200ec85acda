"""What several query modules need of SQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, insert, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ColumnElement

T = TypeVar("T")

CHUNK = 500
"""How many values one IN list holds: SQLite refuses statements with too many variables."""


def chunks(values: Iterable[T]) -> Iterable[list[T]]:
    """`values` in lists short enough for one statement."""
    rest = list(values)
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, in one statement executed many times."""
    if rows:
        connection.execute(insert(table), list(rows))


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those rows whose key is not there yet."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def replace_one(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or put it in the place of the one with its key."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key.columns]
    changes = {name: value for name, value in row.items() if name not in keys}
    connection.execute(dialect.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes))


def behind(columns: tuple[ColumnElement[Any], ColumnElement[Any]], after: tuple[str, str]) -> ColumnElement[bool]:
    """Rows behind the key `after` in the order of two columns."""
    return tuple_(*columns) > after
