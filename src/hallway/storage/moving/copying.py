"""Making the tables in PostgreSQL what they are in SQLite. However much was done before, what is left is done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, Table, and_, true

from hallway.storage.lists import one_of
from hallway.storage.moving.differences import Key, Piece, differences, key_of, rows_of
from hallway.storage.moving.target import Target, names_in
from hallway.storage.schema import conversation, message, metadata

CONVERSATIONS = 100
"""Of which messages are compared at a time."""

Watch = Callable[[int], object]


class Copying:
    """One passage through all tables, as they are in one snapshot of SQLite."""

    def __init__(self, source: Connection, target: Target, watch: Watch) -> None:
        """`watch` hears of the rows that are done."""
        self._source = source
        self._target = target
        self._watch = watch
        self._gone: dict[Table, list[Key]] = {}
        self._conversations: set[Key] = set()

    def everything(self) -> None:
        """Compare all rows, and write those that differ. Raises Unfit, Unequal."""
        self._pass_through(lambda _: iter([true()]))

    def news(self) -> None:
        """The same, but messages only of conversations that differ: no message changes unless its conversation does.

        Raises Unfit, Unequal.
        """
        self._pass_through(lambda table: self._changed_messages() if table is message else iter([true()]))

    def _pass_through(self, parts: Callable[[Table], Iterator[ColumnElement[bool]]]) -> None:
        """What others point to comes first and goes last."""
        self._target.let_go()
        for table in metadata.sorted_tables:
            self._free_names(table)
            for where in parts(table):
                self._copy(table, where)
        for table in reversed(metadata.sorted_tables):
            self._target.remove(table, self._gone.get(table, []))

    def _free_names(self, table: Table) -> None:
        if names_in(table):
            key = key_of(table)
            with self._differences(table, true()) as pieces:
                for piece in pieces:
                    self._target.free_names(table, [*map(key, piece.changed), *piece.gone])

    def _copy(self, table: Table, where: ColumnElement[bool]) -> None:
        with self._differences(table, where) as pieces:
            for piece in pieces:
                self._target.put(table, where, piece)
                self._gone.setdefault(table, []).extend(piece.gone)
                if table is conversation:
                    self._conversations.update(map(key_of(table), piece.missing + piece.changed))
                self._watch(len(piece.rows))

    def _differences(self, table: Table, where: ColumnElement[bool]) -> AbstractContextManager[Iterator[Piece]]:
        return differences(rows_of(self._source, table, where), self._target.rows(table, where), key_of(table))

    def _changed_messages(self) -> Iterator[ColumnElement[bool]]:
        for account_id, keys in groupby(sorted(self._conversations), itemgetter(0)):
            ids = [conversation_id for _, conversation_id in keys]
            for start in range(0, len(ids), CONVERSATIONS):
                some = one_of(message.c.conversation_id, ids[start : start + CONVERSATIONS])
                yield and_(message.c.account_id == account_id, some)
