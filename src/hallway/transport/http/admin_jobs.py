"""Jobs that were set aside."""

from typing import Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.params import JSONBody

from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.jobs import worker_of
from hallway.transport.wire import jobs as wire_jobs
from hallway.usecases.jobs import set_aside
from hallway.usecases.jobs.set_aside import Entry

AnyRequest = Request[Any, Any, State]


@get("/admin/set-aside-jobs")
async def entries(actor: CurrentActor, context: InContext) -> wire_jobs.SetAsideJobs:
    """Work in the background that was given up, the newest first."""
    found = await context.store.read(lambda tx: set_aside.entries(tx, actor))
    return wire_jobs.SetAsideJobs([_entry(one) for one in found])


@post("/admin/set-aside-jobs/try-again", status_code=204)
async def try_again(
    data: JSONBody[wire_jobs.NameJob], actor: CurrentActor, context: InContext, request: AnyRequest
) -> None:
    """Retry a task now, with a fresh number of attempts."""
    store = context.store
    await store.write(
        lambda tx: set_aside.try_again(tx, actor, kind=data.kind, subject=data.subject, clock=store.clock)
    )
    worker_of(request.app.state).wake(data.kind)


@post("/admin/set-aside-jobs/discard", status_code=204)
async def discard(data: JSONBody[wire_jobs.NameJob], actor: CurrentActor, context: InContext) -> None:
    """Discard a task for good."""
    await context.store.write(lambda tx: set_aside.discard(tx, actor, kind=data.kind, subject=data.subject))


def _entry(one: Entry) -> wire_jobs.SetAsideJob:
    job = one.job
    about = one.person.name if one.person else one.about
    at = job.set_aside_at or job.created_at
    return wire_jobs.SetAsideJob(
        kind=job.kind, subject=job.subject, about=about, reason=job.reason or "", at=at, tries=job.tries
    )


handlers = [entries, try_again, discard]
