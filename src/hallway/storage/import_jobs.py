"""Uploaded files on their way, in SQL."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from hallway.domain.ids import AccountId
from hallway.storage.moments import from_micros, to_micros
from hallway.storage.schema import import_job
from hallway.usecases.sheets import Job, Kind, Report, Sheet

_SHEETS = msgspec.json.Decoder(Sheet)
_REPORTS = msgspec.json.Decoder(Report)
_SEEN = [column for column in import_job.columns if column is not import_job.c.content]


class SqlImportJobs:
    """`notes.ImportJobs` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def add(self, job: Job, sheet: Sheet) -> None:
        """Keep a job and its whole file."""
        content = zlib.compress(msgspec.json.encode(sheet))
        self._connection.execute(insert(import_job).values({**_row(job), "content": content}))

    def find(self, account_id: AccountId, job_id: str) -> Job | None:
        """The job, which nobody else changes meanwhile."""
        query = select(*_SEEN).where(*_at(account_id, job_id))
        if self._locks:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _job(row)

    def sheet(self, account_id: AccountId, job_id: str) -> Sheet | None:
        """The whole file, while it is needed."""
        query = select(import_job.c.content).where(*_at(account_id, job_id))
        content = self._connection.execute(query).scalar()
        return None if content is None else _SHEETS.decode(zlib.decompress(content))

    def save(self, changed: Job) -> None:
        """Write what has become of it; a file that is done with goes."""
        values = {**_row(changed), "content": None} if changed.is_over else _row(changed)
        self._connection.execute(update(import_job).where(*_at(changed.account_id, changed.id)).values(values))

    def tell(self, account_id: AccountId, job_id: str, done: int, at: datetime) -> None:
        """Note how many lines are done, and that somebody works on it."""
        values = {"done": done, "told_at": to_micros(at)}
        at_work = import_job.c.state.in_(("checking", "applying"))
        self._connection.execute(update(import_job).where(*_at(account_id, job_id), at_work).values(values))

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete those of which nothing was heard since."""
        old = (import_job.c.account_id == account_id, import_job.c.told_at < to_micros(before))
        self._connection.execute(delete(import_job).where(*old))


def _at(account_id: AccountId, job_id: str) -> tuple[Any, Any]:
    return (import_job.c.account_id == account_id, import_job.c.id == job_id)


def _row(job: Job) -> dict[str, Any]:
    return {
        "account_id": job.account_id,
        "id": job.id,
        "user_id": job.user_id,
        "kind": job.kind.value,
        "filename": job.filename,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "head": msgspec.json.encode(job.head).decode(),
        "report": msgspec.json.encode(job.report).decode(),
        "failure": job.failure,
        "told_at": to_micros(job.told_at),
    }


def _job(row: Mapping[Any, Any]) -> Job:
    return Job(
        row["account_id"],
        row["id"],
        row["user_id"],
        Kind(row["kind"]),
        row["filename"],
        _SHEETS.decode(row["head"]),
        row["total"],
        from_micros(row["told_at"]),
        row["state"],
        row["done"],
        _REPORTS.decode(row["report"]),
        row["failure"],
    )
