"""The store over SQL: engines, transactions, savepoints. One implementation for SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from hallway.domain.events import Event
from hallway.storage.accounts import SqlAccounts
from hallway.storage.conversations import SqlConversations
from hallway.storage.courses import SqlCourses
from hallway.storage.departments import SqlDepartments
from hallway.storage.messages import SqlMessages
from hallway.storage.migrate import upgrade
from hallway.storage.people import SqlPeople
from hallway.storage.sessions import SqlSessions
from hallway.storage.trainings import SqlTrainings
from hallway.usecases.ports import Outcome, StoreUnavailable, Transaction

T = TypeVar("T")

READERS = 4
"""How many reading transactions run at the same time."""


class SqlTransaction:
    """`ports.Transaction` over one connection."""

    def __init__(self, connection: Connection, *, is_writing: bool) -> None:
        """Open the query modules over the connection."""
        self.accounts = SqlAccounts(connection)
        self.people = SqlPeople(connection)
        self.departments = SqlDepartments(connection)
        self.courses = SqlCourses(connection)
        self.trainings = SqlTrainings(connection)
        self.conversations = SqlConversations(connection, locks=is_writing)
        self.messages = SqlMessages(connection)
        self.sessions = SqlSessions(connection)
        self.events: list[Event] = []

    def announce(self, happened: Event) -> None:
        """Keep an event until after the commit."""
        self.events.append(happened)


class SqlStore:
    """`ports.Store` over an engine."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine whose database has the present schema."""
        self._engine = engine

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a snapshot."""
        with _as_unavailable(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            return work(SqlTransaction(connection, is_writing=False))

    def write(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence[Outcome[T]]:
        """Run `works` in one transaction, each in its own savepoint, and commit once."""
        try:
            with _as_unavailable(), self._engine.connect() as connection:
                _begin_writing(connection)
                outcomes = [_attempt(connection, work) for work in works]
                connection.commit()
                return outcomes
        except StoreUnavailable as failure:
            return [Outcome(None, (), failure) for _ in works]

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def open_store(url: str) -> SqlStore:
    """The store at `sqlite:///path` or `postgresql://…`, brought to the present schema first.

    Raises StoreUnavailable when the database cannot be reached, SchemaTooNew when a newer Hallway wrote it.
    """
    engine = open_engine(url)
    with _as_unavailable():
        upgrade(engine)
    return SqlStore(engine)


def open_engine(url: str) -> Engine:
    """An engine with the settings that durability asks for: WAL and a full sync on SQLite."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(Path(parsed.database or "hallway.db"))
    parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_size=READERS + 1, max_overflow=2, pool_pre_ping=True)


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"check_same_thread": False, "timeout": 5.0},
        poolclass=QueuePool,
        pool_size=READERS + 1,
        max_overflow=2,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Each new connection: transactions are begun by us, and the texts of every script compare without case."""
    connection.isolation_level = None
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "wal_autocheckpoint=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Connection) -> None:
    """A deferred transaction: a snapshot from its first read on."""
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take SQLite's one write lock at once, so that nothing read before it can be stale."""
    connection.execution_options(is_writing=True)
    connection.begin()


def _attempt(connection: Connection, work: Callable[[Transaction], T]) -> Outcome[T]:
    """One work in its savepoint: what it raises undoes it alone. A lost database undoes everything."""
    tx = SqlTransaction(connection, is_writing=True)
    savepoint = connection.begin_nested()
    try:
        value = work(tx)
        savepoint.commit()
    except SQLAlchemyError as failure:
        if isinstance(failure, DBAPIError) and failure.connection_invalidated:
            raise
        savepoint.rollback()
        return Outcome(None, (), _unavailable(failure))
    except Exception as failure:  # noqa: BLE001 - handed to the one who asked, as the outcome of this work
        savepoint.rollback()
        return Outcome(None, (), failure)
    return Outcome(value, tuple(tx.events))


@contextmanager
def _as_unavailable() -> Iterator[None]:
    """The database's own errors, in the words of the ports."""
    try:
        yield
    except (DBAPIError, SQLAlchemyError) as failure:
        raise _unavailable(failure) from failure


def _unavailable(failure: SQLAlchemyError) -> StoreUnavailable:
    reason = failure.orig if isinstance(failure, DBAPIError) else failure
    return StoreUnavailable(f"The database did not answer: {str(reason).splitlines()[0] if str(reason) else reason!r}")
