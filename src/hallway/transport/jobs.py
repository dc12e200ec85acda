"""The worker that carries out durable jobs: a lane for each kind, accounts in turn, every claim kept alive."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from litestar.datastructures import State

from hallway.domain.ids import AccountId
from hallway.transport.async_store import AsyncStore
from hallway.usecases.errors import Busy
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job, JobCount
from hallway.usecases.jobs.queueing import Work
from hallway.usecases.transaction import StoreUnavailable, Transaction

SHORTEST, LONGEST = 0.05, 30.0
"""Seconds between two looks: at least, since another process may be about to claim; at most, since it may have left something."""

LOOK = 2.0
"""Seconds between two looks whether an account was suspended whose jobs are carried out."""

_log = structlog.get_logger("hallway.jobs")


class Poisoned(Exception):  # noqa: N818 - says what the job is
    """Raised by a handler when trying again cannot help; the text is the reason, for administrators to read."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Returned by a handler: this part succeeded, and the next one is due at `due_at` with this payload."""

    payload: str
    due_at: datetime


Run = Callable[[Job], Awaitable[GoOn | None]]
Wake = Callable[[str], None]
"""Lets jobs of a kind begin at once."""


@dataclass(frozen=True, slots=True)
class Handler:
    """How jobs of one kind are carried out, at most `at_once` of them at the same time in this process.

    `run` may be called again for the same job after a crash, so what it does must do no harm when it is done twice. When
    it returns, the job is done (or goes on); when it raises, the job is postponed, and set aside after its tries.
    """

    work: Work
    run: Run
    at_once: int = 1


class Worker:
    """Carries out the jobs of a process; the store decides which process gets a job."""

    def __init__(self, store: AsyncStore, handlers: Sequence[Handler] = ()) -> None:
        """Count this process's jobs by kind in `done` and `failed`; `counts` is what waited lately in the store."""
        self._lanes: dict[str, _Lane] = {}
        self.done = Counter[str]()
        self.failed = Counter[str]()
        self.counts: Sequence[JobCount] = ()
        self._store = store
        self.add(handlers)

    def add(self, handlers: Sequence[Handler]) -> None:
        """Add handlers, which carry out jobs once the work begins."""
        self._lanes |= {one.work.kind: _Lane(self._store, one, self) for one in handlers}

    def wake(self, kind: str) -> None:
        """Look at once for a job of this kind, queued and committed. Kinds without a lane here are polled by whoever carries them out."""
        if kind in self._lanes:
            self._lanes[kind].wake()

    async def work(self) -> None:
        """Carry out jobs, for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._count())
            tasks.create_task(self._watch_suspensions())
            for lane in self._lanes.values():
                tasks.create_task(lane.work())

    async def _watch_suspensions(self) -> None:
        """Stop the jobs of suspended accounts, including those that are running."""
        while True:
            await asyncio.sleep(LOOK)
            if any(lane.is_busy for lane in self._lanes.values()):
                with suppress(StoreUnavailable, Busy):
                    suspended = await self._store.read(lambda tx: tx.accounts.suspended())
                    for lane in self._lanes.values():
                        await lane.rest(suspended)

    async def _count(self) -> None:
        """Keep `counts` up to date, of all kinds and accounts, for the metrics."""
        while True:
            with suppress(StoreUnavailable):
                self.counts = await self._store.read(lambda tx: tx.jobs.counts_anywhere())
            await asyncio.sleep(LONGEST)


def worker_of(state: State) -> Worker:
    """Return the worker of the process."""
    worker: Worker = state.worker
    return worker


class _Lane:
    """The jobs of one kind."""

    def __init__(self, store: AsyncStore, handler: Handler, worker: Worker) -> None:
        self._store = store
        self._handler = handler
        self._worker = worker
        self._is_due = asyncio.Event()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._served: AccountId | None = None

    def wake(self) -> None:
        self._is_due.set()

    @property
    def is_busy(self) -> bool:
        """Whether a job is being carried out."""
        return bool(self._running)

    async def rest(self, suspended: frozenset[AccountId]) -> None:
        """Cancel the jobs of these accounts. What they did is kept, as after a crash, and their claims are given back."""
        broken = {task: job for task, job in self._running.items() if job.account_id in suspended}
        for task in broken:
            task.cancel()
        if broken:
            await asyncio.wait(broken)
        for job in broken.values():
            await self._store.write(lambda tx, one=job: queueing.put_back(tx, one, clock=self._store.clock))

    async def work(self) -> None:
        """Claim jobs while there is room, and wait otherwise; no failure of the store ends the lane."""
        try:
            while True:
                try:
                    await self._fill()
                    await self._wait()
                except (StoreUnavailable, Busy) as failure:
                    _log.warning("jobs_wait", kind=self._handler.work.kind, reason=str(failure))
                    await asyncio.sleep(LONGEST)
                except Exception as fault:  # noqa: BLE001 - said loudly; the lane goes on with what it can
                    _log.error("fault", kind=self._handler.work.kind, exc_info=fault)
                    await asyncio.sleep(LONGEST)
        finally:
            for one in self._running:
                one.cancel()

    async def _fill(self) -> None:
        """Claim one job after the other, each from the account whose turn it is, as long as there is room."""
        self._is_due.clear()
        while len(self._running) < self._handler.at_once:
            job = await self._claim()
            if job is None:
                return
            task = asyncio.create_task(self._carry_out(job))
            self._running[task] = job
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self.wake()
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log.warning(
                "job_left",
                kind=self._handler.work.kind,
                reason=str(fault),
                hint="It will be retried when its claim expires.",
            )

    async def _claim(self) -> Job | None:
        store, work = self._store, self._handler.work
        accounts = await store.read(lambda tx: tx.jobs.due_accounts(work.kind, store.clock.now()))
        for account_id in _in_turn(accounts, self._served):
            claimed = await store.write(
                lambda tx, of=account_id: queueing.claim(tx, of, work, limit=1, clock=store.clock, ids=store.ids)
            )
            if claimed:
                self._served = account_id
                return claimed[0]
        return None

    async def _wait(self) -> None:
        """Wait until a job was queued, became due, or ended."""
        due = await self._store.read(lambda tx: tx.jobs.next_due_anywhere(self._handler.work.kind))
        is_full = len(self._running) >= self._handler.at_once
        seconds = LONGEST if due is None or is_full else (due - self._store.clock.now()) / timedelta(seconds=1)
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(SHORTEST, seconds), LONGEST)):
                await self._is_due.wait()

    async def _carry_out(self, job: Job) -> None:
        store, retry, kind = self._store, self._handler.work.retry, job.kind
        keeping = asyncio.create_task(self._keep(job))
        try:
            following = await self._handler.run(job)
        except Poisoned as failure:
            self._count_failure(job, failure)
            await store.write(lambda tx, why=str(failure): queueing.set_aside(tx, [job], why, clock=store.clock))
        except (StoreUnavailable, Busy):
            raise  # no fault of the job's; it is claimed again once this claim has run out
        except Exception as failure:  # noqa: BLE001 - it becomes the job's reason
            self._count_failure(job, failure)
            why = f"{type(failure).__name__}: {failure}"
            await store.write(lambda tx: queueing.postpone(tx, [job], why, retry=retry, clock=store.clock))
        else:
            self._worker.done[kind] += 1
            await store.write(lambda tx: _succeed(tx, job, following))
        finally:
            keeping.cancel()

    def _count_failure(self, job: Job, failure: Exception) -> None:
        self._worker.failed[job.kind] += 1
        _log.warning("job_failed", kind=job.kind, tries=job.tries, reason=str(failure)[: queueing.LONGEST_REASON])

    async def _keep(self, job: Job) -> None:
        """Extend the claim while the handler runs."""
        store, lease = self._store, self._handler.work.lease
        while True:
            await asyncio.sleep(lease / timedelta(seconds=1) / 3 * random.uniform(0.8, 1))  # noqa: S311 - spreads writes
            with suppress(StoreUnavailable, Busy):
                await store.write(lambda tx: queueing.extend(tx, job, lease=lease, clock=store.clock))


def _succeed(tx: Transaction, job: Job, following: GoOn | None) -> None:
    if following is None:
        queueing.finish(tx, [job])
    else:
        queueing.go_on(tx, job, following.payload, following.due_at)


def _in_turn(accounts: Sequence[AccountId], served: AccountId | None) -> Sequence[AccountId]:
    """Sort accounts by their ids, beginning after the account that was served last."""
    return sorted(accounts, key=lambda one: (served is not None and one <= served, one))
