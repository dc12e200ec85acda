"""The tables of Hallway as they are in a database, of whatever revision: all hang on the account."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, MetaData, Select, Table, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from hallway.domain.ids import AccountId
from hallway.storage.engines import NoDatabaseUrl, open_engine
from hallway.usecases.transaction import StoreUnavailable

ROOT = "account"


class NothingHere(Exception):  # noqa: N818 - says what is the matter
    """There is no installation where the settings point to."""


def own_tables(connection: Connection) -> list[Table]:
    """Return Hallway's tables, each after those that it points to, without others that share the database."""
    found = MetaData()
    found.reflect(connection)
    own: dict[str, Table] = {}
    for table in found.sorted_tables:
        if table.name == ROOT or any(key.column.table.name in own for key in table.foreign_keys):
            own[table.name] = table
    return list(own.values())


def rows_of(table: Table, account_id: AccountId | None) -> Select[Any]:
    """Select an account's rows of a table, or all."""
    query = select(table)
    return query if account_id is None else query.where(whose(table) == account_id)


def whose(table: Table) -> ColumnElement[Any]:
    """Return the column that says whose a row is."""
    return table.c.id if table.name == ROOT else table.c.account_id


def count(connection: Connection, table: Table, account_id: AccountId | None = None) -> int:
    """Count the rows of a table, or an account's rows of it."""
    rows = rows_of(table, account_id).with_only_columns(func.count(), maintain_column_froms=True)
    return connection.execute(rows).scalar_one()


def is_installed(connection: Connection) -> bool:
    """Return whether somebody has set up Hallway in the database."""
    return any(table.name == ROOT and count(connection, table) for table in own_tables(connection))


def copy_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Put rows into a table of PostgreSQL, in its quickest way."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY {columns_of(connection, table, columns)} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def columns_of(connection: Connection, table: Table, columns: Sequence[str]) -> str:
    """Write in SQL where values go: the table, and its columns in their order."""
    quote = connection.dialect.identifier_preparer
    return f"{quote.format_table(table)} ({', '.join(map(quote.quote, columns))})"


@contextmanager
def database_at(url: str, *, may_be_new: bool = False) -> Generator[Engine]:
    """Open an engine while the context lasts. Raises NothingHere when there is no file, unless it may be new."""
    if not may_be_new and not is_there(url):
        message = f"There is no database at {database_file(url)}. Check that the settings point to the right folder."
        raise NothingHere(message)
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def is_there(url: str) -> bool:
    """Return whether there is a database to look at, which may be empty. Raises NoDatabaseUrl."""
    file = database_file(url)
    return file is None or file.is_file()


def database_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL. Raises NoDatabaseUrl."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise NoDatabaseUrl from None
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


@contextmanager
def in_plain_words(*engines: Engine) -> Generator[None]:
    """Raise the errors of these databases and their drivers as StoreUnavailable, with a reason of a single line."""
    complaints = (DBAPIError, *(engine.dialect.loaded_dbapi.Error for engine in engines))
    try:
        yield
    except complaints as failure:
        reason = failure.orig if isinstance(failure, DBAPIError) else failure
        message = f"The database did not answer: {next(iter(str(reason).splitlines()), repr(reason))}"
        raise StoreUnavailable(message) from failure
