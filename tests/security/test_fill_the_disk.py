"""Attack: leave so much behind that the disk fills: sign-ins, guesses, mails to nobody, uploads. And do it while others write."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.domain.ids import SessionId
from hallway.storage.engines import open_engine
from hallway.storage.store import SqlStore, open_store
from hallway.storage.writer import Writer
from hallway.transport import upkeep as worker_part
from hallway.transport.async_store import AsyncStore
from hallway.transport.upkeep import Upkeep
from hallway.usecases.jobs import queueing, upkeep
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.upkeep_ports import What
from hallway.usecases.notifications.records import KeptMail
from hallway.usecases.transaction import StoreUnavailable, Transaction
from tests.contracts.world import EXPERT, HERE, LENA, TOMAS, furnished, named, session, talk

MANY = 450
LONG_AGO = timedelta(days=400)
pytestmark = pytest.mark.anyio


@pytest.fixture
def url(database: str) -> str:
    """A database with a talk, and with much that was left behind."""
    store = furnished(open_store(database))
    talk(store, TOMAS, EXPERT, ["One", "Two", "Three"])
    (outcome,) = store.write([_leave_much])
    assert outcome.failure is None
    store.close()
    return database


def _leave_much(tx: Transaction) -> None:
    now = SystemClock().now()
    for number in range(MANY):
        old = replace(session(f"old {number}", LENA), expires_at=now - LONG_AGO)
        tx.sessions.add(old)
        tx.attempts.add(HERE, named(f"try {number}"), "key", now - LONG_AGO)
    for number in range(20):
        tx.mails.keep(_mail(f"old {number}", now - LONG_AGO))
        tx.jobs.put(
            [
                Job(
                    account_id=HERE,
                    kind="mail",
                    subject=str(number),
                    created_at=now,
                    set_aside_at=now - LONG_AGO,
                    reason="no",
                )
            ]
        )
    tx.sessions.add(replace(session("in use", LENA), expires_at=now + LONG_AGO))
    tx.mails.keep(_mail("today's", now))


def _mail(name: str, at: datetime) -> KeptMail:
    return KeptMail(
        account_id=HERE,
        id=named(name),
        at=at,
        sender="stranger@example.org",
        subject=name,
        reason="no_address",
        content=b"x" * 10_000,
    )


@pytest.fixture
def async_stores(url: str) -> Iterator[list[AsyncStore]]:
    """Two processes over the same database: on SQLite their connections stand for them."""
    stores = [SqlStore(open_engine(url)) for _ in range(2)]
    made = [
        AsyncStore(
            one, Writer(one, lambda _: None), clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64)
        )
        for one in stores
    ]
    yield made
    for one in made:
        one.close()


async def _job(async_store: AsyncStore) -> Job:
    await async_store.write(lambda tx: upkeep.schedule(tx, HERE, clock=async_store.clock))
    claimed = await async_store.write(
        lambda tx: queueing.claim(tx, HERE, upkeep.WORK, limit=1, clock=async_store.clock, ids=async_store.ids)
    )
    return (
        claimed[0]
        if claimed
        else Job(account_id=HERE, kind=upkeep.WORK.kind, subject=upkeep.SUBJECT, created_at=async_store.clock.now())
    )


async def _left(async_store: AsyncStore) -> dict[str, int]:
    """How much is overdue still, by kind; nothing where there is none."""
    now, found = async_store.clock.now(), dict[str, int]()
    for rule in upkeep.RULES:
        keys, _ = await async_store.read(lambda tx, of=rule: upkeep.overdue(tx, HERE, of, now))
        if keys:
            found[rule.what.value] = len(keys)
    return found


@pytest.mark.slow("postgresql")
async def test_what_was_left_goes_and_messages_and_what_is_in_use_stay(async_stores: list[AsyncStore]) -> None:
    async_store = async_stores[0]
    following = await Upkeep(async_store).run(await _job(async_store))
    ran = upkeep.last_run(following.payload)
    assert ran is not None
    gone = {what: number for what, number in ran.removed.items() if number}
    assert gone == {"sessions": MANY, "attempts": MANY, "kept_mails": 20, "set_aside_jobs": 20}
    assert await _left(async_store) == {}
    assert [one.name for one in await async_store.read(lambda tx: tx.sessions.of(HERE, LENA, "browser"))] == ["in use"]
    assert [one.subject for one in await async_store.read(lambda tx: tx.mails.kept(HERE, 10))] == ["today's"]
    chats = await async_store.read(lambda tx: tx.conversations.rows(HERE, TOMAS, before=None, limit=9))
    assert [one.conversation.last_seq for one in chats] == [3]
    assert following.due_at - async_store.clock.now() > timedelta(minutes=50)


@pytest.mark.slow("postgresql")
async def test_two_processes_at_once_remove_everything_once(async_stores: list[AsyncStore]) -> None:
    runs = [Upkeep(one) for one in async_stores]
    job = await _job(async_stores[0])
    await asyncio.gather(*(one.run(job) for one in runs))
    assert await _left(async_stores[0]) == {}
    assert runs[0].removed["sessions"] + runs[1].removed["sessions"] == MANY


@pytest.mark.slow("postgresql")
async def test_a_run_that_was_killed_is_taken_up_where_it_ended(async_stores: list[AsyncStore]) -> None:
    first = Upkeep(async_stores[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(async_stores[0], "write", _failing(async_stores[0], after=1))
        with pytest.raises(StoreUnavailable):
            await first.run(
                Job(
                    account_id=HERE,
                    kind=upkeep.WORK.kind,
                    subject=upkeep.SUBJECT,
                    created_at=async_stores[0].clock.now(),
                )
            )
    assert 0 < first.removed["sessions"] < MANY
    second = Upkeep(async_stores[1])
    await second.run(await _job(async_stores[1]))
    assert first.removed["sessions"] + second.removed["sessions"] == MANY
    assert await _left(async_stores[1]) == {}


def _failing(async_store: AsyncStore, *, after: int) -> Any:
    """Its writer, which is gone after so many transactions."""
    write, done = async_store.write, 0

    async def once_more(work: Any) -> Any:
        nonlocal done
        if done == after:
            raise StoreUnavailable
        done += 1
        return await write(work)

    return once_more


@pytest.mark.slow("postgresql")
async def test_others_are_served_between_any_two_small_transactions(async_stores: list[AsyncStore]) -> None:
    """No transaction removes more than its rule says, and what people send waits for one of them at most."""
    sizes: list[int] = []

    def hear(_: Any, cursor: Any, statement: str, *__: Any) -> None:
        if statement.startswith("DELETE"):
            sizes.append(cursor.rowcount)

    engine = async_stores[0]._store._engine  # type: ignore[attr-defined]
    event.listen(engine, "after_cursor_execute", hear)
    running = asyncio.create_task(Upkeep(async_stores[0]).run(await _job(async_stores[0])))
    answered = 0
    while not running.done():
        await async_stores[0].write(lambda tx: tx.sessions.remove(HERE, TOMAS, SessionId(named("nobody's"))))
        answered += 1
    await running
    assert max(sizes) <= max(one.at_once for one in upkeep.RULES)
    assert answered > MANY // 200, "some were answered between the transactions"


@pytest.mark.slow("postgresql")
async def test_a_backlog_is_worked_off_over_several_runs(
    async_stores: list[AsyncStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "MOST_AT_A_RUN", 200)
    monkeypatch.setattr(worker_part, "PAUSE", 0)
    async_store, times = async_stores[0], 0
    run = Upkeep(async_store)
    while await _left(async_store):
        following = await run.run(await _job(async_store))
        times += 1
        is_behind = following.due_at - async_store.clock.now() < timedelta(minutes=5)
        assert is_behind is (times <= MANY // 200)
    assert times == MANY // 200 + 1


@pytest.mark.slow("postgresql")
async def test_each_process_gives_accounts_their_job_and_knows_of_the_last_run(async_stores: list[AsyncStore]) -> None:
    for one in async_stores:
        await Upkeep(one).look()
    jobs = await async_stores[0].read(lambda tx: tx.jobs.several(HERE, upkeep.WORK.kind, [upkeep.SUBJECT]))
    assert len(jobs) == 1
    job = await _job(async_stores[0])
    following = await Upkeep(async_stores[0]).run(job)
    await async_stores[0].write(lambda tx: queueing.go_on(tx, job, following.payload, following.due_at))
    other = Upkeep(async_stores[1])
    await other.look()
    last = other.overview.newest
    assert last is not None
    assert last.removed[What.SESSIONS.value] == MANY
    assert last.rows.keys() >= {"message", "session", "job"}
