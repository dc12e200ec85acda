"""audit: entries are numbered without gaps, chained, found by what one looks for, and never change."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from hallway.domain.audit import BEGINNING, Action, Entry, Target, Via, first_break, hash_of
from hallway.domain.ids import AccountId, SessionId
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.audit.ports import Chosen, Size
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import NotFound
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ADMIN, BIOLOGY, ELSEWHERE, HERE, LENA, TOMAS, change, furnished, named

BY_ADMIN = Actor(
    account_id=HERE, user_id=ADMIN, session_id=SessionId(named("session")), via=Via.WEB, address="192.0.2.14"
)
OPERATOR = Origin(account_id=ELSEWHERE, via=Via.COMMAND)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Two accounts."""
    furnished(store)


def note(store: Store, *targets: str, by: Actor | Origin = BY_ADMIN) -> None:
    """Record an entry for each of these departments, in one transaction."""

    def work(tx: Transaction) -> None:
        for one in targets:
            trail.record(tx, by, Action.DEPARTMENT_ADDED, Target("department", one), after={"name": one})

    change(store, work)


def entries(store: Store, account_id: AccountId = HERE) -> Sequence[Entry]:
    return store.read(lambda tx: list(tx.audit.whole(account_id)))


def page(store: Store, chosen: Chosen, before: int | None = None, limit: int = 10) -> list[int]:
    return store.read(lambda tx: [one.seq for one in tx.audit.page(HERE, chosen, before=before, limit=limit)])


def test_an_entry_comes_back_as_it_was_recorded(store: Store) -> None:
    before = datetime.now(UTC)
    facts = {"role": "author", "manages": frozenset({"b", "a"}), "name": "Zoë “Ö” \x00"}
    change(
        store,
        lambda tx: trail.record(
            tx, BY_ADMIN, Action.ROLE_CHANGED, trail.user(LENA), before={"role": None}, after=facts
        ),
    )
    (entry,) = entries(store)
    draft = entry.draft
    assert (entry.seq, draft.account_id, draft.action, draft.via) == (1, HERE, "user.role_changed", "web")
    assert (draft.user_id, draft.session_id, draft.address) == (ADMIN, BY_ADMIN.session_id, "192.0.2.14")
    assert (draft.target, draft.person_id) == (Target("user", LENA), LENA)
    assert draft.facts == '{"after":{"manages":["a","b"],"name":"Zoë “Ö”  ","role":"author"},"before":{"role":null}}'
    assert before - timedelta(seconds=1) < entry.at <= datetime.now(UTC)
    assert entry.hash == hash_of(BEGINNING, 1, entry.at, draft)


def test_entries_are_numbered_and_chained_for_each_account(store: Store) -> None:
    note(store, "a", "b")
    note(store, "elsewhere", by=OPERATOR)
    note(store, "c")
    assert [(one.seq, one.draft.target.id) for one in entries(store)] == [(1, "a"), (2, "b"), (3, "c")]
    assert [(one.seq, one.draft.user_id) for one in entries(store, ELSEWHERE)] == [(1, None)]
    assert first_break(entries(store)) is None
    head = store.read(lambda tx: tx.audit.head(HERE))
    assert head is not None
    assert (head.seq, head.hash) == (3, entries(store)[-1].hash)


def test_all_accounts_that_have_entries_have_a_head(store: Store) -> None:
    assert store.read(lambda tx: tx.audit.heads()) == []
    assert store.read(lambda tx: tx.audit.size()) == Size(0, 0)
    note(store, "a", "b")
    assert [head.account_id for head in store.read(lambda tx: tx.audit.heads())] == [HERE]
    note(store, "elsewhere", by=OPERATOR)
    heads = [store.read(lambda tx, of=account_id: tx.audit.head(of)) for account_id in sorted([HERE, ELSEWHERE])]
    assert store.read(lambda tx: tx.audit.heads()) == heads
    size = store.read(lambda tx: tx.audit.size())
    assert size.entries == 3
    assert size.bytes > 0


def test_what_fails_records_nothing_and_leaves_no_gap(store: Store) -> None:
    def fail(tx: Transaction) -> None:
        trail.record(tx, BY_ADMIN, Action.USER_ADDED, trail.user(LENA))
        raise NotFound("nothing")

    note(store, "a")
    outcomes = store.write([fail, lambda tx: trail.record(tx, BY_ADMIN, Action.USER_REMOVED, trail.user(LENA)), fail])
    assert [one.failure is None for one in outcomes] == [False, True, False]
    note(store, "b")
    assert [one.draft.action for one in entries(store)] == ["department.added", "user.removed", "department.added"]
    assert first_break(entries(store)) is None


def test_a_page_is_the_newest_of_what_one_looks_for(store: Store) -> None:
    note(store, "a", "b")
    change(store, lambda tx: trail.record(tx, BY_ADMIN, Action.USER_ADDED, trail.user(LENA)))
    by_tomas = Actor(account_id=HERE, user_id=TOMAS)
    course = Target("course", BIOLOGY)
    change(store, lambda tx: trail.record(tx, by_tomas, Action.ENROLLED, course, person_id=LENA))
    assert page(store, Chosen()) == [4, 3, 2, 1]
    assert page(store, Chosen(), before=4, limit=2) == [3, 2]
    assert page(store, Chosen(group="department")) == [2, 1]
    assert page(store, Chosen(group="nonsense")) == []
    assert page(store, Chosen(user_id=TOMAS)) == [4]
    assert page(store, Chosen(about=LENA)) == [4, 3]
    assert page(store, Chosen(target=course)) == [4]
    assert page(store, Chosen(group="user", user_id=ADMIN, about=LENA)) == [3]
    soon = datetime.now(UTC) + timedelta(minutes=1)
    assert page(store, Chosen(since=soon)) == []
    assert page(store, Chosen(until=soon)) == [4, 3, 2, 1]
    assert store.read(lambda tx: tx.audit.count(HERE, Chosen(about=LENA))) == 2
    assert store.read(lambda tx: tx.audit.count(ELSEWHERE, Chosen())) == 0


def test_a_long_log_is_read_whole(store: Store) -> None:
    note(store, *(str(one) for one in range(2_500)))
    assert [one.seq for one in entries(store)] == list(range(1, 2_501))
    assert first_break(entries(store)) is None
