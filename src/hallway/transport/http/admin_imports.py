"""The admin portal's import: upload and check, see what is wrong, apply, watch the progress."""

from functools import partial
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import FromQuery, QueryParameter

from hallway.transport import present_admin, wire, wire_admin
from hallway.transport.http.doors import Asker, AtDoor
from hallway.transport.jobs import Worker
from hallway.usecases import import_jobs
from hallway.usecases.sheets import Kind
from hallway.usecases.staff import enter

LARGEST = 10 * 1024 * 1024

AnyRequest = Request[Any, Any, State]
Filename = Annotated[str, QueryParameter(max_length=200, description="The file name to display.")]


def _wake(request: AnyRequest) -> None:
    worker: Worker = request.app.state.worker
    worker.wake(import_jobs.JOB)


@post("/admin/imports", request_max_body_size=LARGEST)
async def upload(
    actor: Asker,
    door: AtDoor,
    request: AnyRequest,
    kind: FromQuery[wire_admin.ImportKind],
    filename: Filename = "",
) -> wire_admin.ImportJob:
    """Upload a CSV or XLSX file as the body. It is checked; nothing is imported yet."""
    desk = door.desk
    await desk.read(lambda tx: enter(tx, actor))
    found = await door.read_upload(await request.body(), Kind(kind), actor.user_id)
    begin = partial(import_jobs.begin, kind=Kind(kind), filename=filename, upload=found, clock=desk.clock, ids=desk.ids)
    job = await desk.write(lambda tx: begin(tx, actor))
    for one in found.slices:
        await desk.write(partial(import_jobs.keep, job=job, part=one))
    await desk.write(lambda tx: import_jobs.begin_check(tx, job, clock=desk.clock))
    _wake(request)
    return present_admin.import_job(job)


@get("/admin/imports/{job_id:str}")
async def show(job_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.ImportJob:
    """The progress of an import."""
    found = await door.desk.read(lambda tx: import_jobs.mine(tx, actor, job_id, clock=door.desk.clock))
    return present_admin.import_job(found)


@post("/admin/imports/{job_id:str}/apply", status_code=202)
async def apply(job_id: wire.Id, actor: Asker, door: AtDoor, request: AnyRequest) -> wire_admin.ImportJob:
    """Import a checked file row by row. Rows that have since become invalid are reported and skipped."""
    job = await door.desk.write(lambda tx: import_jobs.begin_apply(tx, actor, job_id, clock=door.desk.clock))
    _wake(request)
    return present_admin.import_job(job)


handlers = [upload, show, apply]
