"""jobs: what waits, who may take it, what is set aside, alike in every store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hallway.adapters import RandomIds
from hallway.domain.ids import AccountId
from hallway.usecases.errors import NotFound
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job, JobCount
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.transaction import Store
from tests.contracts.world import ELSEWHERE, HERE, NOON, change, furnished, set_suspended
from tests.school import StoppedClock

SECOND = timedelta(seconds=1)
TWICE = Work("bake", timedelta(minutes=1), Retry(first_pause=10 * SECOND, longest_pause=15 * SECOND, most_tries=2))


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Two accounts."""
    furnished(store)


@pytest.fixture
def clock() -> StoppedClock:
    """Noon."""
    return StoppedClock(NOON)


def job(subject: str, due_at: datetime | None = NOON, kind: str = "bake", account_id: AccountId = HERE) -> Job:
    return Job(
        account_id=account_id, kind=kind, subject=subject, created_at=NOON, payload='{"of": "rye"}', due_at=due_at
    )


def put(store: Store, *jobs: Job) -> None:
    change(store, lambda tx: tx.jobs.put(jobs))


def claim(store: Store, clock: StoppedClock, work: Work = TWICE, limit: int = 10) -> Sequence[Job]:
    return change(store, lambda tx: queueing.claim(tx, HERE, work, limit=limit, clock=clock, ids=RandomIds()))


def found(store: Store, subject: str) -> Job | None:
    return store.read(lambda tx: tx.jobs.several(HERE, "bake", [subject])).get(subject)


def test_a_job_comes_back_as_it_was_put(store: Store) -> None:
    whole = replace(job("a"), tries=3, claim="me", set_aside_at=NOON, reason="burnt “Ö”")
    put(store, whole, job("b"))
    assert found(store, "a") == whole
    assert store.read(lambda tx: tx.jobs.several(HERE, "bake", ["a", "b", "c"]).keys()) == {"a", "b"}
    assert store.read(lambda tx: tx.jobs.several(ELSEWHERE, "bake", ["a"])) == {}
    assert store.read(lambda tx: tx.jobs.several(HERE, "brew", ["a"])) == {}


def test_content_stays_beside_a_job_until_it_is_replaced_or_removed(store: Store) -> None:
    change(store, lambda tx: tx.jobs.put_with_content(job("a"), b"\x00flour\xff"))
    change(store, lambda tx: tx.jobs.save([replace(job("a"), tries=1)]))
    assert store.read(lambda tx: tx.jobs.content(HERE, "bake", "a")) == b"\x00flour\xff"
    change(store, lambda tx: tx.jobs.put_with_content(job("a"), b"more"))
    assert store.read(lambda tx: tx.jobs.content(HERE, "bake", "a")) == b"more"
    put(store, job("a"))
    assert store.read(lambda tx: tx.jobs.content(HERE, "bake", "a")) is None
    change(store, lambda tx: tx.jobs.remove(HERE, "bake", ["a"]))
    assert found(store, "a") is None


def test_saving_what_is_gone_brings_nothing_back(store: Store) -> None:
    change(store, lambda tx: tx.jobs.save([job("a")]))
    assert found(store, "a") is None


def test_what_is_due_comes_longest_due_first(store: Store) -> None:
    late, early, never = job("late", NOON + 2 * SECOND), job("early", NOON + SECOND), job("never", None)
    put(store, late, early, never, job("other", NOON, "brew"), job("theirs", NOON, account_id=ELSEWHERE))
    due = lambda seconds, limit=9: store.read(  # noqa: E731 - short for a table
        lambda tx: [one.subject for one in tx.jobs.due(HERE, "bake", NOON + seconds * SECOND, limit)]
    )
    assert [due(0), due(1), due(2), due(2, 1)] == [[], ["early"], ["early", "late"], ["early"]]
    assert store.read(lambda tx: tx.jobs.next_due(HERE, "bake")) == early.due_at
    assert store.read(lambda tx: tx.jobs.next_due(HERE, "fry")) is None
    assert store.read(lambda tx: tx.jobs.next_due_anywhere("bake")) == NOON
    assert store.read(lambda tx: tx.jobs.due_accounts("bake", NOON)) == [ELSEWHERE]
    assert store.read(lambda tx: tx.jobs.due_accounts("bake", NOON + SECOND)) == sorted([HERE, ELSEWHERE])


def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"))
    (mine,) = claim(store, clock)
    assert (mine.tries, mine.due_at) == (1, NOON + TWICE.lease)
    assert claim(store, clock) == []
    clock.wait(TWICE.lease)
    (theirs,) = claim(store, clock)
    change(store, lambda tx: queueing.finish(tx, [mine]))
    assert found(store, "a") == theirs
    change(store, lambda tx: queueing.finish(tx, [theirs]))
    assert found(store, "a") is None


def test_jobs_of_a_suspended_account_rest_until_it_is_resumed(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"), job("theirs", NOON + SECOND, account_id=ELSEWHERE))
    set_suspended(store, is_suspended=True)
    clock.wait(SECOND)
    assert claim(store, clock) == []
    assert store.read(lambda tx: tx.jobs.due_accounts("bake", clock.now())) == [ELSEWHERE]
    assert store.read(lambda tx: tx.jobs.next_due_anywhere("bake")) == NOON + SECOND
    assert store.read(lambda tx: tx.jobs.counts_anywhere()) == [JobCount("bake", 1, 0, NOON + SECOND)]
    set_suspended(store, is_suspended=False)
    assert store.read(lambda tx: tx.jobs.due_accounts("bake", clock.now())) == sorted([HERE, ELSEWHERE])
    assert store.read(lambda tx: tx.jobs.next_due_anywhere("bake")) == NOON
    assert [one.tries for one in claim(store, clock)] == [1]


def test_a_claim_that_is_put_back_counts_as_no_try(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"))
    (mine,) = claim(store, clock)
    change(store, lambda tx: queueing.put_back(tx, mine, clock=clock))
    (again,) = claim(store, clock)
    assert again.tries == 1
    change(store, lambda tx: queueing.put_back(tx, mine, clock=clock))
    assert found(store, "a") == again, "it is somebody else's by now"


def test_a_claim_that_is_extended_does_not_run_out(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"))
    (mine,) = claim(store, clock)
    clock.wait(TWICE.lease - SECOND)
    assert change(store, lambda tx: queueing.extend(tx, mine, lease=TWICE.lease, clock=clock))
    clock.wait(2 * SECOND)
    assert claim(store, clock) == []
    clock.wait(TWICE.lease)
    assert len(claim(store, clock)) == 1
    assert not change(store, lambda tx: queueing.extend(tx, mine, lease=TWICE.lease, clock=clock))


def test_a_job_queued_again_while_it_is_worked_on_is_done_again(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"))
    (mine,) = claim(store, clock)
    change(store, lambda tx: queueing.enqueue(tx, HERE, "bake", "a", "new", clock=clock))
    change(store, lambda tx: queueing.finish(tx, [mine]))
    (again,) = claim(store, clock)
    assert (again.payload, again.tries) == ("new", 1)


def test_a_failing_job_waits_longer_each_time_and_is_set_aside_with_its_reason(
    store: Store, clock: StoppedClock
) -> None:
    put(store, job("a"), job("healthy", NOON + SECOND))
    (first,) = claim(store, clock)
    change(store, lambda tx: queueing.postpone(tx, [first], "too hot", retry=TWICE.retry, clock=clock))
    assert (found(store, "a") or first).due_at == NOON + 10 * SECOND
    clock.wait(10 * SECOND)
    claimed = {one.subject: one for one in claim(store, clock)}
    assert claimed.keys() == {"a", "healthy"}
    change(store, lambda tx: queueing.postpone(tx, [claimed["a"]], "x" * 900 + "\x00", retry=TWICE.retry, clock=clock))
    aside = found(store, "a")
    assert aside is not None
    assert (aside.due_at, aside.set_aside_at, len(aside.reason or "")) == (None, clock.now(), 500)
    clock.wait(timedelta(days=9))
    assert claim(store, clock, limit=1)[0].subject == "healthy"


def test_what_ends_its_process_each_time_is_set_aside(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"))
    for _ in range(2):
        assert len(claim(store, clock)) == 1
        clock.wait(TWICE.lease)
    assert claim(store, clock) == []
    assert [one.reason for one in store.read(lambda tx: tx.jobs.set_aside(HERE, 9))] == [queueing.ENDED]


def test_a_job_that_goes_on_counts_its_tries_anew(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"))
    (mine,) = claim(store, clock)
    change(store, lambda tx: queueing.go_on(tx, mine, "part two", NOON + SECOND))
    assert claim(store, clock) == []
    clock.wait(SECOND)
    assert [(one.payload, one.tries) for one in claim(store, clock)] == [("part two", 1)]


def test_what_is_set_aside_is_listed_tried_again_or_discarded(store: Store, clock: StoppedClock) -> None:
    put(store, job("a"), job("b"))
    claimed = claim(store, clock)
    change(store, lambda tx: queueing.set_aside(tx, claimed[:1], "no oven", clock=clock))
    clock.wait(SECOND)
    change(store, lambda tx: queueing.set_aside(tx, claimed[1:], "no flour", clock=clock))
    newest = [claimed[1].subject, claimed[0].subject]
    assert [one.subject for one in store.read(lambda tx: tx.jobs.set_aside(HERE, 9))] == newest
    assert [one.subject for one in store.read(lambda tx: tx.jobs.set_aside(HERE, 1))] == newest[:1]
    assert store.read(lambda tx: tx.jobs.set_aside(ELSEWHERE, 9)) == []
    assert store.read(lambda tx: tx.jobs.counts(HERE)) == [JobCount("bake", 0, 2, None)]
    change(store, lambda tx: queueing.try_again(tx, HERE, "bake", newest[0], clock=clock))
    change(store, lambda tx: queueing.discard(tx, HERE, "bake", newest[1]))
    assert store.read(lambda tx: tx.jobs.counts(HERE)) == [JobCount("bake", 1, 0, clock.now())]
    for refused in (newest[0], newest[1], "nothing"):
        with pytest.raises(NotFound):
            change(store, lambda tx, it=refused: queueing.discard(tx, HERE, "bake", it))


def test_old_ones_that_were_set_aside_are_forgotten(store: Store) -> None:
    put(store, replace(job("old", None), set_aside_at=NOON), replace(job("new", None), set_aside_at=NOON + SECOND))
    assert change(store, lambda tx: tx.jobs.forget_set_aside(HERE, NOON + SECOND)) == 1
    assert [one.subject for one in store.read(lambda tx: tx.jobs.set_aside(HERE, 9))] == ["new"]
