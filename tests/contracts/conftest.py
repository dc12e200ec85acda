"""The stores under contract: dictionaries, SQLite and a real PostgreSQL, each empty at the beginning of a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallway.storage.memory.store import MemoryStore
from hallway.storage.store import open_store
from hallway.usecases.transaction import Store
from tests.contracts.spread import astray, heard
from tests.servers.copies import migrated, sqlite_copy
from tests.servers.postgres import Postgres


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    match request.param:
        case "memory":
            opened: Store = MemoryStore()
        case "sqlite":
            opened = open_store(sqlite_copy(tmp_path / "data" / "hallway.db"))
        case _:
            server: Postgres = request.getfixturevalue("postgres")
            opened = open_store(server.new_copy(migrated))
    with heard() as said:
        yield opened
    opened.close()
    assert astray(said) == []
