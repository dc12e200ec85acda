"""The PostgreSQL database that an installation moves into: whether it may be filled, and how it is."""

from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    UniqueConstraint,
    and_,
    delete,
    inspect,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError

from hallway.storage.backup.restoring import InUse, NotEmpty, has_others
from hallway.storage.backup.tables import copy_rows, is_installed
from hallway.storage.examination import examine_content
from hallway.storage.finding import Finding
from hallway.storage.migrate import NEWEST, migrate_to, refuse_newer, revision_of
from hallway.storage.moved import begin_move, finish_move, unfinished_move
from hallway.storage.moving.differences import Blocks, Key, Piece, between, key_of, rows_of
from hallway.storage.schema import account, metadata
from hallway.storage.statements import update_all

FEW = 100
"""Keys that are asked for in one statement."""
_BE_SAFE = text(
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


class Unfit(Exception):  # noqa: N818 - says what is the matter
    """PostgreSQL does not take a value that SQLite took."""


class Unequal(Exception):  # noqa: N818 - says what is the matter
    """What is read is not what was written."""


class Target:
    """A database that is filled. One connection reads on in a table while the other writes into it."""

    def __init__(self, reader: Connection, writer: Connection, move: str) -> None:
        """`move` is the one that is not finished."""
        self.move = move
        self._reader = reader
        self._writer = writer

    def rows(self, table: Table, where: ColumnElement[bool]) -> Blocks:
        """What it has, in the order of the key."""
        return rows_of(self._reader, table, where)

    def put(self, table: Table, where: ColumnElement[bool], piece: Piece) -> None:
        """Write what is missing or other among the rows `where` it was found, and read it again.

        Raises Unfit, Unequal.
        """
        if not (piece.missing or piece.changed):
            return
        names = tuple(column.name for column in table.columns)
        keys = tuple(column.name for column in table.primary_key.columns)
        others = tuple(name for name in names if name not in keys)
        changed = [dict(zip(names, row, strict=True)) for row in piece.changed]
        with self._fitting(table), self._writer.begin():
            copy_rows(self._writer, table, names, piece.missing)
            update_all(self._writer, table, keys, others, changed)
        self._require_equal(table, where, piece)

    def free_names(self, table: Table, keys: Sequence[Key]) -> None:
        """Take from rows what no two may have: somebody else may have it now."""
        nothing = dict.fromkeys(names_in(table))
        for few in _by_few(keys):
            with self._writer.begin():
                self._writer.execute(update(table).where(_is_among(table, few)).values(nothing))

    def remove(self, table: Table, keys: Sequence[Key]) -> None:
        """Delete rows, and see that they are gone. Raises Unequal."""
        for few in _by_few(keys):
            with self._writer.begin():
                self._writer.execute(delete(table).where(_is_among(table, few)))
            with closing(self.rows(table, _is_among(table, few))) as left:
                if any(left):
                    raise _unequal(table)

    def settle(self) -> None:
        """Let PostgreSQL look at what it was given, so that its plans are good from the first moment on."""
        self.let_go()
        with self._writer.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f'VACUUM (ANALYZE) "{table.name}"')

    def examined(self) -> Sequence[Finding]:
        """What an examination finds in it."""
        self.let_go()
        return list(examine_content(self._reader))

    def let_go(self) -> None:
        """Keep nothing in view; what is read next is what is there then."""
        self._reader.rollback()

    def open(self) -> None:
        """From now on Hallway may start here."""
        with self._writer.begin():
            finish_move(self._writer)

    @contextmanager
    def _fitting(self, table: Table) -> Generator[None]:
        driver: Any = self._writer.dialect.loaded_dbapi
        try:
            yield
        except (driver.DataError, driver.IntegrityError, DataError, IntegrityError) as failure:
            reason = failure.orig if isinstance(failure, DataError | IntegrityError) else failure
            message = f"PostgreSQL does not take a row of {table.name}: {next(iter(str(reason).splitlines()), reason)}"
            raise Unfit(message) from failure

    def _require_equal(self, table: Table, where: ColumnElement[bool], piece: Piece) -> None:
        key = key_of(table)
        span = between(table, key(piece.rows[0]), key(piece.rows[-1]))
        gone = set(piece.gone)
        found = [row for rows in self.rows(table, and_(where, span)) for row in rows if key(row) not in gone]
        if found != piece.rows:
            raise _unequal(table)


def names_in(table: Table) -> list[str]:
    """The columns of which no two rows may have the same value, and which may be without one."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return [column.name for one in unique for column in one.columns if column.nullable]


@contextmanager
def target_in(engine: Engine, accounts: Collection[str]) -> Generator[Target]:
    """The database, new or filled in part already, for the installation with these accounts, and for nobody else.

    Raises NotEmpty, InUse, SchemaTooNew.
    """
    with engine.connect() as writer:
        with writer.begin():
            move = unfinished_move(writer)
            is_new = move is None
            move = _begun(writer) if move is None else _continued(writer, move, accounts)
        if has_others(writer):
            if is_new:
                with writer.begin():
                    finish_move(writer)
            message = "Another program is connected to the PostgreSQL database. Close that connection and try again."
            raise InUse(message)
        with writer.begin():
            writer.execute(_BE_SAFE)
        with engine.connect() as reader:
            yield Target(reader, writer, move)


def _begun(writer: Connection) -> str:
    refuse_newer(writer)
    if is_installed(writer):
        message = "The PostgreSQL database already contains an installation. Use an empty one."
        raise NotEmpty(message)
    taken = {table.name for table in metadata.sorted_tables}.intersection(inspect(writer).get_table_names())
    if taken and revision_of(writer) is None:
        message = f"The PostgreSQL database has other tables with Hallway's names: {', '.join(sorted(taken))}."
        raise NotEmpty(message)
    migrate_to(writer, NEWEST)
    move = str(uuid4())
    begin_move(writer, move)
    return move


def _continued(writer: Connection, move: str, accounts: Collection[str]) -> str:
    refuse_newer(writer)
    migrate_to(writer, NEWEST)
    if not set(accounts).issuperset(writer.execute(select(account.c.id)).scalars()):
        message = "Another installation is being moved into the PostgreSQL database. Use an empty one."
        raise NotEmpty(message)
    return move


def _unequal(table: Table) -> Unequal:
    message = f"The rows of {table.name} in PostgreSQL differ from those written. SQLite stays in use."
    return Unequal(message)


def _is_among(table: Table, keys: Sequence[Key]) -> ColumnElement[bool]:
    return tuple_(*table.primary_key.columns).in_(keys)


def _by_few(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[start : start + FEW] for start in range(0, len(keys), FEW))
