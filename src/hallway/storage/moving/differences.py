"""Two databases read side by side, each table in the order of its key, and where they differ.

Values are compared, not counts or sums: what comes out equal here is the same for every query.
"""

from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, and_, select, tuple_

BLOCK = 1_000
"""Rows of each side that are held in memory at a time."""
LARGE = 20
"""The same, where a row may have half a megabyte."""

Row = tuple[Any, ...]
Key = tuple[Any, ...]
Blocks = Generator[list[Row]]


@dataclass(frozen=True, slots=True)
class Piece:
    """The `rows` of the source between two keys, and of them those that the target lacks or has otherwise; `gone` are
    the keys of those that it has and the source has not.
    """

    rows: list[Row]
    missing: list[Row]
    changed: list[Row]
    gone: list[Key]

    @property
    def is_equal(self) -> bool:
        """Whether both have the same."""
        return not (self.missing or self.changed or self.gone)


def key_of(table: Table) -> Callable[[Row], Key]:
    """The values of a row's key."""
    columns = list(table.columns)
    places = [columns.index(column) for column in table.primary_key.columns]
    return lambda row: tuple(row[place] for place in places)


def rows_of(connection: Connection, table: Table, where: ColumnElement[bool]) -> Blocks:
    """Rows in the order of their key, which is the same in both databases: ids are compared digit by digit."""
    query = select(table).where(where).order_by(*table.primary_key.columns)
    has_files = any(isinstance(column.type, LargeBinary) for column in table.columns)
    with connection.execute(query, execution_options={"yield_per": LARGE if has_files else BLOCK}) as found:
        for rows in found.partitions():
            yield [*map(tuple, rows)]


def between(table: Table, first: Key, last: Key) -> ColumnElement[bool]:
    """Rows from one key to another, both included."""
    key = tuple_(*table.primary_key.columns)
    return and_(key >= first, key <= last)


@contextmanager
def differences(source: Blocks, target: Blocks, key: Callable[[Row], Key]) -> Generator[Iterator[Piece]]:
    """Piece by piece, all that both have, for as long as one looks at it."""
    with closing(source), closing(target):
        yield _pieces(_Side(source, key), _Side(target, key), key)


def _pieces(ours: "_Side", theirs: "_Side", key: Callable[[Row], Key]) -> Iterator[Piece]:
    while ours.refill() | theirs.refill():
        last = min(side.last for side in (ours, theirs) if side.rows)
        yield _compared(ours.take(last), theirs.take(last), key)


class _Side:
    """What was read of one side, and not compared yet."""

    def __init__(self, blocks: Blocks, key: Callable[[Row], Key]) -> None:
        self.rows: list[Row] = []
        self._blocks = blocks
        self._key = key

    @property
    def last(self) -> Key:
        return self._key(self.rows[-1])

    def refill(self) -> bool:
        """Read on when nothing is left; whether there is something then."""
        self.rows = self.rows or next(self._blocks, list[Row]())
        return bool(self.rows)

    def take(self, last: Key) -> list[Row]:
        """The rows up to that key."""
        end = bisect_right(self.rows, last, key=self._key)
        taken, self.rows = self.rows[:end], self.rows[end:]
        return taken


def _compared(ours: list[Row], theirs: list[Row], key: Callable[[Row], Key]) -> Piece:
    if ours == theirs:
        return Piece(ours, [], [], [])
    if not theirs:
        return Piece(ours, ours, [], [])
    left = {key(row): row for row in theirs}
    missing: list[Row] = []
    changed: list[Row] = []
    for row in ours:
        found = left.pop(key(row), None)
        if found is None:
            missing.append(row)
        elif found != row:
            changed.append(row)
    return Piece(ours, missing, changed, list(left))
