"""The admin portal's import: a template, a look into a file, upload and check, see what is wrong, apply, watch it."""

import asyncio
from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromQuery, QueryParameter

from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.jobs import Worker
from hallway.transport.serializers import admin as admin_serializers
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.imports import columns as import_columns
from hallway.usecases.imports import jobs as import_jobs
from hallway.usecases.imports.sheets import HowToRead, ImportKind
from hallway.usecases.people.staff import enter

LARGEST = 10 * 1024 * 1024

AnyRequest = Request[Any, Any, State]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CHOICE = 4_000

Encoding = Annotated[wire_admin.Encoding | None, QueryParameter(description="The file's encoding, if it is uncertain.")]
Columns = Annotated[
    str,
    QueryParameter(
        max_length=LONGEST_CHOICE,
        description="A JSON object that maps column names of the file to ours; an empty string leaves a column out.",
    ),
]
Filename = Annotated[str, QueryParameter(max_length=200, description="The file name to display.")]


_CHOICES = msgspec.json.Decoder(dict[str, str])


def _how(kind: wire_admin.ImportKind, encoding: wire_admin.Encoding | None, columns: str) -> HowToRead:
    try:
        chosen = _CHOICES.decode(columns)
    except (msgspec.DecodeError, RecursionError) as wrong:
        raise Invalid(Problem("columns", "invalid", "This is no JSON object of texts.")) from wrong
    return HowToRead(ImportKind(kind), encoding, {import_columns.key(name): one for name, one in chosen.items()})


def _wake(request: AnyRequest) -> None:
    worker: Worker = request.app.state.worker
    worker.wake(import_jobs.JOB)


@post("/admin/imports", request_max_body_size=LARGEST)
async def upload(  # noqa: PLR0917 - one for each part of the query
    actor: CurrentActor,
    context: InContext,
    request: AnyRequest,
    kind: FromQuery[wire_admin.ImportKind],
    filename: Filename = "",
    encoding: Encoding = None,
    columns: Columns = "{}",
) -> wire_admin.ImportJob:
    """Upload a CSV or XLSX file as the body. It is checked; nothing is imported yet.

    Unknown columns are left out. A file whose encoding is uncertain is refused unless an encoding is given.
    """
    store = context.store
    await store.read(lambda tx: enter(tx, actor))
    found = await context.files.read(await request.body(), _how(kind, encoding, columns), actor.user_id)
    begin = partial(
        import_jobs.begin, kind=ImportKind(kind), filename=filename, upload=found, clock=store.clock, ids=store.ids
    )
    job = await store.write(lambda tx: begin(tx, actor))
    for one in found.slices:
        await store.write(partial(import_jobs.keep, job=job, part=one))
    await store.write(lambda tx: import_jobs.begin_check(tx, job, clock=store.clock))
    _wake(request)
    return admin_serializers.import_job(job)


@post("/admin/imports/look", request_max_body_size=LARGEST, status_code=200)
async def look(
    actor: CurrentActor,
    context: InContext,
    request: AnyRequest,
    kind: FromQuery[wire_admin.ImportKind],
    encoding: Encoding = None,
    columns: Columns = "{}",
) -> wire_admin.ImportLook:
    """Inspect the encoding and the columns of a file, the body, before uploading it. Nothing is stored."""
    await context.store.read(lambda tx: enter(tx, actor))
    how = _how(kind, encoding, columns)
    return admin_serializers.import_look(how.kind, await context.files.look(await request.body(), how, actor.user_id))


@get("/admin/imports/template", media_type=WORKBOOK)
async def template(actor: CurrentActor, context: InContext, kind: FromQuery[wire_admin.ImportKind]) -> Response[bytes]:
    """Download an empty XLSX file with the columns that this kind of import accepts."""
    await context.store.read(lambda tx: enter(tx, actor))
    content = await asyncio.to_thread(context.files.template, ImportKind(kind))
    headers = {"Content-Disposition": f'attachment; filename="{kind}.xlsx"'}
    return Response(content, media_type=WORKBOOK, headers=headers)


@get("/admin/imports/{job_id:str}")
async def show(job_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_admin.ImportJob:
    """The progress of an import."""
    found = await context.store.read(lambda tx: import_jobs.mine(tx, actor, job_id, clock=context.store.clock))
    return admin_serializers.import_job(found)


@post("/admin/imports/{job_id:str}/apply", status_code=202)
async def apply(
    job_id: wire_fields.Id, actor: CurrentActor, context: InContext, request: AnyRequest
) -> wire_admin.ImportJob:
    """Import a checked file row by row. Rows that have since become invalid are reported and skipped."""
    job = await context.store.write(lambda tx: import_jobs.begin_apply(tx, actor, job_id, clock=context.store.clock))
    _wake(request)
    return admin_serializers.import_job(job)


handlers = [template, look, upload, show, apply]
