"""ports.Store: one commit for many works, each undone alone."""

from contextlib import suppress

import pytest

from hallway.domain.accounts import Account
from hallway.domain.events import FactsChanged
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ELSEWHERE, HERE, change

EVENT = FactsChanged(HERE, None)


class BrokenError(Exception):
    """What a work of these tests raises."""


def _save(name: str) -> Account:
    return Account(id=HERE, name=name)


def _works(tx: Transaction) -> str:
    tx.accounts.save(_save("first"))
    tx.announce(EVENT)
    return "done"


def _fails(tx: Transaction) -> str:
    tx.accounts.save(_save("spoiled"))
    tx.accounts.save(Account(id=ELSEWHERE, name="spoiled"))
    tx.announce(EVENT)
    raise BrokenError


def test_a_failing_work_leaves_nothing_and_its_neighbours_stand(store: Store) -> None:
    seen = store.write([_works, _fails, lambda tx: tx.accounts.find(HERE)])
    assert (seen[0].value, seen[0].failure, list(seen[0].events)) == ("done", None, [EVENT])
    assert isinstance(seen[1].failure, BrokenError)
    assert list(seen[1].events) == []
    assert seen[2].value == _save("first")
    assert store.read(lambda tx: (tx.accounts.find(HERE), tx.accounts.find(ELSEWHERE))) == (_save("first"), None)


def test_a_lone_failing_work_leaves_nothing(store: Store) -> None:
    (outcome,) = store.write([_fails])
    assert isinstance(outcome.failure, BrokenError)
    assert store.read(lambda tx: (tx.accounts.default(), tx.accounts.oldest())) == (None, None)
    change(store, _works)
    assert store.read(lambda tx: tx.accounts.default()) == _save("first")


def test_reading_changes_nothing_and_raises_what_the_work_raised(store: Store) -> None:
    change(store, _works)
    with suppress(Exception):  # a database may refuse it, or throw it away
        store.read(lambda tx: tx.accounts.save(_save("read")))
    with pytest.raises(BrokenError):
        store.read(_fails_reading)
    assert store.read(lambda tx: tx.accounts.default()) == _save("first")


def _fails_reading(tx: Transaction) -> None:
    assert tx.accounts.default() is not None
    raise BrokenError


def test_a_reader_keeps_its_snapshot_while_another_commits(store: Store) -> None:
    change(store, _works)

    def read(tx: Transaction) -> tuple[Account | None, Account | None]:
        before = tx.accounts.find(HERE)
        change(store, lambda other: other.accounts.save(_save("second")))
        return before, tx.accounts.find(HERE)

    assert store.read(read) == (_save("first"), _save("first"))
    assert store.read(lambda tx: tx.accounts.find(HERE)) == _save("second")


def test_works_see_what_the_earlier_ones_of_their_batch_did(store: Store) -> None:
    outcomes = store.write([_works, lambda tx: tx.accounts.find(HERE)])
    assert outcomes[1].value == _save("first")
    assert store.write([]) == []
