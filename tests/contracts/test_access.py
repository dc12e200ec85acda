"""access: known devices, all that is kept of a session, when it was last seen, and people who are held."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.ids import AccountId, UserId
from hallway.domain.scopes import Scope
from hallway.usecases.access.records import Device, Seen
from hallway.usecases.errors import Conflict
from hallway.usecases.transaction import Store
from tests.contracts.world import ELSEWHERE, HERE, LENA, NOON, TOMAS, change, furnished, named, session

SECOND = timedelta(seconds=1)
HASH = "hash"


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Those of the two accounts."""
    furnished(store)


def _device(name: str, whose: UserId, secret: str = HASH, account_id: AccountId = HERE, seen: int = 0) -> Device:
    return Device(
        account_id=account_id,
        id=named(name),
        user_id=whose,
        hashed=secret,
        created_at=NOON,
        seen_at=NOON + seen * SECOND,
    )


def _add(store: Store, *devices: Device) -> None:
    for one in devices:
        change(store, lambda tx, added=one: tx.devices.add(added))


def _of(store: Store, whose: UserId, account_id: AccountId = HERE) -> list[Device]:
    return list(store.read(lambda tx: tx.devices.of(account_id, whose)))


def test_a_person_s_devices_come_longest_unused_first(store: Store) -> None:
    new, old = _device("new", LENA, "new", seen=2), _device("old", LENA, "old")
    his, elsewhere = _device("his", TOMAS), _device("elsewhere", TOMAS, account_id=ELSEWHERE)
    _add(store, new, old, his, elsewhere)
    assert _of(store, LENA) == [old, new]
    assert (_of(store, TOMAS), _of(store, TOMAS, ELSEWHERE)) == ([his], [elsewhere])
    change(store, lambda tx: tx.devices.see(HERE, old.id, NOON + 3 * SECOND))
    assert _of(store, LENA) == [new, replace(old, seen_at=NOON + 3 * SECOND)]


def test_a_browser_is_a_device_of_each_who_uses_it_in_its_account(store: Store) -> None:
    hers, his, elsewhere = _device("hers", LENA), _device("his", TOMAS), _device("there", TOMAS, account_id=ELSEWHERE)
    _add(store, hers, his, elsewhere, _device("another", LENA, "another"))
    found = store.read(lambda tx: tx.devices.by_hash(HERE, HASH))
    assert sorted(found, key=lambda one: one.id) == sorted([hers, his], key=lambda one: one.id)
    assert store.read(lambda tx: tx.devices.by_hash(ELSEWHERE, HASH)) == [elsewhere]
    assert store.read(lambda tx: tx.devices.by_hash(HERE, "HASH")) == []


def test_a_browser_is_one_device_of_a_person_once(store: Store) -> None:
    _add(store, _device("one", LENA))
    with pytest.raises(Conflict):
        _add(store, _device("two", LENA))
    assert _of(store, LENA) == [_device("one", LENA)]


def test_devices_are_forgotten_of_their_person_alone(store: Store) -> None:
    one, two, his = _device("one", LENA, "one"), _device("two", LENA, "two"), _device("his", TOMAS)
    elsewhere = _device("elsewhere", TOMAS, account_id=ELSEWHERE)
    _add(store, one, two, his, elsewhere)
    change(store, lambda tx: tx.devices.remove(HERE, LENA, [one.id, his.id, named("none")]))
    assert (_of(store, LENA), _of(store, TOMAS)) == ([two], [his])
    change(store, lambda tx: tx.devices.remove(HERE, LENA, []))
    assert _of(store, LENA) == [two]
    change(store, lambda tx: tx.devices.remove_all(HERE, TOMAS))
    assert (_of(store, LENA), _of(store, TOMAS), _of(store, TOMAS, ELSEWHERE)) == ([two], [], [elsewhere])


def test_a_session_comes_back_as_it_was_stored(store: Store) -> None:
    browser = replace(session("browser", LENA), device_id=named("d"), agent="Ä/1", network="::/64", seen_at=NOON)
    scopes = frozenset({Scope.READ, Scope.WRITE})
    parent = replace(session("parent", LENA, "token"), scopes=scopes)
    child = replace(session("child", LENA, "token"), scopes=frozenset({Scope.READ}), parent_id=parent.id)
    old = session("old", LENA, "token")
    every = [browser, parent, child, old]
    for one in every:
        change(store, lambda tx, added=one: tx.sessions.add(added))
    assert [store.read(lambda tx, one=one: tx.sessions.by_hash(HERE, one.hashed)) for one in every] == every


def test_what_was_seen_of_sessions_is_noted_and_who_is_gone_stays_so(store: Store) -> None:
    one, two, gone = session("one", LENA), session("two", TOMAS), session("gone", LENA)
    for added in (one, two):
        change(store, lambda tx, added=added: tx.sessions.add(added))
    at = NOON + SECOND
    seen = [Seen(HERE, gone.id, at, "a"), Seen(HERE, one.id, at, "b"), Seen(ELSEWHERE, two.id, at, "c")]
    change(store, lambda tx: tx.sessions.see(seen))
    change(store, lambda tx: tx.sessions.see([]))
    found = store.read(lambda tx: tx.sessions.several(HERE, [one.id, two.id, gone.id]))
    assert found == {one.id: replace(one, seen_at=at, network="b"), two.id: two}


def test_who_is_held_is_who_is_there(store: Store) -> None:
    held = change(store, lambda tx: tx.people.hold(HERE, LENA))
    assert held == store.read(lambda tx: tx.people.find(HERE, LENA))
    assert change(store, lambda tx: tx.people.hold(ELSEWHERE, LENA)) is None
    assert change(store, lambda tx: tx.people.hold(HERE, UserId(named("nobody")))) is None
