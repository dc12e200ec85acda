"""user_lists.UserLists: each store filters, sorts and pages as the rules in Python say."""

from datetime import datetime, timedelta

import pytest

from hallway.domain.arrivals import Arrival, Status, status
from hallway.domain.people import Department, State, User
from hallway.usecases.access.links import LINK_LIFE
from hallway.usecases.access.records import AccessNotice, Deed, Seen
from hallway.usecases.people.user_lists import Order, Sorting, SortKey, UserFilter, sort_key
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import (
    ADMIN,
    BOSS,
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    MANAGER,
    NOON,
    OWNER,
    SIDE,
    TOMAS,
    TOP,
    USERS,
    change,
    furnished,
    named,
    person,
    session,
    user,
)

DAY = timedelta(days=1)
LATER = NOON + DAY + timedelta(seconds=1)
"""When the links of `session` have just ended."""
AWKWARD = ["Ünal Ö.", "ünal a", "Zoë", "zoe", "ﷺ", "Ёлкина", "ел", "_", "%", "💡", "ليلى", "\uff21", "a-b", "a b"]


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Everybody in another state of coming in, and names that sort differently by letters than by bytes."""
    furnished(store)

    def work(tx: Transaction) -> None:
        tx.departments.add([Department(account_id=HERE, id=person("depot"), name="ärger depot", parent_id=TOP)])  # type: ignore[arg-type]  # a text
        tx.people.add([user(name, department=None if place % 3 else SIDE) for place, name in enumerate(AWKWARD)])
        tx.people.note_sign_in(HERE, OWNER, NOON)
        tx.people.set_password(HERE, ADMIN, "a hash")
        tx.sessions.add(session("a browser", MANAGER))
        tx.sessions.add(session("a program", EXPERT, "token"))
        tx.sessions.add(session("a link", TOMAS, "link"))
        tx.access.add_notice(
            AccessNotice(account_id=HERE, id=named("mailed"), user_id=LENA, deed=Deed.LINK_MADE, by_id=ADMIN, at=NOON)
        )
        tx.access.add_notice(
            AccessNotice(account_id=HERE, id=named("told"), user_id=BOSS, deed=Deed.PASSWORD_SET, by_id=ADMIN, at=NOON)
        )

    change(store, work)
    change(store, lambda tx: tx.sessions.see([Seen(HERE, session("a browser", MANAGER).id, NOON + DAY, "192.0.2.0")]))
    gone = [replace_state(one) for one in USERS if one.id == BOSS]
    change(store, lambda tx: tx.people.save(gone))


def replace_state(one: User) -> User:
    """Deactivated."""
    return User(
        account_id=HERE, id=one.id, name=one.name, email=one.email, login=one.login, role=one.role, state=State.INACTIVE
    )


def _arrivals(store: Store) -> dict[str, Arrival]:
    ids = [one.id for one in USERS]
    return {str(one): arrival for one, arrival in store.read(lambda tx: tx.people.arrivals(HERE, ids)).items()}


def test_what_is_known_of_somebody_s_way_in(store: Store) -> None:
    found = _arrivals(store)
    assert found[OWNER] == Arrival(has_come_in=True, seen_at=NOON)
    assert found[ADMIN] == Arrival(has_come_in=True)
    assert found[MANAGER] == Arrival(has_come_in=True, seen_at=NOON + DAY)
    assert found[EXPERT] == Arrival(has_come_in=True)
    assert found[TOMAS] == Arrival(invited_at=NOON, link_expires_at=NOON + DAY)
    assert found[LENA] == Arrival(invited_at=NOON, link_expires_at=NOON + LINK_LIFE)
    assert found[BOSS] == Arrival()
    assert store.read(lambda tx: tx.people.arrivals(ELSEWHERE, [OWNER])) == {}
    assert store.read(lambda tx: tx.people.with_password(HERE, [ADMIN, OWNER])) == {ADMIN}


def test_who_was_seen_later_stays_so(store: Store) -> None:
    change(store, lambda tx: tx.people.note_sign_in(HERE, MANAGER, NOON))
    change(store, lambda tx: tx.sessions.see([Seen(HERE, session("a browser", MANAGER).id, NOON, "")]))
    assert _arrivals(store)[MANAGER].seen_at == NOON + DAY
    change(store, lambda tx: tx.people.save([one for one in USERS if one.id == MANAGER]))
    assert _arrivals(store)[MANAGER].seen_at == NOON + DAY


def _key(store: Store, by: Order, one: User) -> SortKey:
    def work(tx: Transaction) -> SortKey:
        arrival = tx.people.arrivals(HERE, [one.id])[one.id]
        names = tx.departments.names(HERE, [one.department_id] if one.department_id else [])
        return sort_key(by, one, arrival, names.get(one.department_id) if one.department_id else None, LATER)

    return store.read(work)


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("by", list(Order))
def test_pages_of_every_order_follow_each_other_as_the_keys_say(
    store: Store, by: Order, *, is_descending: bool
) -> None:
    chosen, sorting = UserFilter(now=LATER), Sorting(by, is_descending)
    everyone = store.read(lambda tx: tx.people.page(HERE, UserFilter(), after=None, limit=99))
    expected = sorted((_key(store, by, one) for one in everyone), reverse=is_descending)
    found: list[SortKey] = []
    after: SortKey | None = None
    while users := store.read(
        lambda tx, after=after: tx.people.page(HERE, chosen, sorting=sorting, after=after, limit=4)  # type: ignore[misc]
    ):
        found += [_key(store, by, one) for one in users]
        after = found[-1]
    assert found == expected
    assert len(found) == len(USERS) + len(AWKWARD)


@pytest.mark.parametrize("now", [NOON, LATER, NOON + LINK_LIFE + DAY])
@pytest.mark.parametrize("wanted", [one for one in Status if one is not Status.REMOVED])
def test_a_filter_by_status_finds_whom_the_rule_finds(store: Store, wanted: Status, now: datetime) -> None:
    everyone = store.read(lambda tx: tx.people.page(HERE, UserFilter(), after=None, limit=99))
    arrivals = store.read(lambda tx: tx.people.arrivals(HERE, [one.id for one in everyone]))
    expected = {one.id for one in everyone if status(one.state, arrivals[one.id], now) is wanted}
    chosen = UserFilter(status=wanted, now=now)
    assert set(store.read(lambda tx: tx.people.ids(HERE, chosen, limit=99))) == expected
    assert store.read(lambda tx: tx.people.count(HERE, chosen)) == len(expected)
    assert store.read(lambda tx: tx.people.counts(HERE, UserFilter(now=now))).by_status[wanted] == len(expected)


def test_who_was_never_seen_and_who_was_not_seen_for_long(store: Store) -> None:
    unseen = len(USERS) + len(AWKWARD) - 2
    assert store.read(lambda tx: tx.people.count(HERE, UserFilter(is_unseen=True))) == unseen
    assert store.read(lambda tx: tx.people.counts(HERE, UserFilter())).unseen == unseen
    since = UserFilter(not_seen_since=NOON + timedelta(seconds=1))
    found = store.read(lambda tx: tx.people.ids(HERE, since, limit=99))
    assert OWNER in found
    assert MANAGER not in found
    assert ADMIN in found


def test_the_removed_are_found_only_by_their_status(store: Store) -> None:
    lena = User(account_id=HERE, id=LENA, name="Lena Löwe", email="", login="", state=State.REMOVED)
    change(store, lambda tx: tx.people.save([lena]))
    assert LENA not in store.read(lambda tx: tx.people.ids(HERE, UserFilter(), limit=99))
    assert store.read(lambda tx: tx.people.ids(HERE, UserFilter(status=Status.REMOVED), limit=99)) == [LENA]
    assert store.read(lambda tx: tx.people.ids(HERE, UserFilter(state=State.REMOVED), limit=99)) == [LENA]


def test_ids_come_in_their_order_and_stop(store: Store) -> None:
    found = store.read(lambda tx: tx.people.ids(HERE, UserFilter(), limit=5))
    assert len(found) == 5
    assert list(found) == sorted(found)
