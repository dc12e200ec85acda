"""Uploaded files on their way, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from hallway.domain.ids import AccountId, UserId
from hallway.storage.schema import import_job, import_slice
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.imports.sheets import ImportJob, ImportKind, Report, Sheet, SheetLine, Slice

_SHEETS = msgspec.json.Decoder(Sheet)
_LINES = msgspec.json.Decoder(tuple[SheetLine, ...])
_REPORTS = msgspec.json.Decoder(Report)
_SEEN = [column for column in import_job.columns if column is not import_job.c.content]

AT_WORK = ("checking", "applying")


class SqlImportJobs:
    """`ports.ImportJobs` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def add(self, job: ImportJob) -> None:
        """Keep a job."""
        self._connection.execute(insert(import_job).values(_row(job)))

    def add_slice(self, account_id: AccountId, job_id: str, part: Slice) -> None:
        """Keep a part of the job's file in a row of its own: SQLite writes a row anew with all that is in it."""
        row = {"account_id": account_id, "import_id": job_id, "first": part.first, "content": part.content}
        self._connection.execute(insert(import_slice).values(row))

    def find(self, account_id: AccountId, job_id: str) -> ImportJob | None:
        """Return the job, locked in a transaction that writes so that nobody else changes it meanwhile, or None."""
        query = select(*_SEEN).where(*_at(account_id, job_id))
        if self._locks:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _job(row)

    def lines_from(self, account_id: AccountId, job_id: str, start: int) -> Sequence[SheetLine]:
        """Return the lines of the file from `start` to the end of the slice that holds it."""
        query = select(import_slice.c.first, import_slice.c.content).where(*_in(account_id, job_id))
        query = query.where(import_slice.c.first <= start).order_by(import_slice.c.first.desc()).limit(1)
        row = self._connection.execute(query).first()
        return () if row is None else _LINES.decode(row.content)[start - row.first :]

    def at_work(self, account_id: AccountId, user_id: UserId) -> Sequence[ImportJob]:
        """Return a person's jobs that are being worked on."""
        mine = (import_job.c.account_id == account_id, import_job.c.user_id == user_id)
        query = select(*_SEEN).where(*mine, import_job.c.state.in_(AT_WORK))
        return [_job(row) for row in self._connection.execute(query).mappings()]

    def save(self, changed: ImportJob) -> None:
        """Store what has become of the job, and delete the file of a job that is over."""
        values = {**_row(changed), "content": None} if changed.is_over else _row(changed)
        self._connection.execute(update(import_job).where(*_at(changed.account_id, changed.id)).values(values))
        if changed.is_over:
            self._connection.execute(delete(import_slice).where(*_in(changed.account_id, changed.id)))

    def note_progress(self, account_id: AccountId, job_id: str, done: int, at: datetime) -> None:
        """Note how many lines are done, and that somebody works on it."""
        values = {"done": done, "told_at": to_micros(at)}
        at_work = import_job.c.state.in_(AT_WORK)
        self._connection.execute(update(import_job).where(*_at(account_id, job_id), at_work).values(values))

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete the jobs of which nothing was heard since a moment."""
        old = (import_job.c.account_id == account_id, import_job.c.told_at < to_micros(before))
        self._connection.execute(delete(import_job).where(*old))


def _in(account_id: AccountId, job_id: str) -> tuple[Any, Any]:
    return (import_slice.c.account_id == account_id, import_slice.c.import_id == job_id)


def _at(account_id: AccountId, job_id: str) -> tuple[Any, Any]:
    return (import_job.c.account_id == account_id, import_job.c.id == job_id)


def _row(job: ImportJob) -> dict[str, Any]:
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
        "told_at": to_micros(job.noted_at),
    }


def _job(row: Mapping[Any, Any]) -> ImportJob:
    return ImportJob(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        kind=ImportKind(row["kind"]),
        filename=row["filename"],
        head=_SHEETS.decode(row["head"]),
        total=row["total"],
        noted_at=from_micros(row["told_at"]),
        state=row["state"],
        done=row["done"],
        report=_REPORTS.decode(row["report"]),
        failure=row["failure"],
    )
