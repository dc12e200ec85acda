"""The doctor over random academies: it finds nothing while they live, and exactly what was broken afterwards."""

from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from hallway.storage.repair import repair
from hallway.storage.store import SqlStore, open_store
from tests.simulation.doctor import agrees, engine_of, finds_nothing
from tests.simulation.living import live
from tests.simulation.world import World

pytestmark = pytest.mark.slow

SEEDS = range(1, 4)
BREAKS = 40
DERIVED = {"newest", "unread"}

NUMBERS = {
    "member": ("unread", "last_seq", "read_seq", "unread_from", "cleared_seq", "place"),
    "message": ("seq", "deleted_at"),
    "conversation": ("last_seq",),
    "hidden": ("seq",),
}
PEOPLE = {"member": "user_id", "message": "sender_id", "hidden": "user_id"}
EMPTY = ("last_seq", "unread_from", "place", "deleted_at")


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    """An empty one."""
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_doctor_counts_what_is_broken_and_nothing_else(store: SqlStore, seed: int) -> None:
    live(World.with_neighbour(store, seed), 30, check_every=30)
    finds_nothing(store)
    random, engine, found = Random(seed), engine_of(store), {}
    for _ in range(BREAKS):
        with engine.connect() as connection:
            _break(connection, random)
            found = agrees(connection)
    repair(engine)
    with engine.connect() as connection:
        left = agrees(connection)
    assert left == {about: 0 if about in DERIVED else times for about, times in found.items()}


def _break(connection: Connection, random: Random) -> None:
    """Change or delete a row behind Hallway's back; what the database itself refuses stays as it was."""
    table = random.choice(list(NUMBERS))
    row = _some_row(connection, table, random)
    if row is None:
        return
    statement, values = _change(connection, table, random)
    where = " AND ".join(f"{name} = :key_{name}" for name in row)
    try:
        connection.execute(
            text(f"{statement} WHERE {where}"), values | {f"key_{name}": one for name, one in row.items()}
        )
        connection.commit()
    except IntegrityError:
        connection.rollback()


def _some_row(connection: Connection, table: str, random: Random) -> dict[str, object] | None:
    names = {"conversation": ("id",), "message": ("conversation_id", "seq")}
    key = names.get(
        table, ("conversation_id", "user_id") if table == "member" else ("conversation_id", "user_id", "seq")
    )
    rows = connection.execute(text(f"SELECT {', '.join(key)} FROM {table} ORDER BY {', '.join(key)}")).mappings().all()  # noqa: S608 - names from above
    return dict(random.choice(rows)) if rows else None


def _change(connection: Connection, table: str, random: Random) -> tuple[str, dict[str, object]]:
    chance = random.random()
    if chance < 0.2 and table != "conversation":
        return f"DELETE FROM {table}", {}  # noqa: S608 - as above
    if chance < 0.35 and table in PEOPLE:
        people = connection.execute(text('SELECT id FROM "user" ORDER BY id')).scalars().all()
        return f"UPDATE {table} SET {PEOPLE[table]} = :value", {"value": random.choice(people)}  # noqa: S608 - as above
    if chance < 0.5 and table == "hidden":
        return "UPDATE hidden SET is_hidden = NOT is_hidden", {}
    column = random.choice(NUMBERS[table])
    value = None if column in EMPTY and table != "conversation" and random.random() < 0.3 else random.randint(0, 8)
    return f"UPDATE {table} SET {column} = :value", {"value": value}  # noqa: S608 - as above
