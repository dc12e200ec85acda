"""The move from SQLite to PostgreSQL: all is copied while Hallway serves, and what is new while nobody can write.

Whatever ends it before its last moment leaves SQLite as it was. What was copied stays, and the next try goes on there.
"""

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, select

from hallway.storage.backup.tables import NothingHere, count, in_plain_words, is_installed
from hallway.storage.finding import Finding, Verdict
from hallway.storage.migrate import NEWEST, refuse_newer, revision_of
from hallway.storage.moved import departure, finish_move, leave, refuse_moved, unfinished_move
from hallway.storage.moving.copying import Copying, Watch
from hallway.storage.moving.target import Target, target_in
from hallway.storage.schema import account, metadata

LONGEST_WAIT = 60
"""Seconds in which those who write to SQLite leave a gap, even when they are many."""


class OlderSchema(Exception):  # noqa: N818 - says what is the matter
    """The database waits for a start of the present Hallway."""


class Move:
    """A move that was begun. Between its steps Hallway serves from SQLite; after `finish` it does no more."""

    def __init__(self, source: Engine, target: Target, place: str) -> None:
        """`place` is the address of the target, without a password."""
        self.place = place
        self._source = source
        self._target = target

    def copy(self, watch: Watch) -> None:
        """Copy what is not there yet, and compare what is; `watch` hears of the rows. Raises Unfit, Unequal."""
        self._everything(watch)
        self._target.settle()

    def compare(self, watch: Watch) -> Sequence[Finding]:
        """Compare all once more, and examine it; what is found to be broken is so in SQLite, too. Raises Unequal."""
        self._everything(watch)
        return [finding for finding in self._target.examined() if finding.verdict is Verdict.PROBLEM]

    def catch_up(self) -> float:
        """Copy what is new; the seconds that took, and would take again. Raises Unfit, Unequal."""
        began = time.monotonic()
        with self._source.connect() as snapshot:
            Copying(snapshot, self._target, int).news()
        return time.monotonic() - began

    def finish(self) -> float:
        """Copy the last news while nobody can write, and leave SQLite; the seconds that took. Raises Unfit, Unequal.

        PostgreSQL has all that anybody was answered before SQLite refuses what comes then.
        """
        with locked(self._source) as source:
            began = time.monotonic()
            Copying(source, self._target, int).news()
            leave(source, self._target.move, self.place)
        seconds = time.monotonic() - began
        self._target.open()
        return seconds

    def _everything(self, watch: Watch) -> None:
        with self._source.connect() as snapshot:
            Copying(snapshot, self._target, watch).everything()


@contextmanager
def moving(source: Engine, target: Engine) -> Generator[Move]:
    """A move from SQLite to PostgreSQL, begun or gone on with.

    Raises NothingHere, OlderSchema, Moved, NotEmpty, InUse, SchemaTooNew, StoreUnavailable.
    """
    with in_plain_words(source, target):
        with source.connect() as connection:
            refuse_moved(connection)
            require_present_schema(connection)
            if not is_installed(connection):
                message = "Hallway isn't set up in this database, so there is nothing to move."
                raise NothingHere(message)
            accounts = connection.execute(select(account.c.id)).scalars().all()
        with target_in(target, accounts) as opened:
            yield Move(source, opened, place_of(target))


def was_finished(source: Engine, target: Engine) -> bool:
    """Do what is left where SQLite was left already, and the end came before PostgreSQL was opened; whether it was so."""
    with in_plain_words(source, target), source.connect() as old, target.connect() as new, new.begin():
        left = departure(old)
        if left is None or left.move != unfinished_move(new):
            return False
        finish_move(new)
        return True


@contextmanager
def locked(engine: Engine) -> Generator[Connection]:
    """SQLite, while nobody else can write; what is written takes effect at the end."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")
        connection.execution_options(is_writing=True)
        with connection.begin():
            yield connection


def require_present_schema(connection: Connection) -> None:
    """Raise OlderSchema or SchemaTooNew when the tables are not those of this Hallway."""
    refuse_newer(connection)
    present = revision_of(connection)
    if present not in {None, NEWEST}:
        message = f"The database has an older schema, {present}. Restart Hallway first to update it."
        raise OlderSchema(message)


def rows_in(engine: Engine) -> int:
    """How many rows there are, in all tables. Raises StoreUnavailable."""
    with in_plain_words(engine), engine.connect() as connection:
        return sum(count(connection, table) for table in metadata.sorted_tables)


def place_of(engine: Engine) -> str:
    """The address of a database, without a password."""
    return engine.url.set(drivername="postgresql", password=None, query={}).render_as_string()
