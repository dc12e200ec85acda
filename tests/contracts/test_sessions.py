"""Sessions: when and where they were last seen, alike in every store."""

from datetime import timedelta

import pytest

from hallway.domain.ids import SessionId
from hallway.usecases.access.records import Seen
from hallway.usecases.transaction import Store
from tests.contracts.world import ELSEWHERE, EXPERT, HERE, LENA, NOON, change, furnished, named, session

LATER = NOON + timedelta(minutes=5)
LAPTOP, PHONE = SessionId(named("desk")), SessionId(named("phone"))


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Two browsers of one person, and one of another."""
    furnished(store)
    change(store, lambda tx: [tx.sessions.add(session(one, LENA)) for one in ("desk", "phone")])
    change(store, lambda tx: tx.sessions.add(session("expert", EXPERT)))


def _seen(store: Store) -> list[tuple[str, bool, str]]:
    ids = [LAPTOP, PHONE, SessionId(named("expert"))]
    found = store.read(lambda tx: tx.sessions.several(HERE, ids))
    return [(found[one].name, found[one].seen_at == LATER, found[one].network) for one in ids]


def test_those_that_were_seen_change_and_no_others(store: Store) -> None:
    change(store, lambda tx: tx.sessions.see([Seen(HERE, PHONE, LATER, "192.0.2.*")]))
    assert _seen(store) == [("desk", False, ""), ("phone", True, "192.0.2.*"), ("expert", False, "")]


def test_several_are_written_at_once_in_any_order(store: Store) -> None:
    change(store, lambda tx: tx.sessions.see([Seen(HERE, one, LATER, "a") for one in (PHONE, LAPTOP)]))
    assert [(seen, network) for _, seen, network in _seen(store)] == [(True, "a"), (True, "a"), (False, "")]
    change(store, lambda tx: tx.sessions.see([]))


def test_what_is_gone_stays_gone_and_another_account_has_its_own(store: Store) -> None:
    change(store, lambda tx: tx.sessions.remove(HERE, LENA, PHONE))
    change(store, lambda tx: tx.sessions.see([Seen(HERE, PHONE, LATER, "a"), Seen(ELSEWHERE, LAPTOP, LATER, "a")]))
    found = store.read(lambda tx: tx.sessions.of(HERE, LENA, "browser"))
    assert [(one.name, one.network) for one in found] == [("desk", "")]
