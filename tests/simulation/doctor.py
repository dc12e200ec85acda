"""The doctor beside the oracle, over a store in which somebody lived."""

from sqlalchemy import Connection, Engine

from hallway.storage.store import SqlStore
from hallway.usecases.transaction import Store
from tests.storage import oracle


def engine_of(store: Store) -> Engine:
    """What a SQL store works on."""
    assert isinstance(store, SqlStore)
    return store._engine


def agrees(connection: Connection) -> dict[str, int]:
    """What the doctor counts, which must be what there is."""
    counted, expected = oracle.counted(connection), oracle.expected(connection)
    assert counted == expected
    return counted


def finds_nothing(store: Store) -> None:
    """What the product itself did is whole, and is said to be."""
    with engine_of(store).connect() as connection:
        found = agrees(connection)
    assert not any(found.values()), found
