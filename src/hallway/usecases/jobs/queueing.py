"""Queue jobs, claim them, and keep what became of them: finished, postponed, continued or set aside.

Nothing of a suspended account is claimed: its jobs rest as they are until it is resumed.

A claim is a lease: a process that ends in between leaves one that runs out, and the job is claimed again. Each claim
counts as a try, so that a job which ends its process every time is set aside, too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hallway.domain.ids import AccountId
from hallway.usecases.errors import NotFound
from hallway.usecases.jobs.ports import Job
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

LONGEST_REASON = 500
"""Characters that are kept of why a job failed: the words may be a stranger's."""
ENDED = "The process crashed every time it ran this task."


@dataclass(frozen=True, slots=True)
class Retry:
    """The way in which a failing job is tried again: after pauses that double, until it was claimed `most_tries` times."""

    first_pause: timedelta = timedelta(seconds=15)
    longest_pause: timedelta = timedelta(hours=1)
    most_tries: int = 8

    def pause(self, tries: int) -> timedelta:
        """Return the pause after this number of tries."""
        return min(self.first_pause * 2 ** min(max(tries - 1, 0), 20), self.longest_pause)


@dataclass(frozen=True, slots=True)
class Work:
    """The way in which jobs of a kind are worked on: for how long a claim holds, and how they are tried again."""

    kind: str
    lease: timedelta = timedelta(minutes=1)
    retry: Retry = field(default_factory=Retry)


def enqueue(  # noqa: PLR0913 - one for each part of a job
    tx: Transaction,
    account_id: AccountId,
    kind: str,
    subject: str,
    payload: str = "",
    *,
    content: bytes | None = None,
    due_at: datetime | None = None,
    clock: Clock,
) -> Job:
    """Queue a job, due now or at `due_at`; it replaces a job about the same subject, also one that is worked on."""
    now = clock.now()
    job = Job(account_id=account_id, kind=kind, subject=subject, created_at=now, payload=payload, due_at=due_at or now)
    if content is None:
        tx.jobs.put([job])
    else:
        tx.jobs.put_with_content(job, content)
    return job


def claim(tx: Transaction, account_id: AccountId, work: Work, *, limit: int, clock: Clock, ids: Ids) -> Sequence[Job]:
    """Claim what is due: nobody else gets it before the lease is over. Jobs that used up their tries are set aside instead."""
    account = tx.accounts.find(account_id)
    if account is None or account.is_suspended:
        return []
    now, name, most = clock.now(), ids.new(), work.retry.most_tries
    due = tx.jobs.due(account_id, work.kind, now, limit)
    claimed = [
        replace(one, claim=name, due_at=now + work.lease, tries=one.tries + 1) for one in due if one.tries < most
    ]
    tx.jobs.save([*claimed, *(_aside(one, one.reason or ENDED, now) for one in due if one.tries >= most)])
    return claimed


def held(tx: Transaction, jobs: Iterable[Job]) -> Sequence[Job]:
    """Return the jobs among these that are still held: their claim has gone to nobody else, and they were not replaced."""
    kept: list[Job] = []
    for (account_id, kind), group in _by_kind(jobs).items():
        present = tx.jobs.several(account_id, kind, [one.subject for one in group])
        kept += [one for one in group if one.subject in present and present[one.subject].claim == one.claim]
    return kept


def extend(tx: Transaction, job: Job, *, lease: timedelta, clock: Clock) -> bool:
    """Keep a claim for another lease, because its work goes on; false when it is held no more."""
    mine = held(tx, [job])
    tx.jobs.save([replace(one, due_at=clock.now() + lease) for one in mine])
    return bool(mine)


def finish(tx: Transaction, jobs: Iterable[Job]) -> None:
    """Remove jobs that are done, where they are still held."""
    for (account_id, kind), group in _by_kind(held(tx, jobs)).items():
        tx.jobs.remove(account_id, kind, [one.subject for one in group])


def go_on(tx: Transaction, job: Job, payload: str, due_at: datetime) -> None:
    """Keep a job for its next part, with the payload which that needs; its tries are counted from the start."""
    tx.jobs.save([replace(one, payload=payload, due_at=due_at, tries=0, claim=None) for one in held(tx, [job])])


def put_back(tx: Transaction, job: Job, *, clock: Clock) -> None:
    """Put a job back to wait, as if it had not been claimed."""
    tx.jobs.save([replace(one, due_at=clock.now(), tries=one.tries - 1, claim=None) for one in held(tx, [job])])


def postpone(
    tx: Transaction,
    jobs: Iterable[Job],
    reason: str,
    *,
    retry: Retry,
    at_least: timedelta = timedelta(),
    clock: Clock,
) -> None:
    """Try jobs again later, not before `at_least` has passed, or set those aside that used up their tries."""
    now = clock.now()
    tx.jobs.save([_after_failure(one, reason, retry, at_least, now) for one in held(tx, jobs)])


def set_aside(tx: Transaction, jobs: Iterable[Job], reason: str, *, clock: Clock) -> None:
    """Set jobs aside at once: trying again would not help."""
    now = clock.now()
    tx.jobs.save([_aside(one, reason, now) for one in held(tx, jobs)])


def try_again(tx: Transaction, account_id: AccountId, kind: str, subject: str, *, clock: Clock) -> None:
    """Queue a job again that was set aside. Raises NotFound."""
    job = _set_aside_job(tx, account_id, kind, subject)
    tx.jobs.save([replace(job, due_at=clock.now(), tries=0, claim=None, set_aside_at=None)])


def discard(tx: Transaction, account_id: AccountId, kind: str, subject: str) -> None:
    """Delete a job that was set aside, with its content. Raises NotFound."""
    _set_aside_job(tx, account_id, kind, subject)
    tx.jobs.remove(account_id, kind, [subject])


def _set_aside_job(tx: Transaction, account_id: AccountId, kind: str, subject: str) -> Job:
    job = tx.jobs.several(account_id, kind, [subject]).get(subject)
    if job is None or job.set_aside_at is None:
        raise NotFound("job")
    return job


def _after_failure(job: Job, reason: str, retry: Retry, at_least: timedelta, now: datetime) -> Job:
    if job.tries >= retry.most_tries:
        return _aside(job, reason, now)
    pause = max(retry.pause(job.tries), at_least)
    return replace(job, due_at=now + pause, claim=None, reason=_bounded(reason))


def _aside(job: Job, reason: str, now: datetime) -> Job:
    return replace(job, due_at=None, claim=None, set_aside_at=now, reason=_bounded(reason))


def _bounded(reason: str) -> str:
    """Limit a reason to one line of at most LONGEST_REASON characters, without those that a database refuses."""
    return "".join(letter if letter.isprintable() else " " for letter in reason[:LONGEST_REASON])


def _by_kind(jobs: Iterable[Job]) -> dict[tuple[AccountId, str], list[Job]]:
    found: dict[tuple[AccountId, str], list[Job]] = {}
    for one in jobs:
        found.setdefault((one.account_id, one.kind), []).append(one)
    return found
