"""What several query modules need of SQL: statements that are built once, and many rows in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Dialect, Select, Table, Text, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import String, TypeEngine

from hallway.storage.lists import array_given, as_array, json_given

Row = Mapping[str, Any]


class Prepared:
    """A statement that is built once and executed for every message: its text goes straight to the driver."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        """Keep a statement, which is compiled for each database when it is first used there."""
        self._statement = statement
        self._names = tuple(statement.selected_columns.keys())
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """Return all rows, for the statement's parameters by name."""
        compiled = self._compiled.get(connection.dialect.name) or self._compile(connection.dialect)
        return _asked(connection, compiled.text, compiled.values(parameters))

    def mappings(self, connection: Connection, parameters: Mapping[str, Any]) -> Iterable[Row]:
        """Return all rows, each by its columns' names."""
        return (dict(zip(self._names, row, strict=True)) for row in self.rows(connection, parameters))

    def _compile(self, dialect: Dialect) -> "_Compiled":
        found = self._statement.compile(dialect=dialect)
        usual = found.construct_params(_check=False)
        compiled = self._compiled[dialect.name] = _Compiled(str(found), usual, found.positiontup)
        return compiled


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement's text, and its parameters by name; where they have no names in it, `order` says how they follow."""

    text: str
    usual: Mapping[str, Any]
    order: Sequence[str] | None

    def values(self, parameters: Mapping[str, Any]) -> Mapping[str, Any] | Sequence[Any]:
        if self.order is None:
            return {**self.usual, **{name: array_given(one) for name, one in parameters.items()}}
        given = {name: json_given(one) for name, one in parameters.items()}
        return [given[name] if name in given else self.usual[name] for name in self.order]


# SQLAlchemy's own work for an execution costs more than what SQLite does in it. What is done for every message goes to
# the driver without it, and what goes wrong there is told as SQLAlchemy would.


def _asked(connection: Connection, text: str, values: Any) -> list[Any]:
    """Execute a query, and return all its rows."""
    driver = _driver(connection)
    try:
        return driver.execute(text, values).fetchall()
    except connection.dialect.loaded_dbapi.Error as failure:
        raise _as_sqlalchemy_error(connection, text, failure) from failure


def _done(connection: Connection, text: str, rows: Sequence[Sequence[Any]]) -> None:
    """Execute a statement for many rows: SQLite takes one after the other, PostgreSQL a list for each column."""
    driver = _driver(connection)
    try:
        if connection.dialect.name == "postgresql":
            driver.execute(text, tuple(map(as_array, zip(*rows, strict=True))))
        else:
            driver.executemany(text, rows)
    except connection.dialect.loaded_dbapi.Error as failure:
        raise _as_sqlalchemy_error(connection, text, failure) from failure


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _as_sqlalchemy_error(connection: Connection, text: str, failure: Exception) -> BaseException:
    """Put a failure into SQLAlchemy's words; invalidate a lost connection, so that it is not given to whoever comes next."""
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(failure, connection.connection, None)  # type: ignore[arg-type]  # any exception will do
    if is_lost:
        connection.invalidate(failure)
    return DBAPIError.instance(
        text,
        None,
        failure,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    )


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, which have a value for every column."""
    if rows:
        names = tuple(table.c.keys())
        _execute(connection, _insert_text(table, connection.dialect.name), names, rows)


def put_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, which have a value for every column and keys of their own, or replace those that are there."""
    if rows:
        _execute(connection, _put_text(table, connection.dialect.name), tuple(table.c.keys()), rows)


def update_all(
    connection: Connection, table: Table, keys: tuple[str, ...], changed: tuple[str, ...], rows: Sequence[Row]
) -> None:
    """Update the `changed` columns of rows found by `keys`."""
    if rows:
        text = _update_text(table, keys, changed, connection.dialect.name)
        _execute(connection, text, (*changed, *keys), rows)


def _execute(connection: Connection, text: str, names: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Execute a statement for rows whose values need no change, and of which there may be thousands."""
    _done(connection, text, [itemgetter(*names)(row) for row in rows])


@cache
def _insert_text(table: Table, dialect: str) -> str:
    name, columns = _quoted(table.name), ", ".join(map(_quoted, table.c.keys()))
    if dialect == "postgresql":
        return f"INSERT INTO {name} ({columns}) SELECT * FROM {_unnested(table, table.c.keys())}"  # noqa: S608 - ours
    return f"INSERT INTO {name} ({columns}) VALUES ({', '.join('?' for _ in table.c)})"  # noqa: S608 - as above


@cache
def _put_text(table: Table, dialect: str) -> str:
    keys = ", ".join(_quoted(one.name) for one in table.primary_key.columns)
    others = [_quoted(one.name) for one in table.columns if not one.primary_key]
    clash = f"ON CONFLICT ({keys}) DO UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in others)}"
    return f"{_insert_text(table, dialect)} {clash}"


@cache
def _update_text(table: Table, keys: tuple[str, ...], changed: tuple[str, ...], dialect: str) -> str:
    name = _quoted(table.name)
    if dialect == "postgresql":
        sets = ", ".join(f"{one} = given.{one}" for one in changed)
        same = " AND ".join(f"{name}.{one} = given.{one}" for one in keys)
        source = _unnested(table, (*changed, *keys))
        return f"UPDATE {name} SET {sets} FROM {source} WHERE {same}"  # noqa: S608 - the names are the schema's
    sets, same = (joint.join(f"{one} = ?" for one in part) for joint, part in ((", ", changed), (" AND ", keys)))
    return f"UPDATE {name} SET {sets} WHERE {same}"  # noqa: S608 - as above


def _unnested(table: Table, names: Iterable[str]) -> str:
    """Write lists as rows in SQL; the drivers' placeholders stand in the order of the names."""
    arrays = ", ".join(f"%s::{_array_of(table.c[one].type)}" for one in names)
    return f"unnest({arrays}) AS given ({', '.join(map(_quoted, names))})"


def _array_of(item: TypeEngine[Any]) -> str:
    """Return the type of a column's values in a list. Texts go without their length: a cast would cut them in silence."""
    whole = Text() if isinstance(item, String) else item
    return f"{whole.compile(postgresql.dialect())}[]"


def _quoted(name: str) -> str:
    return f'"{name}"'


def insert_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows whose key is not there yet."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def replace_one(connection: Connection, table: Table, row: Row) -> None:
    """Insert a row, or replace the row with its key."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key.columns]
    changes = {name: value for name, value in row.items() if name not in keys}
    connection.execute(dialect.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes))


def behind(columns: tuple[ColumnElement[Any], ColumnElement[Any]], after: tuple[str, str]) -> ColumnElement[bool]:
    """Match the rows behind the key `after` in the order of two columns."""
    return tuple_(*columns) > after
