"""The way back to SQLite, for as long as nothing was written in PostgreSQL."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, true

from hallway.storage.backup.restoring import InUse, has_others
from hallway.storage.backup.tables import NothingHere, in_plain_words
from hallway.storage.moved import Departure, begin_move, come_back, departure, finish_move, unfinished_move
from hallway.storage.moving.copying import Watch
from hallway.storage.moving.differences import differences, key_of, rows_of
from hallway.storage.moving.move import locked, place_of, require_present_schema
from hallway.storage.moving.target import Unequal
from hallway.storage.schema import job, metadata
from hallway.usecases.jobs.upkeep import WORK


def undo(source: Engine, target: Engine, watch: Watch) -> None:
    """Let SQLite be written again, and PostgreSQL be served no more, once all rows of both are compared.

    Raises NothingHere, InUse, Unequal, OlderSchema, SchemaTooNew, StoreUnavailable.
    """
    with in_plain_words(source, target), locked(source) as old, target.connect() as new:
        left = _required_departure(old, place_of(target))
        with _closed(new, left):
            if has_others(new):
                message = "The PostgreSQL database is in use. Stop Hallway and any other program that uses it."
                raise InUse(message)
            _require_equal(old, new, watch)
        come_back(old)


def _required_departure(old: Connection, place: str) -> Departure:
    require_present_schema(old)
    left = departure(old)
    if left is None:
        message = "This installation wasn't moved, so there is nothing to undo."
        raise NothingHere(message)
    if left.place != place:
        message = f"This installation was moved to {left.place}, not to {place}."
        raise NothingHere(message)
    return left


@contextmanager
def _closed(new: Connection, left: Departure) -> Generator[None]:
    """Nobody starts over PostgreSQL from now on, unless this fails."""
    is_closed = unfinished_move(new) == left.move
    new.rollback()
    if not is_closed:
        with new.begin():
            begin_move(new, left.move)
    try:
        yield
    except BaseException:
        new.rollback()
        if not is_closed:
            with new.begin():
                finish_move(new)
        raise


def _require_equal(old: Connection, new: Connection, watch: Watch) -> None:
    require_present_schema(new)
    for table in metadata.sorted_tables:
        compared = (
            job.c.kind != WORK.kind if table is job else true()
        )  # each start has upkeep, and nobody wrote anything
        with differences(rows_of(old, table, compared), rows_of(new, table, compared), key_of(table)) as pieces:
            for piece in pieces:
                if not piece.is_equal:
                    message = (
                        f"In PostgreSQL, {table.name} was changed since. "
                        "To keep it, run hallway backup there, then hallway restore --force here."
                    )
                    raise Unequal(message)
                watch(len(piece.rows))
