"""Where storms keep what they write: in memory, or one SQLite file or PostgreSQL database that is emptied before each."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from hallway.storage.engines import open_engine
from hallway.storage.memory.store import MemoryStore
from hallway.storage.schema import audit_entry, metadata
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.transaction import Store

NewStore = Callable[[], Store]


def in_memory() -> Store:
    """An empty store in memory."""
    return MemoryStore()


@contextmanager
def in_sqlite(folder: Path) -> Generator[NewStore]:
    """Empty stores, one after the other, all in one file: the statements need to be built only once."""
    engine = _engine(f"sqlite:///{folder}/storm.db")
    event.listen(engine, "connect", _trust_the_system)
    yield lambda: _emptied(engine)
    engine.dispose()


@contextmanager
def in_postgres(url: str) -> Generator[NewStore]:
    """The same in one database."""
    engine = _engine(url)
    yield lambda: _emptied(engine)
    engine.dispose()


def _engine(url: str) -> Engine:
    open_store(url).close()
    return open_engine(url)


def _emptied(engine: Engine) -> Store:
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table is not audit_entry:  # it goes with its account, and not without
                connection.execute(table.delete())
    return SqlStore(engine)


def _trust_the_system(connection: Any, _: Any) -> None:
    """No power fails in a storm, and the disk need not be waited for: what a kill of the machine does is tested elsewhere."""
    connection.execute("PRAGMA synchronous=OFF")
