"""The admin portal's import: upload and check, see what is wrong, apply all or nothing, watch the progress."""

import asyncio
from collections import OrderedDict
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import FromQuery, QueryParameter

from hallway.transport import present_admin, replies, wire, wire_admin
from hallway.transport.http.doors import Asker, AtDoor, Door
from hallway.usecases import imports
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.import_plans import planner
from hallway.usecases.imports import Job, Kind
from hallway.usecases.staff import enter

LARGEST = 10 * 1024 * 1024
KEPT = 20
"""Uploaded files that are remembered; the oldest goes first."""


class Jobs:
    """The files on their way in this process."""

    def __init__(self) -> None:
        """None yet."""
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    def add(self, job: Job) -> None:
        """Remember a job, and forget the oldest when there are many."""
        self._jobs[job.id] = job
        while len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)

    def mine(self, actor: Actor, job_id: str) -> Job:
        """One's own job."""
        job = self._jobs.get(job_id)
        if job is None or job.actor.user_id != actor.user_id:
            raise NotFound("import")
        return job

    def run(self, work: Any) -> None:
        """Let a job go on while its person watches."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def jobs_of(state: State) -> Jobs:
    """The process's jobs."""
    jobs: Jobs = state.jobs
    return jobs


Filename = Annotated[str, QueryParameter(max_length=200, description="The file's name, to show.")]


@post("/admin/imports", request_max_body_size=LARGEST)
async def upload(
    actor: Asker,
    door: AtDoor,
    request: Request[Any, Any, State],
    kind: FromQuery[wire_admin.ImportKind],
    filename: Filename = "",
) -> wire_admin.ImportJob:
    """Upload a CSV or XLSX file, as the body; it is checked, and nothing is changed yet."""
    await door.desk.read(lambda tx: enter(tx, actor))
    sheet = door.read_sheet(await request.body())
    job = Job(door.desk.ids.new(), actor, Kind(kind), filename, sheet)
    imports.entries(job.kind, sheet)
    jobs = jobs_of(request.app.state)
    jobs.add(job)
    jobs.run(_check(door, job))
    return present_admin.import_job(job)


async def _check(door: Door, job: Job) -> None:
    try:
        job.report = await door.desk.read(
            lambda tx: imports.check(tx, job.actor, planner=planner(job.kind), job=job, ids=door.desk.ids)
        )
        job.state = "refused" if job.report.bad_lines else "checked"
    except Exception as failure:  # noqa: BLE001 - told to the person who watches the job
        _fail(job, failure)


@get("/admin/imports/{job_id:str}")
async def show(job_id: wire.Id, actor: Asker, request: Request[Any, Any, State]) -> wire_admin.ImportJob:
    """How far it is."""
    return present_admin.import_job(jobs_of(request.app.state).mine(actor, job_id))


@post("/admin/imports/{job_id:str}/apply", status_code=202)
async def apply(job_id: wire.Id, actor: Asker, door: AtDoor, request: Request[Any, Any, State]) -> wire_admin.ImportJob:
    """Do all that the checked file says, or nothing."""
    jobs = jobs_of(request.app.state)
    job = jobs.mine(actor, job_id)
    if job.state != "checked":
        raise Conflict("not_checked", "Only a file that was checked and has no bad line can be applied, once.")
    job.state, job.done = "applying", 0
    jobs.run(_apply(door, job))
    return present_admin.import_job(job)


async def _apply(door: Door, job: Job) -> None:
    try:
        job.report = await door.desk.write(
            lambda tx: imports.apply(tx, job.actor, planner=planner(job.kind), job=job, ids=door.desk.ids)
        )
        job.state = "refused" if job.report.bad_lines else "applied"
    except Exception as failure:  # noqa: BLE001 - told to the person who watches the job
        _fail(job, failure)


def _fail(job: Job, failure: Exception) -> None:
    job.state = "failed"
    job.failure = replies.problem(failure, job.id).detail


handlers = [upload, show, apply]
