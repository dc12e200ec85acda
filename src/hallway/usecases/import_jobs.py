"""The way of an uploaded file: checked, looked at, applied. It is kept in the store, so any process can take the next step.

What is applied and that it was applied are one transaction. A process that ends in the middle has changed nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.import_plans import plan
from hallway.usecases.imports import Progress, carry_out, entries
from hallway.usecases.ports import Clock, Ids, Transaction
from hallway.usecases.sheets import Job, Kind, Report, Sheet
from hallway.usecases.staff import enter

KEPT = timedelta(days=1)
"""For how long a file is remembered."""
SILENCE = timedelta(seconds=30)
"""After which nobody works on it any more: a process that does tells of it every second."""
SHOWN = 5
"""Lines of the file that are shown."""
STOPPED = "The server was stopped meanwhile, and nothing was changed. Upload the file again."


def begin(tx: Transaction, actor: Actor, *, kind: Kind, filename: str, sheet: Sheet, clock: Clock, ids: Ids) -> Job:
    """Keep an uploaded file; it is to be checked. Raises Refused, Invalid."""
    enter(tx, actor)
    entries(kind, sheet)
    now = clock.now()
    head = replace(sheet, lines=sheet.lines[:SHOWN])
    job = Job(actor.account_id, ids.new(), actor.user_id, kind, filename, head, len(sheet.lines), now)
    tx.import_jobs.forget(actor.account_id, now - KEPT)
    tx.import_jobs.add(job, sheet)
    return job


def mine(tx: Transaction, actor: Actor, job_id: str, *, clock: Clock) -> Job:
    """One's own file; one on which nobody works any more has failed. Raises NotFound."""
    job = tx.import_jobs.find(actor.account_id, job_id)
    if job is None or job.user_id != actor.user_id:
        raise NotFound("import")
    if job.is_at_work and clock.now() - job.told_at > SILENCE:
        return replace(job, state="failed", failure=STOPPED)
    return job


def check(tx: Transaction, actor: Actor, job: Job, *, ids: Ids, progress: Progress) -> Report:
    """What the file would do. Changes nothing."""
    return plan(tx, actor, job.kind, _sheet(tx, job), ids=ids, progress=progress).report


def note_check(tx: Transaction, job: Job, report: Report, *, clock: Clock) -> None:
    """Keep what a check found."""
    state = "refused" if report.bad_lines else "checked"
    tx.import_jobs.save(replace(job, state=state, done=job.total, report=report, told_at=clock.now()))


def claim(tx: Transaction, actor: Actor, job_id: str, *, clock: Clock) -> Job:
    """Take a checked file, to apply it; nobody else can. Raises NotFound, Conflict."""
    job = mine(tx, actor, job_id, clock=clock)
    if job.state != "checked":
        raise Conflict("not_checked", "Only a file that was checked and has no bad line can be applied, once.")
    claimed = replace(job, state="applying", done=0, told_at=clock.now())
    tx.import_jobs.save(claimed)
    return claimed


def apply(tx: Transaction, actor: Actor, job: Job, *, clock: Clock, ids: Ids, progress: Progress) -> None:
    """Do all that the file says, or nothing when a line is bad by now; and note which."""
    report = carry_out(tx, plan(tx, actor, job.kind, _sheet(tx, job), ids=ids, progress=progress))
    state = "refused" if report.bad_lines else "applied"
    tx.import_jobs.save(replace(job, state=state, done=job.total, report=report, told_at=clock.now()))


def tell(tx: Transaction, *, job: Job, done: int, now: datetime) -> None:
    """Note how far it is, and that somebody works on it."""
    tx.import_jobs.tell(job.account_id, job.id, done, now)


def fail(tx: Transaction, job: Job, reason: str, *, clock: Clock) -> None:
    """Note what went wrong, unless it went well: the answer of a commit may be lost, and the commit not."""
    present = tx.import_jobs.find(job.account_id, job.id)
    if present is not None and present.is_at_work:
        tx.import_jobs.save(replace(present, state="failed", failure=reason, told_at=clock.now()))


def _sheet(tx: Transaction, job: Job) -> Sheet:
    sheet = tx.import_jobs.sheet(job.account_id, job.id)
    if sheet is None:
        raise NotFound("import")
    return sheet
