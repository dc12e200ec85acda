"""bulk_ports.BulkActions: what is done to many people is kept alike in each store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.ids import DepartmentId
from hallway.domain.people import Role, State
from hallway.usecases.errors import Conflict
from hallway.usecases.jobs.upkeep_ports import What
from hallway.usecases.people.bulk_ports import (
    BulkAction,
    BulkPerson,
    InDepartment,
    InRole,
    Invited,
    Outcome,
    Progress,
    Value,
)
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ADMIN, ELSEWHERE, HERE, LENA, NOON, TOMAS, change, furnished, named, person

PHYSICS, OPTICS = DepartmentId(named("physics")), DepartmentId(named("optics"))
ACTION = BulkAction(account_id=HERE, id=named("action"), user_id=ADMIN, value=State.INACTIVE, total=3, noted_at=NOON)
PEOPLE = [
    BulkPerson(position=0, user_id=TOMAS, wanted=State.INACTIVE),
    BulkPerson(position=1, user_id=LENA, wanted=State.INACTIVE, expected=State.ACTIVE),
    BulkPerson(position=2, user_id=person("nobody"), wanted=State.INACTIVE),
]


@pytest.fixture(autouse=True)
def kept(store: Store) -> None:
    """An action with its people."""
    furnished(store)

    def work(tx: Transaction) -> None:
        tx.bulk.add(ACTION)
        tx.bulk.add_people(ACTION, PEOPLE[:2])
        tx.bulk.add_people(ACTION, PEOPLE[2:])

    change(store, work)


def test_an_action_comes_back_as_kept_and_only_in_its_account(store: Store) -> None:
    assert store.read(lambda tx: tx.bulk.find(HERE, ACTION.id)) == ACTION
    assert store.read(lambda tx: tx.bulk.find(ELSEWHERE, ACTION.id)) is None
    assert store.read(lambda tx: tx.bulk.people(ACTION, start=0, limit=9)) == PEOPLE
    assert store.read(lambda tx: tx.bulk.people(ACTION, start=1, limit=1)) == PEOPLE[1:2]
    assert store.read(lambda tx: tx.bulk.people(replace(ACTION, account_id=ELSEWHERE), start=0, limit=9)) == []


def test_what_became_of_people_is_kept(store: Store) -> None:
    settled = [
        replace(PEOPLE[0], outcome=Outcome.CHANGED, before=State.ACTIVE),
        replace(PEOPLE[1], outcome=Outcome.REFUSED, reason="not_found"),
    ]
    done = replace(ACTION, state=Progress.DONE, done=3, changed=1, refused=1, noted_at=NOON + timedelta(minutes=1))
    change(store, lambda tx: tx.bulk.settle(ACTION, settled))
    change(store, lambda tx: tx.bulk.save(done))
    assert store.read(lambda tx: tx.bulk.find(HERE, ACTION.id)) == done
    assert store.read(lambda tx: tx.bulk.people(ACTION, start=0, limit=9)) == [*settled, PEOPLE[2]]
    refused = Outcome.REFUSED
    assert store.read(lambda tx: tx.bulk.people(ACTION, start=0, limit=9, outcome=refused)) == settled[1:]
    assert store.read(lambda tx: tx.bulk.people(ACTION, start=1, limit=9, outcome=refused)) == []


@pytest.mark.parametrize(
    ("wanted", "before"),
    [
        (State.ACTIVE, State.INACTIVE),
        (InDepartment(PHYSICS), InDepartment(None)),
        (InRole(Role.LEARNER), InRole(Role.DEPARTMENT_ADMINISTRATOR, frozenset({PHYSICS, OPTICS}))),
        (Invited(), None),
    ],
)
def test_every_kind_of_value_comes_back_as_kept(store: Store, wanted: Value, before: Value | None) -> None:
    action = replace(ACTION, id=named("another"), value=wanted)
    one = BulkPerson(position=0, user_id=TOMAS, wanted=wanted, expected=before, before=before, outcome=Outcome.CHANGED)

    def work(tx: Transaction) -> None:
        tx.bulk.add(action)
        tx.bulk.add_people(action, [one])

    change(store, work)
    assert store.read(lambda tx: tx.bulk.find(HERE, action.id)) == action
    assert store.read(lambda tx: tx.bulk.people(action, start=0, limit=9)) == [one]


def test_those_that_are_not_done_are_found_by_who_began_them(store: Store) -> None:
    assert store.read(lambda tx: tx.bulk.unfinished(HERE, ADMIN)) == [ACTION]
    assert store.read(lambda tx: tx.bulk.unfinished(HERE, LENA)) == []
    change(store, lambda tx: tx.bulk.save(replace(ACTION, state=Progress.DONE)))
    assert store.read(lambda tx: tx.bulk.unfinished(HERE, ADMIN)) == []


def test_one_of_somebody_who_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.bulk.add(replace(ACTION, id=named("other"), user_id=person("nobody"))))
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.bulk.add_people(replace(ACTION, id=named("no action")), PEOPLE))


def test_an_old_one_goes_with_its_people(store: Store) -> None:
    later = NOON + timedelta(days=1)
    (key,) = store.read(lambda tx: tx.upkeep.overdue(HERE, What.BULK_ACTIONS, later, 9))
    assert change(store, lambda tx: tx.upkeep.remove(HERE, What.BULK_ACTIONS, [key], later)) == 1
    assert store.read(lambda tx: tx.bulk.find(HERE, ACTION.id)) is None
    assert store.read(lambda tx: tx.bulk.people(ACTION, start=0, limit=9)) == []
