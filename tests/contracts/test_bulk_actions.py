"""bulk_ports.BulkActions: what is done to many people is kept alike in each store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.usecases.bulk_ports import BulkAction, BulkPerson, Field, Outcome, Progress
from hallway.usecases.errors import Conflict
from hallway.usecases.ports import Store, Transaction
from hallway.usecases.upkeep_ports import What
from tests.contracts.world import ADMIN, ELSEWHERE, HERE, LENA, NOON, TOMAS, change, furnished, named, person

ACTION = BulkAction(HERE, named("action"), ADMIN, Field.STATE, "inactive", 3, NOON)
PEOPLE = [
    BulkPerson(0, TOMAS, "inactive"),
    BulkPerson(1, LENA, "inactive", expected="active"),
    BulkPerson(2, person("nobody"), "inactive"),
]


@pytest.fixture(autouse=True)
def kept(store: Store) -> None:
    """An action with its people."""
    furnished(store)

    def work(tx: Transaction) -> None:
        tx.bulk.add(ACTION)
        tx.bulk.add_people(HERE, ACTION.id, PEOPLE[:2])
        tx.bulk.add_people(HERE, ACTION.id, PEOPLE[2:])

    change(store, work)


def test_an_action_comes_back_as_kept_and_only_in_its_account(store: Store) -> None:
    assert store.read(lambda tx: tx.bulk.find(HERE, ACTION.id)) == ACTION
    assert store.read(lambda tx: tx.bulk.find(ELSEWHERE, ACTION.id)) is None
    assert store.read(lambda tx: tx.bulk.people(HERE, ACTION.id, start=0, limit=9)) == PEOPLE
    assert store.read(lambda tx: tx.bulk.people(HERE, ACTION.id, start=1, limit=1)) == PEOPLE[1:2]
    assert store.read(lambda tx: tx.bulk.people(ELSEWHERE, ACTION.id, start=0, limit=9)) == []


def test_what_became_of_people_is_kept(store: Store) -> None:
    settled = [
        replace(PEOPLE[0], outcome=Outcome.CHANGED, before="active"),
        replace(PEOPLE[1], outcome=Outcome.REFUSED, reason="No."),
    ]
    done = replace(ACTION, state=Progress.DONE, done=3, changed=1, refused=1, told_at=NOON + timedelta(minutes=1))
    change(store, lambda tx: tx.bulk.settle(HERE, ACTION.id, settled))
    change(store, lambda tx: tx.bulk.save(done))
    assert store.read(lambda tx: tx.bulk.find(HERE, ACTION.id)) == done
    assert store.read(lambda tx: tx.bulk.people(HERE, ACTION.id, start=0, limit=9)) == [*settled, PEOPLE[2]]
    refused = Outcome.REFUSED
    assert store.read(lambda tx: tx.bulk.people(HERE, ACTION.id, start=0, limit=9, outcome=refused)) == settled[1:]


def test_those_that_are_not_done_are_found_by_who_began_them(store: Store) -> None:
    assert store.read(lambda tx: tx.bulk.unfinished(HERE, ADMIN)) == [ACTION]
    assert store.read(lambda tx: tx.bulk.unfinished(HERE, LENA)) == []
    change(store, lambda tx: tx.bulk.save(replace(ACTION, state=Progress.DONE)))
    assert store.read(lambda tx: tx.bulk.unfinished(HERE, ADMIN)) == []


def test_one_of_somebody_who_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.bulk.add(replace(ACTION, id=named("other"), user_id=person("nobody"))))
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.bulk.add_people(HERE, named("no action"), PEOPLE))


def test_an_old_one_goes_with_its_people(store: Store) -> None:
    later = NOON + timedelta(days=1)
    (key,) = store.read(lambda tx: tx.upkeep.overdue(HERE, What.BULK_ACTIONS, later, 9))
    assert change(store, lambda tx: tx.upkeep.remove(HERE, What.BULK_ACTIONS, [key], later)) == 1
    assert store.read(lambda tx: tx.bulk.find(HERE, ACTION.id)) is None
    assert store.read(lambda tx: tx.bulk.people(HERE, ACTION.id, start=0, limit=9)) == []
