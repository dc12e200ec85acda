"""The worker of durable jobs: what it finishes, postpones and sets aside, in turns, over every store."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.domain.ids import AccountId
from hallway.storage.store import open_store
from hallway.storage.writer import Writer
from hallway.transport import jobs
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn, Handler, Poisoned, Worker
from hallway.usecases.accounts import provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from tests.contracts.world import ELSEWHERE, HERE, furnished

KIND = "bake"
AT_ONCE = Work(KIND, timedelta(seconds=30), Retry(first_pause=timedelta(milliseconds=1), most_tries=3))
PATIENCE = 60
pytestmark = pytest.mark.anyio


@pytest.fixture
def async_store(database: str) -> Iterator[AsyncStore]:
    """An awaited store with two accounts."""
    store = furnished(open_store(database))
    made = AsyncStore(
        store, Writer(store, lambda _: None), clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64)
    )
    yield made
    made.close()


@asynccontextmanager
async def working(async_store: AsyncStore, *handlers: Handler) -> AsyncGenerator[Worker]:
    """A worker at work."""
    worker = Worker(async_store, handlers)
    task = asyncio.create_task(worker.work())
    try:
        yield worker
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def queue(async_store: AsyncStore, *subjects: str, account_id: AccountId = HERE) -> None:
    for one in subjects:
        await async_store.write(lambda tx, it=one: queueing.enqueue(tx, account_id, KIND, it, clock=async_store.clock))


async def left(async_store: AsyncStore) -> Sequence[str]:
    """What waits or is set aside, with its reason."""
    counts = await async_store.read(lambda tx: tx.jobs.counts(HERE))
    aside = await async_store.read(lambda tx: tx.jobs.set_aside(HERE, 9))
    return [f"{one.waiting} wait" for one in counts if one.waiting] + [f"{one.subject}: {one.reason}" for one in aside]


async def eventually(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110 - the store has no event for it
            await asyncio.sleep(0.01)


@pytest.mark.slow("postgresql")
async def test_each_job_is_done_once_and_removed(async_store: AsyncStore) -> None:
    done: list[str] = []

    async def run(job: Job) -> None:
        done.append(job.subject)

    await queue(async_store, "a", "b")
    async with working(async_store, Handler(AT_ONCE, run)) as worker:
        await eventually(lambda: _is(left(async_store), []))
        await queue(async_store, "c")
        worker.wake(KIND)
        await eventually(lambda: _is(left(async_store), []))
    assert sorted(done) == ["a", "b", "c"]
    assert worker.done[KIND] == 3


async def _is(answer: Awaitable[object], wanted: object) -> bool:
    return await answer == wanted


@pytest.mark.slow("postgresql")
async def test_a_poisoned_job_harms_no_neighbour(async_store: AsyncStore) -> None:
    done, tries = list[str](), list[str]()

    async def run(job: Job) -> None:
        tries.append(job.subject)
        match job.subject:
            case "bad":
                message = "a@[ is no address\x00"
                raise ValueError(message)
            case "worse":
                message = "There is no such oven."
                raise Poisoned(message)
            case _:
                done.append(job.subject)

    await queue(async_store, "bad", "worse", *(f"good {number}" for number in range(9)))
    async with working(async_store, Handler(AT_ONCE, run)):
        wanted = {"bad: ValueError: a@[ is no address ", "worse: There is no such oven."}
        await eventually(lambda: _is(_as_set(left(async_store)), wanted))
    assert len(done) == 9
    assert (tries.count("bad"), tries.count("worse")) == (3, 1)


async def _as_set(answer: Awaitable[Sequence[str]]) -> set[str]:
    return set(await answer)


async def test_a_job_of_an_account_that_is_suspended_breaks_off_and_goes_on_when_it_is_resumed(
    async_store: AsyncStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK", 0.05)
    monkeypatch.setattr(jobs, "LONGEST", 0.2)
    started, may_end, broken = asyncio.Semaphore(0), asyncio.Event(), asyncio.Event()

    async def run(_: Job) -> None:
        started.release()
        try:
            await may_end.wait()
        except asyncio.CancelledError:
            broken.set()
            raise

    async def suspend(*, is_suspended: bool) -> None:
        patch = OperatorPatch(is_suspended=is_suspended)
        await async_store.write(lambda tx: provisioning.change(tx, HERE, patch))

    async with working(async_store, Handler(AT_ONCE, run)), asyncio.timeout(PATIENCE):
        await queue(async_store, "long")
        await started.acquire()
        await suspend(is_suspended=True)
        await broken.wait()
        await queue(async_store, "theirs", account_id=ELSEWHERE)
        await started.acquire()
        may_end.set()
        await eventually(lambda: _is(waiting(async_store), ["long"]))
        await suspend(is_suspended=False)
        await eventually(lambda: _is(waiting(async_store), []))


async def waiting(async_store: AsyncStore) -> Sequence[str]:
    """The subjects of both accounts that are not done."""
    of = lambda tx, account_id: tx.jobs.several(account_id, KIND, ["long", "theirs"])  # noqa: E731
    return await async_store.read(lambda tx: [*of(tx, HERE), *of(tx, ELSEWHERE)])


@pytest.mark.slow("postgresql")
async def test_accounts_take_turns(async_store: AsyncStore) -> None:
    done: list[AccountId] = []

    async def run(job: Job) -> None:
        done.append(job.account_id)

    await queue(async_store, *(f"job {number}" for number in range(20)))
    await queue(async_store, "one", "two", account_id=ELSEWHERE)
    async with working(async_store, Handler(AT_ONCE, run)):
        await eventually(lambda: _is(_length(done), 22))
    assert done[:4].count(ELSEWHERE) == 2


async def _length(things: Sequence[object]) -> int:
    return len(things)


@pytest.mark.slow("postgresql")
async def test_a_long_job_keeps_its_claim_and_goes_on_part_by_part(async_store: AsyncStore) -> None:
    short = Work(KIND, timedelta(milliseconds=300), Retry())
    parts: list[str] = []
    may_end = asyncio.Event()

    async def run(job: Job) -> GoOn | None:
        parts.append(job.payload)
        if job.payload:
            return None
        async with asyncio.timeout(PATIENCE):
            await may_end.wait()
        return GoOn("second", async_store.clock.now())

    await queue(async_store, "long")
    async with working(async_store, Handler(short, run)), working(async_store, Handler(short, run)):
        first = await async_store.read(lambda tx: tx.jobs.next_due(HERE, KIND))
        await eventually(lambda: _is(_later(async_store, first, 3 * short.lease), True))
        may_end.set()
        await eventually(lambda: _is(left(async_store), []))
    assert parts == ["", "second"]


async def _later(async_store: AsyncStore, first: object, by: timedelta) -> bool:
    due = await async_store.read(lambda tx: tx.jobs.next_due(HERE, KIND))
    return due is not None and due > first + by  # type: ignore[operator]  # a moment


@pytest.mark.slow("postgresql")
async def test_two_workers_share_and_double_nothing(async_store: AsyncStore) -> None:
    done: list[str] = []

    async def run(job: Job) -> None:
        await asyncio.sleep(0)
        done.append(job.subject)

    wanted = [f"job {number:02}" for number in range(40)]
    await queue(async_store, *wanted)
    async with (
        working(async_store, Handler(AT_ONCE, run, at_once=3)),
        working(async_store, Handler(AT_ONCE, run, at_once=3)),
    ):
        await eventually(lambda: _is(left(async_store), []))
    assert sorted(done) == wanted
