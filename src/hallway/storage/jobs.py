"""Durable jobs, in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from hallway.domain.ids import AccountId
from hallway.storage.account_tables import SUSPENDED
from hallway.storage.lists import one_of
from hallway.storage.schema import job
from hallway.storage.statements import put_all, update_all
from hallway.storage.timestamps import from_micros, from_micros_or_none, to_micros, to_micros_or_none
from hallway.usecases.jobs.ports import Job, JobCount

_SEEN = [column for column in job.columns if column is not job.c.content]
_KEYS = ("account_id", "kind", "subject")
_IS_AT_WORK = job.c.account_id.not_in(SUSPENDED)
_CHANGED = ("payload", "due_at", "tries", "claim", "set_aside_at", "reason")


class SqlJobs:
    """`jobs.Jobs` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def put(self, jobs: Sequence[Job]) -> None:
        """Insert jobs, or replace those with the same keys."""
        put_all(self._connection, job, [{**_row(one), "content": None} for one in jobs])

    def put_with_content(self, added: Job, content: bytes) -> None:
        """Insert a job with its content, or replace it."""
        self._connection.execute(delete(job).where(*_of(added.account_id, added.kind), job.c.subject == added.subject))
        self._connection.execute(insert(job).values({**_row(added), "content": content}))

    def save(self, jobs: Sequence[Job]) -> None:
        """Update all of the jobs but their keys and contents."""
        update_all(self._connection, job, _KEYS, _CHANGED, [_row(one) for one in jobs])

    def several(self, account_id: AccountId, kind: str, subjects: Collection[str]) -> Mapping[str, Job]:
        """Return jobs by subject; rows that will be written are locked, in the order of their subjects."""
        query = select(*_SEEN).where(*_of(account_id, kind), one_of(job.c.subject, subjects)).order_by(job.c.subject)
        if self._locks:
            query = query.with_for_update()
        return {row["subject"]: _job(row) for row in self._connection.execute(query).mappings()}

    def content(self, account_id: AccountId, kind: str, subject: str) -> bytes | None:
        """Return the content beside a job, or None."""
        query = select(job.c.content).where(*_of(account_id, kind), job.c.subject == subject)
        return self._connection.execute(query).scalar()

    def due(self, account_id: AccountId, kind: str, now: datetime, limit: int) -> Sequence[Job]:
        """Return jobs that are due, the earliest first, without those that another process has just taken."""
        is_due = job.c.due_at <= to_micros(now)
        query = select(*_SEEN).where(*_of(account_id, kind), is_due).order_by(job.c.due_at).limit(limit)
        if self._locks:
            query = query.with_for_update(skip_locked=True)
        return [_job(row) for row in self._connection.execute(query).mappings()]

    def next_due(self, account_id: AccountId, kind: str) -> datetime | None:
        """Read the earliest moment from the index."""
        query = select(func.min(job.c.due_at)).where(*_of(account_id, kind), job.c.due_at.is_not(None))
        return from_micros_or_none(self._connection.execute(query).scalar())

    def due_accounts(self, kind: str, now: datetime) -> Sequence[AccountId]:
        """Find due jobs in the index, and return their accounts in order."""
        is_due = (job.c.kind == kind, job.c.due_at <= to_micros(now), _IS_AT_WORK)
        # Sorted here: told to sort, SQLite would walk through the jobs of every account in their order.
        found = self._connection.execute(select(job.c.account_id).where(*is_due)).scalars()
        return sorted({AccountId(account_id) for account_id in found})

    def next_due_anywhere(self, kind: str) -> datetime | None:
        """Read the earliest moment of all accounts from the index, without those suspended."""
        query = select(func.min(job.c.due_at)).where(job.c.kind == kind, job.c.due_at.is_not(None), _IS_AT_WORK)
        return from_micros_or_none(self._connection.execute(query).scalar())

    def payloads(self, kind: str, subject: str) -> Iterator[tuple[AccountId, str]]:
        """Yield payloads as they are read, never all at once."""
        query = select(job.c.account_id, job.c.payload).where(job.c.kind == kind, job.c.subject == subject)
        for account_id, payload in self._connection.execute(query):
            yield AccountId(account_id), payload

    def counts_anywhere(self) -> Sequence[JobCount]:
        """Count the jobs of all accounts but those suspended, by kind, in order."""
        return self._counts(_IS_AT_WORK)

    def remove(self, account_id: AccountId, kind: str, subjects: Collection[str]) -> None:
        """Delete jobs with their content."""
        self._connection.execute(delete(job).where(*_of(account_id, kind), one_of(job.c.subject, subjects)))

    def set_aside(self, account_id: AccountId, limit: int) -> Sequence[Job]:
        """Return the jobs that were set aside, the newest first."""
        is_aside = (job.c.account_id == account_id, job.c.set_aside_at.is_not(None))
        newest = (job.c.set_aside_at.desc(), job.c.kind, job.c.subject)
        query = select(*_SEEN).where(*is_aside).order_by(*newest).limit(limit)
        return [_job(row) for row in self._connection.execute(query).mappings()]

    def forget_set_aside(self, account_id: AccountId, before: datetime) -> int:
        """Delete the jobs that were set aside before a moment, and return how many."""
        old = (job.c.account_id == account_id, job.c.set_aside_at < to_micros(before))
        return self._connection.execute(delete(job).where(*old)).rowcount

    def counts(self, account_id: AccountId) -> Sequence[JobCount]:
        """Count the account's jobs by kind, in order."""
        return self._counts(job.c.account_id == account_id)

    def _counts(self, *chosen: ColumnElement[bool]) -> Sequence[JobCount]:
        numbers = func.count(job.c.due_at), func.count(job.c.set_aside_at), func.min(job.c.due_at)
        query = select(job.c.kind, *numbers).where(*chosen).group_by(job.c.kind).order_by(job.c.kind)
        rows = self._connection.execute(query)
        return [JobCount(kind, waiting, aside, from_micros_or_none(due)) for kind, waiting, aside, due in rows]


def _of(account_id: AccountId, kind: str) -> tuple[Any, Any]:
    return (job.c.account_id == account_id, job.c.kind == kind)


def _row(one: Job) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "kind": one.kind,
        "subject": one.subject,
        "payload": one.payload,
        "created_at": to_micros(one.created_at),
        "due_at": to_micros_or_none(one.due_at),
        "tries": one.tries,
        "claim": one.claim,
        "set_aside_at": to_micros_or_none(one.set_aside_at),
        "reason": one.reason,
    }


def _job(row: Mapping[Any, Any]) -> Job:
    return Job(
        account_id=row["account_id"],
        kind=row["kind"],
        subject=row["subject"],
        created_at=from_micros(row["created_at"]),
        payload=row["payload"],
        due_at=from_micros_or_none(row["due_at"]),
        tries=row["tries"],
        claim=row["claim"],
        set_aside_at=from_micros_or_none(row["set_aside_at"]),
        reason=row["reason"],
    )
