"""Engines: how both databases are connected to, with the settings that durability asks for."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import QueuePool


class NoDatabaseUrl(Exception):  # noqa: N818 - says what is the matter
    """The address of the database cannot be used; it may hold a password, so it is not repeated."""

    def __init__(self) -> None:
        """Say what an address looks like."""
        super().__init__("The database address must look like sqlite:///path or postgresql://user:password@host/name.")


READERS = 4
"""How many reading transactions run at the same time."""
RESTED = 1.0
"""Seconds after which a connection to PostgreSQL is asked whether it is still there before it is used."""


def open_engine(url: str) -> Engine:
    """Open an engine with the settings that durability asks for: WAL and a full sync on SQLite.

    Its errors are logged, and so do not show the parameters: what somebody wrote or searched for.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise NoDatabaseUrl from None
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(Path(parsed.database or "hallway.db"))
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise NoDatabaseUrl
    parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, pool_size=READERS + 1, max_overflow=2, hide_parameters=True)
    event.listen(engine, "connect", _take_ids_as_texts)
    event.listen(engine, "connect", _plan_once)
    trust = _Trust(engine)
    event.listen(engine, "checkin", trust.note_rest)
    event.listen(engine, "invalidate", trust.note_loss)
    event.listen(engine, "checkout", trust.ask)
    return engine


def _take_ids_as_texts(connection: Any, _: Any) -> None:
    from psycopg.types.string import TextLoader  # noqa: PLC0415 - SQLAlchemy loads it, and only with PostgreSQL

    connection.adapters.register_loader("uuid", TextLoader)


def _plan_once(connection: Any, _: Any) -> None:
    """Plan a statement once: all go by keys, whatever the values, and planning the list takes ten times as long as reading it."""
    connection.autocommit = True
    connection.execute("SET plan_cache_mode = force_generic_plan")
    # Plans are made while tables may still be small, and must be good when they have grown.
    for reading_it_all in ("seqscan", "hashjoin", "mergejoin"):
        connection.execute(f"SET enable_{reading_it_all} = off")
    connection.autocommit = False


class _Trust:
    """Decides which connections are tested before use: a test costs a way to the database and back."""

    def __init__(self, engine: Engine) -> None:
        """Begin with no connection lost."""
        self._dialect = engine.dialect
        self._lost = float("-inf")

    def note_rest(self, _: Any, record: Any) -> None:
        record.info["since"] = time.monotonic()

    def note_loss(self, *_: Any) -> None:
        """Note that a connection is gone, as the others may be, too."""
        self._lost = time.monotonic()

    def ask(self, connection: Any, record: Any, _: Any) -> None:
        """Test a connection unless it was used just now, and none was lost since. The pool replaces a connection that is gone."""
        now = time.monotonic()
        since = record.info.get("since", now)
        if now - since < RESTED and since > self._lost:
            return
        try:
            self._dialect.do_ping(connection)
        except self._dialect.loaded_dbapi.Error as failure:
            raise DisconnectionError from failure


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"check_same_thread": False, "timeout": 5.0},
        poolclass=QueuePool,
        pool_size=READERS + 1,
        max_overflow=2,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Set up each new connection: transactions are begun by us, and the texts of every script compare without case."""
    connection.isolation_level = None
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "wal_autocheckpoint=10000",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _lower(text: str | float | bytes | None) -> str | int | float | bytes | None:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Connection) -> None:
    """Begin a transaction: at once if it writes, else deferred, a snapshot from its first read on."""
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
