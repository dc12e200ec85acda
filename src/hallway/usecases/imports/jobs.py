"""The way of an uploaded file: kept, checked, looked at, applied. A durable job does the work, in any process.

What a batch of lines changes and that it was applied are one transaction, so a process that ends in the middle leaves a
file that goes on where it was, and no line is applied twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hallway.domain.audit import Action, Target
from hallway.usecases.access import attempts
from hallway.usecases.access.attempts import Budget
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Conflict, NotFound, Problem
from hallway.usecases.imports import batches
from hallway.usecases.imports import columns as import_columns
from hallway.usecases.imports import problems as import_problems
from hallway.usecases.imports.plans import note_changed_sign_ins, planner
from hallway.usecases.imports.sheets import BadLine, ImportJob, ImportKind, Report, SheetLine, Slice, Upload
from hallway.usecases.jobs import queueing
from hallway.usecases.people.staff import enter, guesses
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

JOB = "import"
"""The kind of the durable job; its subject is the file's id."""
KEPT = timedelta(days=1)
"""For how long a file is remembered."""
SILENCE = timedelta(seconds=30)
"""After which a file that is no durable job is worked on by nobody: its process ended while it was being uploaded."""
MOST_AT_WORK = 5
"""Files of one person that are checked or applied at the same time."""
STOPPED = Problem(
    "file",
    "stopped",
    "The server was stopped. Upload the file again; rows that were already imported won't change.",
)


def begin(
    tx: Transaction, actor: Actor, *, kind: ImportKind, filename: str, upload: Upload, clock: Clock, ids: Ids
) -> ImportJob:
    """Note an uploaded file; its slices come next. Raises Refused, Invalid, Conflict, TooMany."""
    me = enter(tx, actor)
    budgets = [Budget(one, batches.MOST_TAKEN) for one in guesses(me)]
    attempts.require_left(tx, actor.account_id, budgets, clock=clock)
    import_columns.columns(kind, upload.head.columns)
    batches.require_length(upload.total)
    at_work = tx.import_jobs.at_work(actor.account_id, actor.user_id)
    if sum(_is_alive(tx, one, clock) for one in at_work) >= MOST_AT_WORK:
        raise Conflict("imports_at_work", f"You already have {MOST_AT_WORK} imports running. Wait until one finishes.")
    now = clock.now()
    shown = "".join(letter for letter in filename if letter.isprintable())
    job = ImportJob(
        account_id=actor.account_id,
        id=ids.new(),
        user_id=actor.user_id,
        kind=kind,
        filename=shown,
        head=upload.head,
        total=upload.total,
        noted_at=now,
    )
    tx.import_jobs.forget(actor.account_id, now - KEPT)
    tx.import_jobs.add(job)
    trail.record(tx, actor, Action.IMPORT_UPLOADED, _target(job), after={"kind": kind, "lines": upload.total})
    return job


def _target(job: ImportJob) -> Target:
    return Target("import", job.id, job.filename)


def keep(tx: Transaction, *, job: ImportJob, part: Slice) -> None:
    """Keep a part of the file."""
    tx.import_jobs.add_slice(job.account_id, job.id, part)


def begin_check(tx: Transaction, job: ImportJob, *, clock: Clock) -> None:
    """Queue the check, now that the whole file is kept."""
    queueing.enqueue(tx, job.account_id, JOB, job.id, clock=clock)


def mine(tx: Transaction, actor: Actor, job_id: str, *, clock: Clock) -> ImportJob:
    """Return the actor's own file; a file on which nobody works any more has failed. Raises NotFound."""
    job = tx.import_jobs.find(actor.account_id, job_id)
    if job is None or job.user_id != actor.user_id:
        raise NotFound("import")
    if job.is_at_work and not _is_alive(tx, job, clock):
        return _failed(job, STOPPED)
    return job


def _is_alive(tx: Transaction, job: ImportJob, clock: Clock) -> bool:
    queued = tx.jobs.several(job.account_id, JOB, [job.id]).get(job.id)
    is_queued = queued is not None and queued.set_aside_at is None
    return is_queued or (queued is None and clock.now() - job.noted_at <= SILENCE)


def actor_of(job: ImportJob) -> Actor:
    """Return the person on whose behalf a file is imported."""
    return Actor(account_id=job.account_id, user_id=job.user_id)


def note_check(tx: Transaction, job: ImportJob, report: Report, *, taken: int, clock: Clock, ids: Ids) -> None:
    """Keep what a check found; how many people it hit counts like as many tries in the form."""
    state = "refused" if report.bad_lines else "checked"
    me = enter(tx, actor_of(job))
    attempts.note(tx, job.account_id, guesses(me) * taken, clock=clock, ids=ids)
    tx.import_jobs.save(replace(job, state=state, done=job.total, report=report, noted_at=clock.now()))


def begin_apply(tx: Transaction, actor: Actor, job_id: str, *, clock: Clock) -> ImportJob:
    """Queue a checked file to be applied, once. Raises NotFound, Conflict."""
    job = mine(tx, actor, job_id, clock=clock)
    if job.state != "checked":
        raise Conflict("not_checked", "Only a checked file without errors can be imported, and only once.")
    applying = replace(job, state="applying", done=0, report=Report(), noted_at=clock.now())
    if not tx.import_jobs.lines_from(job.account_id, job.id, 0):  # checked by a version that kept files otherwise
        applying = _failed(applying, STOPPED)
    else:
        queueing.enqueue(tx, job.account_id, JOB, job.id, clock=clock)
    tx.import_jobs.save(applying)
    return applying


def apply(tx: Transaction, *, job: ImportJob, lines: Sequence[SheetLine], clock: Clock, ids: Ids) -> ImportJob:
    """Apply the next lines of a file, and note that they are done; a line that is wrong by now is reported.

    Returns the file as it is then. Changes nothing when somebody else has gone on with it. Raises Refused.
    """
    present = tx.import_jobs.find(job.account_id, job.id)
    if present is None or present.state != "applying" or present.done != job.done:
        return present or replace(job, state="failed")
    report = _own(present.report)
    chosen = batches.entries(import_columns.columns(job.kind, job.head.columns), lines)
    used = planner(job.kind, actor_of(job), clock=clock, ids=ids)
    batches.carry_out(tx, used, chosen, report)
    note_changed_sign_ins(tx, actor_of(job), used, clock=clock, ids=ids)
    return _advance(tx, present, len(lines), report, clock)


def skip(tx: Transaction, *, job: ImportJob, line: SheetLine, clock: Clock) -> ImportJob:
    """Report a line that could not be stored, and go on behind it."""
    present = tx.import_jobs.find(job.account_id, job.id)
    if present is None or present.state != "applying" or present.done != job.done:
        return present or replace(job, state="failed")
    report = _own(present.report)
    problem = import_problems.not_stored()
    report.blame([BadLine(line=line.number, column=None, value="", message=problem.message, code=problem.code)])
    return _advance(tx, present, 1, report, clock)


def _own(report: Report) -> Report:
    """Copy a report, so that it can be added to."""
    return replace(report, bad_lines=list(report.bad_lines))


def _advance(tx: Transaction, job: ImportJob, lines: int, report: Report, clock: Clock) -> ImportJob:
    done = job.done + lines
    state = "applied" if done >= job.total else "applying"
    changed = replace(job, state=state, done=done, report=report, noted_at=clock.now())
    tx.import_jobs.save(changed)
    if state == "applied":
        facts = {"kind": job.kind, "lines": done, "added": report.to_add, "changed": report.to_change}
        trail.record(tx, actor_of(job), Action.IMPORT_APPLIED, _target(job), after=facts)
    return changed


def fail(tx: Transaction, job: ImportJob, reason: Problem, *, clock: Clock) -> None:
    """Note that a file went wrong; what was applied of it stays."""
    present = tx.import_jobs.find(job.account_id, job.id)
    if present is not None and present.is_at_work:
        tx.import_jobs.save(replace(_failed(present, reason), noted_at=clock.now()))
        trail.record(tx, actor_of(job), Action.IMPORT_FAILED, _target(job), after={"kind": job.kind})


def _failed(job: ImportJob, reason: Problem) -> ImportJob:
    """Return the file as failed. `done` says how many lines were applied: a check applies none."""
    done = 0 if job.state == "checking" else job.done
    report = replace(job.report, failure=reason.code)
    return replace(job, state="failed", done=done, failure=reason.message, report=report)
