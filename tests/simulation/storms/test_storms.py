"""Storms by their seeds: whatever the network, the broker, the store and the clock do, the invariants hold.

These are the first of them. `python run.py test --thorough` goes through thousands, and
`python -m tests.simulation --runs 100000` through as many as one likes; both make what fails small.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.servers.copies import migrated
from tests.servers.postgres import Postgres
from tests.simulation.doctor import finds_nothing
from tests.simulation.storms.faults import of
from tests.simulation.storms.runs import run
from tests.simulation.storms.stores import NewStore, in_memory, in_postgres, in_sqlite
from tests.simulation.storms.storm import Storm

CHUNK = 20
IN_MEMORY, IN_SQLITE, IN_POSTGRES = 240, 20, range(3, 5)
"""How many seeds; over PostgreSQL which, both of two accounts."""
EVERY_DAY = 80
"""How many of those in memory are tried every day."""

SEEDS_THAT_FAILED_ONCE = {
    67: "A new chat was heard of while the list was on its way, and the list that came knew less.",
    455: "A question was heard, and the standing of its chat did not name the course until it was asked again.",
}
"""Each with the fault that it showed, in one account, in a client that did only what the pages say; tried for ever, in both stores."""


@pytest.fixture(scope="module")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewStore]:
    """Empty stores in one SQLite file."""
    with in_sqlite(tmp_path_factory.mktemp("storms")) as empty:
        yield empty


@pytest.fixture(scope="module")
def new_postgres(postgres: Postgres) -> Iterator[NewStore]:
    """The same in PostgreSQL."""
    with in_postgres(postgres.new_copy(migrated)) as empty:
        yield empty


@pytest.mark.slow(*map(str, range(EVERY_DAY + 1, IN_MEMORY + 1)))
@pytest.mark.parametrize("first", range(1, IN_MEMORY + 1, CHUNK))
def test_storms_over_the_memory_store(first: int) -> None:
    for seed in range(first, first + CHUNK):
        run(in_memory(), seed, of(seed))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1, IN_SQLITE + 1, CHUNK))
def test_storms_over_sqlite(first: int, new_sqlite: NewStore) -> None:
    for seed in range(first, first + CHUNK):
        store = new_sqlite()
        run(store, seed, of(seed))
        finds_nothing(store)


@pytest.mark.slow
def test_storms_over_postgres(new_postgres: NewStore) -> None:
    for seed in IN_POSTGRES:
        store = new_postgres()
        run(store, seed, of(seed))
        finds_nothing(store)


@pytest.mark.parametrize("seed", SEEDS_THAT_FAILED_ONCE)
def test_a_seed_that_failed_once(seed: int, new_sqlite: NewStore) -> None:
    for store in (in_memory(), new_sqlite()):
        run(store, seed, replace(of(seed), accounts=1))


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_seed_is_the_same_storm_each_time(seed: int) -> None:
    first, second = (run(in_memory(), seed, of(seed)) for _ in range(2))
    assert first.world.diary == second.world.diary
    assert _words(first) == _words(second)
    assert [one.written for one in first.clients] == [one.written for one in second.clients]


def _words(storm: Storm) -> list[object]:
    return [academy.ledger.words for academy in storm.academies]
