"""Several processes write one audit log at the same time: no gap, no fork, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from hallway.domain.audit import Action, Target, first_break
from hallway.domain.events import FactsChanged
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.audit import trail
from hallway.usecases.transaction import Transaction
from tests.contracts.world import HERE, furnished
from tests.servers.copies import migrated
from tests.servers.postgres import Postgres
from tests.storage.furnished import BY_ADMIN

pytestmark = pytest.mark.slow

PROCESSES, EACH = 4, 25


def _record_first(tx: Transaction) -> None:
    trail.record(tx, BY_ADMIN, Action.DEPARTMENT_ADDED, Target("department", "a"))
    tx.announce(FactsChanged(HERE, None))


def _record_last(tx: Transaction) -> None:
    tx.announce(FactsChanged(HERE, None))
    trail.record(tx, BY_ADMIN, Action.DEPARTMENT_REMOVED, Target("department", "a"))


def _write(store: SqlStore) -> list[Exception]:
    works = [_record_first, _record_last] * EACH
    outcomes = [store.write([one])[0] for one in works]
    return [one.failure for one in outcomes if one.failure is not None]


def test_they_take_turns_whatever_else_they_lock_before_or_after(postgres: Postgres) -> None:
    url = postgres.new_copy(migrated)
    stores = [open_store(url) for _ in range(PROCESSES)]
    furnished(stores[0])
    with ThreadPoolExecutor(PROCESSES) as processes:
        failures = [one for those in processes.map(_write, stores) for one in those]
    assert failures == []
    entries = stores[0].read(lambda tx: list(tx.audit.whole(HERE)))
    assert [one.seq for one in entries] == list(range(1, PROCESSES * EACH * 2 + 1))
    assert first_break(entries) is None
    for store in stores:
        store.close()
