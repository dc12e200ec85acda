"""The number of people that an account may have, where several become active at the same instant."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from hallway.adapters import RandomIds, SystemClock
from hallway.domain.audit import Action
from hallway.domain.people import State
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.accounts import limits, provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Conflict
from hallway.usecases.people import users
from hallway.usecases.transaction import Transaction
from tests.contracts.world import HERE, OWNER, change, furnished, person, user
from tests.servers.copies import migrated
from tests.servers.postgres import Postgres

PATIENCE = 60
BOSS = Actor(account_id=HERE, user_id=OWNER)
GONE = person("Gabi Gone")
Work = Callable[[Transaction], object]


@pytest.fixture
def stores(database: str) -> Iterator[list[SqlStore]]:
    """Two processes' stores over an account that has room for one more; somebody was deactivated."""
    opened = [open_store(database) for _ in range(2)]
    furnished(opened[0])
    gone = replace(user("Gabi Gone"), state=State.INACTIVE)
    change(opened[0], lambda tx: tx.people.add([gone]))
    most = _active(opened[0]) + 1
    change(opened[0], lambda tx: provisioning.change(tx, HERE, OperatorPatch(people=most)))
    yield opened
    for one in opened:
        one.close()


def _active(store: SqlStore) -> int:
    return store.read(lambda tx: tx.people.count(HERE, limits.WHO_COUNTS))


def added(tx: Transaction) -> object:
    """Somebody new."""
    draft = users.Draft(name="New", email="new@here.example", login="new")
    return users.add(tx, BOSS, draft=draft, password_hash=None, clock=SystemClock(), ids=RandomIds())


def reactivated(tx: Transaction) -> object:
    """Somebody who was there before."""
    return users.activate(tx, BOSS, user_id=GONE)


@pytest.mark.parametrize(("first", "second"), [(added, reactivated), (reactivated, added)])
def test_two_at_the_same_instant_do_not_go_beyond_it(stores: list[SqlStore], first: Work, second: Work) -> None:
    most, is_done, may_commit = _active(stores[0]) + 1, threading.Event(), threading.Event()

    def slowly(tx: Transaction) -> object:
        limits.require_room(tx, HERE)
        is_done.set()
        assert may_commit.wait(PATIENCE)
        return first(tx)

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(change, stores[0], slowly)
        assert is_done.wait(PATIENCE)
        waiting = pool.submit(change, stores[1], second)
        may_commit.set()
        holding.result(PATIENCE)
        with pytest.raises(Conflict) as no:
            waiting.result(PATIENCE)
    assert (no.value.code, _active(stores[0])) == ("too_many_people", most)


def test_who_holds_the_limit_lets_others_write_what_is_recorded(postgres: Postgres) -> None:
    """Each lock has a kind of its own: the audit log is locked last of all, also by those who hold much else."""
    database = postgres.new_copy(migrated)
    with closing(open_store(database)) as here, closing(open_store(database)) as there, ThreadPoolExecutor(1) as pool:
        furnished(here)
        change(here, lambda tx: provisioning.change(tx, HERE, OperatorPatch(people=_active(here) + 1)))

        def meanwhile(tx: Transaction) -> None:
            limits.require_room(tx, HERE)
            pool.submit(change, there, _recorded).result(PATIENCE)

        change(here, meanwhile)
        assert here.read(lambda tx: tx.audit.size()).entries > 0


def _recorded(tx: Transaction) -> None:
    trail.record(tx, BOSS, Action.USER_CHANGED, trail.user(GONE))
