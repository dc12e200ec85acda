"""Lists as one parameter of a statement: an array on PostgreSQL, JSON on SQLite.

A statement's text is the same however many values it is given, so that both databases and SQLAlchemy plan it once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Dialect, Select, Table, Text, TypeDecorator, and_, bindparam, column, func, select, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import NullType, TypeEngine


def json_given(value: Any) -> Any:
    """Encode a list as SQLite takes it, as JSON, and keep any other value."""
    return msgspec.json.encode(value).decode() if isinstance(value, list) else value


def array_given(value: Any) -> Any:
    """Encode a list as PostgreSQL takes it, as an array, and keep any other value."""
    return as_array(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType]


def as_array(values: Iterable[Any]) -> str:
    """Encode a list as PostgreSQL reads it, https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO.

    psycopg would look at each value twice, which was a sixth of what a message cost.
    """
    return f"{{{','.join([_ELEMENTS[type(one)](one) for one in values])}}}"


def _quoted_element(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_ELEMENTS: Mapping[type, Callable[[Any], str]] = {
    str: _quoted_element,
    int: str,
    bool: str,
    bytes: lambda value: f'"\\\\x{value.hex()}"',
    type(None): lambda _: "NULL",
}


class _List(TypeDecorator[Any]):
    """A list of values as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return postgresql.ARRAY(self.item) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json_given(value)


class _OneOf(FunctionElement[Any]):
    """A test whether a column holds a value of a list. Not of type Boolean: SQLite would be asked for `… = 1`."""

    inherit_cache = True
    type = NullType()


@compiles(_OneOf, "postgresql")
def _any(element: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **more)} = ANY ({compiler.process(values, **more)})"


@compiles(_OneOf, "sqlite")
def _in_json(element: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    column, values = element.clauses
    given_values = f"json_each({compiler.process(values, **more)})"
    return f"{compiler.process(column, **more)} IN (SELECT value FROM {given_values})"  # noqa: S608 - a parameter


def one_of(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Test whether the column holds any of the values, however many there are."""
    return _OneOf(column, bindparam(None, list(values), _List(column.type)))


def one_of_those(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Test whether the column holds a value of the list that a statement, built once, gets under this name at each execution."""
    return _OneOf(column, bindparam(name, type_=_List(column.type)))


class Given:
    """Rows given to a statement that is built once, to join with tables: `source`, with `columns` of those types."""

    def __init__(self, dialect: str, *columns: Column[Any]) -> None:
        """Let the rows' values stand for these columns of tables."""
        self.is_postgres = dialect == "postgresql"
        self._names = [one.name for one in columns]
        if self.is_postgres:
            arrays = (bindparam(f"given_{one.name}", type_=_List(one.type)) for one in columns)
            source = func.unnest(*arrays).table_valued(*(column(one.name, one.type) for one in columns))
            self.source: TableValuedAlias = source.render_derived(name="given")
            self.columns: list[ColumnElement[Any]] = [self.source.c[name] for name in self._names]
        else:
            rows = bindparam("given", type_=_List(Text()))
            self.source = func.json_each(rows).table_valued("value", name="given")
            self.columns = [func.json_extract(self.source.c.value, f"$[{index}]") for index, _ in enumerate(columns)]

    def one_each(self, table: Table, *same: ColumnElement[bool]) -> Select[Any]:
        """Select a table's row for each given row, if it exists: `same` are equalities that leave a single row at most.

        PostgreSQL is told so. It keeps the plan of a statement, and where it knows nothing yet of a young table it would
        rather read all of an account than look each row up.
        """
        if not self.is_postgres:
            return select(table).select_from(self.source).join(table, and_(*same))
        one = select(table).where(*same).limit(1).lateral(table.name)
        return select(one).select_from(self.source.join(one, true()))

    def values(self, rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
        """Return the parameters that hold the rows."""
        found = list(rows)
        if not self.is_postgres:
            return {"given": found}
        return {f"given_{name}": [row[index] for row in found] for index, name in enumerate(self._names)}
