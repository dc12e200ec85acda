"""The two marks of a move to PostgreSQL: one on the SQLite database that was left, one on what is not all there yet.

Whoever starts looks for them, so that nobody serves what others have gone on with elsewhere, or half of something
(docs/decisions/0017).
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, Text, inspect, select
from sqlalchemy.exc import IntegrityError

from hallway.storage.moments import from_micros, to_micros
from hallway.storage.schema import metadata

_marks = MetaData()
_moved_to = Table(
    "moved_to",
    _marks,
    Column("move", String(36), nullable=False),
    Column("place", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
_unfinished_move = Table("unfinished_move", _marks, Column("move", String(36), nullable=False))

_CHANGES = ("INSERT", "UPDATE", "DELETE")
_REFUSAL = "This installation was moved to PostgreSQL. Start Hallway there."


class Moved(Exception):  # noqa: N818 - says what is the matter
    """The installation is in PostgreSQL now."""


class UnfinishedMove(Exception):  # noqa: N818 - says what is the matter
    """The installation is still in SQLite; not all of it is here."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "An installation is being moved into this database. Finish the move with hallway migrate-store."
        )


@dataclass(frozen=True, slots=True)
class Departure:
    """Which move it was, to where (an address without a password), and when."""

    move: str
    place: str
    at: datetime


def refuse_moved(connection: Connection) -> None:
    """Raise Moved where SQLite was left, UnfinishedMove where PostgreSQL is not ready."""
    if connection.dialect.name == "sqlite":
        left = departure(connection)
        if left is not None:
            message = f"This installation was moved to {left.place} on {left.at:%Y-%m-%d}. Set HALLWAY_DATABASE to it."
            raise Moved(message)
    elif unfinished_move(connection) is not None:
        raise UnfinishedMove


def departure(connection: Connection) -> Departure | None:
    """Where a SQLite database was moved to, if it was."""
    if not inspect(connection).has_table(_moved_to.name):
        return None
    move, place, at = connection.execute(select(_moved_to)).one()
    return Departure(move, place, from_micros(at))


def leave(connection: Connection, move: str, place: str) -> None:
    """From the end of this transaction on, SQLite refuses every change, whoever asks for it."""
    _moved_to.create(connection)
    at = to_micros(datetime.now(UTC))
    connection.execute(_moved_to.insert(), {"move": move, "place": place, "at": at})
    for trigger, change, table in _triggers():
        action = f"SELECT RAISE(ABORT, '{_REFUSAL}')"
        connection.exec_driver_sql(f'CREATE TRIGGER {trigger} BEFORE {change} ON "{table}" BEGIN {action}; END')


def come_back(connection: Connection) -> None:
    """SQLite takes changes again."""
    for trigger, _, _ in _triggers():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    _moved_to.drop(connection, checkfirst=True)


def _triggers() -> Iterator[tuple[str, str, str]]:
    """The name of each, what it refuses, and in which table."""
    for table in metadata.sorted_tables:
        for change in _CHANGES:
            yield f"moved_{change.lower()}_{table.name}", change, table.name


def was_refused(failure: IntegrityError) -> bool:
    """Whether it is the refusal of a database that was left; no other trigger is ours."""
    return getattr(failure.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_TRIGGER


def unfinished_move(connection: Connection) -> str | None:
    """Which move into this database is not finished, if one is not."""
    if not inspect(connection).has_table(_unfinished_move.name):
        return None
    return connection.execute(select(_unfinished_move.c.move)).scalar_one()


def begin_move(connection: Connection, move: str) -> None:
    """Until it is finished nobody starts over this database."""
    _unfinished_move.create(connection)
    connection.execute(_unfinished_move.insert(), {"move": move})


def finish_move(connection: Connection) -> None:
    """All is there."""
    _unfinished_move.drop(connection, checkfirst=True)


def forget_moves(connection: Connection) -> None:
    """Something else takes the place of what is in this database; its tables are gone, and their triggers with them."""
    _marks.drop_all(connection)
