"""Imports uploaded files in the background, in slices so short that nobody else has to wait for them (see `slices`)."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from hallway.domain.verdicts import Refused
from hallway.transport import errors
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import Handler
from hallway.transport.slices import Slices, Stride
from hallway.usecases.errors import Busy, Invalid, Problem
from hallway.usecases.imports import batches
from hallway.usecases.imports import columns as import_columns
from hallway.usecases.imports import jobs as import_jobs
from hallway.usecases.imports.plans import planner
from hallway.usecases.imports.sheets import ImportJob, Report, SheetLine
from hallway.usecases.jobs.ports import Job as DurableJob
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.transaction import StoreUnavailable, Transaction

NOTE_EVERY = 1.0
"""Seconds between two notes of how far a check is."""
FILES_AT_ONCE = 4
"""Files that take turns, so that a short one does not wait for the end of a long one."""
WORK = Work(import_jobs.JOB, timedelta(minutes=1), Retry(first_pause=timedelta(seconds=5), most_tries=4))

_log = structlog.get_logger("hallway.imports")


class Importer:
    """Checks and applies the files of this process's durable jobs."""

    def __init__(self, store: AsyncStore, slices: Slices) -> None:
        """Check and apply files in the store, a slice at a time."""
        self._store = store
        self._slices = slices

    def handler(self) -> Handler:
        """Return the handler that carries out imports."""
        return Handler(WORK, self.run, FILES_AT_ONCE)

    async def run(self, queued: DurableJob) -> None:
        """Check or apply a file. A refusal, or content that a file must not have, ends the import with that reason."""
        job = await self._store.read(lambda tx: tx.import_jobs.find(queued.account_id, queued.subject))
        if job is None or not job.is_at_work:
            return
        try:
            await (self._check(job) if job.state == "checking" else self._apply(job))
        except (Refused, Invalid) as failure:
            document = errors.problem(failure, job.id)
            code = document.errors[0].code if document.errors else document.code
            await self._fail(job, Problem("file", code, document.detail))

    async def _check(self, job: ImportJob) -> None:
        """Judge every line of a file, from the beginning: what lines have to do with each other is not stored."""
        clock, ids = self._store.clock, self._store.ids
        judging, report, stride = planner(job.kind, import_jobs.actor_of(job), clock=clock, ids=ids), Report(), Stride()
        names = import_columns.columns(job.kind, job.head.columns)
        done, noted_at = 0, time.monotonic()

        def judge(tx: Transaction, chosen: Sequence[SheetLine]) -> None:
            batches.judge(tx, judging, batches.entries(names, chosen), report)

        while lines := await self._lines(job, done):
            for chosen in stride.parts(lines):
                await self._slices.take(stride, len(chosen), self._store.read, partial(judge, chosen=chosen))
                done += len(chosen)
                if time.monotonic() - noted_at > NOTE_EVERY:
                    noted_at = time.monotonic()
                    await self._store.write(partial(_note_progress, job=job, done=done, now=clock.now()))
        await self._store.write(
            lambda tx: import_jobs.note_check(tx, job, report, taken=judging.taken, clock=clock, ids=ids)
        )

    async def _apply(self, job: ImportJob) -> None:
        """Apply a file from where it was left."""
        stride = Stride()
        while job.state == "applying":
            lines = await self._lines(job, job.done)
            if not lines:
                await self._fail(job, import_jobs.STOPPED)
                return
            for chosen in stride.parts(lines):
                done = job.done
                job = await self._apply_some(stride, job, chosen)
                if job.done != done + len(chosen):
                    break

    async def _apply_some(self, stride: Stride, job: ImportJob, chosen: Sequence[SheetLine]) -> ImportJob:
        """Apply some lines. A line that the store refuses, whatever the reason, is reported, and stops no other."""
        clock, ids = self._store.clock, self._store.ids
        try:
            applying = partial(import_jobs.apply, job=job, lines=chosen, clock=clock, ids=ids)
            return await self._slices.take(stride, len(chosen), self._store.write, applying)
        except (Refused, StoreUnavailable, Busy):
            raise
        except Exception as fault:  # noqa: BLE001 - logged, and told to the one who imports by its line
            if len(chosen) > 1:
                stride.lines = 1
                return job
            _log.error("fault", import_id=job.id, line=chosen[0].number, exc_info=fault)
            return await self._store.write(partial(import_jobs.skip, job=job, line=chosen[0], clock=clock))

    async def _fail(self, job: ImportJob, reason: Problem) -> None:
        await self._store.write(lambda tx: import_jobs.fail(tx, job, reason, clock=self._store.clock))

    async def _lines(self, job: ImportJob, start: int) -> Sequence[SheetLine]:
        return await self._store.read(lambda tx: tx.import_jobs.lines_from(job.account_id, job.id, start))


def _note_progress(tx: Transaction, *, job: ImportJob, done: int, now: datetime) -> None:
    tx.import_jobs.note_progress(job.account_id, job.id, done, now)
