"""The admin portal's import: upload and check, see what is wrong, apply all or nothing, watch the progress."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import FromQuery, QueryParameter

from hallway.transport import present_admin, replies, wire, wire_admin
from hallway.transport.desk import Desk
from hallway.transport.http.doors import Asker, AtDoor
from hallway.usecases import import_jobs
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Busy
from hallway.usecases.imports import Progress
from hallway.usecases.ports import StoreUnavailable
from hallway.usecases.sheets import Job, Kind
from hallway.usecases.staff import enter

LARGEST = 10 * 1024 * 1024
OFTEN = 1.0
"""Seconds between two words to the other processes about how far a file is."""

Work = Callable[[Progress], Awaitable[None]]


class Workshop:
    """The files on which this process works, and how far each is: the store learns that once a second."""

    def __init__(self, desk: Desk) -> None:
        """Nothing to do yet."""
        self._desk = desk
        self._done: dict[str, int] = {}
        self._running: set[asyncio.Task[None]] = set()

    def check(self, actor: Actor, job: Job) -> None:
        """Check a file while its person watches."""

        async def work(progress: Progress) -> None:
            report = await self._desk.read(
                lambda tx: import_jobs.check(tx, actor, job, ids=self._desk.ids, progress=progress)
            )
            await self._desk.write(lambda tx: import_jobs.note_check(tx, job, report, clock=self._desk.clock))

        self._start(job, work)

    def apply(self, actor: Actor, job: Job) -> None:
        """Apply a file that was claimed."""

        async def work(progress: Progress) -> None:
            clock, ids = self._desk.clock, self._desk.ids
            await self._desk.write(
                lambda tx: import_jobs.apply(tx, actor, job, clock=clock, ids=ids, progress=progress)
            )

        self._start(job, work)

    async def mine(self, actor: Actor, job_id: str) -> Job:
        """One's own file, as far as it is. Raises NotFound."""
        at_work = job_id in self._done
        job = await self._desk.read(lambda tx: import_jobs.mine(tx, actor, job_id, clock=self._desk.clock))
        return replace(job, done=self._done.get(job_id, job.done)) if at_work else job

    def _start(self, job: Job, work: Work) -> None:
        self._done[job.id] = 0
        task = asyncio.create_task(self._run(job, work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, job: Job, work: Work) -> None:
        telling = asyncio.create_task(self._tell(job))
        try:
            await work(lambda done: self._done.__setitem__(job.id, done))
        except Exception as failure:  # noqa: BLE001 - told to the person who watches
            reason = replies.problem(failure, job.id).detail
            with suppress(Busy, StoreUnavailable):  # then nobody tells of it any more, and it has failed as well
                await self._desk.write(lambda tx: import_jobs.fail(tx, job, reason, clock=self._desk.clock))
        finally:
            telling.cancel()
            del self._done[job.id]

    async def _tell(self, job: Job) -> None:
        while True:
            await asyncio.sleep(OFTEN)
            done, now = self._done[job.id], self._desk.clock.now()
            with suppress(Busy, StoreUnavailable):
                await self._desk.write(partial(import_jobs.tell, job=job, done=done, now=now))


def workshop_of(state: State) -> Workshop:
    """The process's workshop."""
    workshop: Workshop = state.workshop
    return workshop


AnyRequest = Request[Any, Any, State]
Filename = Annotated[str, QueryParameter(max_length=200, description="The file's name, to show.")]


@post("/admin/imports", request_max_body_size=LARGEST)
async def upload(
    actor: Asker,
    door: AtDoor,
    request: AnyRequest,
    kind: FromQuery[wire_admin.ImportKind],
    filename: Filename = "",
) -> wire_admin.ImportJob:
    """Upload a CSV or XLSX file, as the body; it is checked, and nothing is changed yet."""
    desk = door.desk
    await desk.read(lambda tx: enter(tx, actor))
    sheet = door.read_sheet(await request.body())
    begin = partial(import_jobs.begin, kind=Kind(kind), filename=filename, sheet=sheet, clock=desk.clock, ids=desk.ids)
    job = await desk.write(lambda tx: begin(tx, actor))
    workshop_of(request.app.state).check(actor, job)
    return present_admin.import_job(job)


@get("/admin/imports/{job_id:str}")
async def show(job_id: wire.Id, actor: Asker, request: AnyRequest) -> wire_admin.ImportJob:
    """How far it is."""
    return present_admin.import_job(await workshop_of(request.app.state).mine(actor, job_id))


@post("/admin/imports/{job_id:str}/apply", status_code=202)
async def apply(job_id: wire.Id, actor: Asker, door: AtDoor, request: AnyRequest) -> wire_admin.ImportJob:
    """Do all that the checked file says, or nothing."""
    job = await door.desk.write(lambda tx: import_jobs.claim(tx, actor, job_id, clock=door.desk.clock))
    workshop_of(request.app.state).apply(actor, job)
    return present_admin.import_job(job)


handlers = [upload, show, apply]
