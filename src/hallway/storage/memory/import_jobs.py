"""Uploaded files on their way, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from hallway.domain.ids import AccountId, UserId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.imports.sheets import ImportJob, SheetLine, Slice

LINES = msgspec.json.Decoder(tuple[SheetLine, ...])


class MemoryImportJobs:
    """`ports.ImportJobs` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, job: ImportJob) -> None:
        """Keep a file's job."""
        require((job.account_id, job.user_id) in self._tables.users)
        require((job.account_id, job.id) not in self._tables.import_jobs)
        self._tables.import_jobs[job.account_id, job.id] = job

    def add_slice(self, account_id: AccountId, job_id: str, part: Slice) -> None:
        """Keep a part of the file."""
        require((account_id, job_id) in self._tables.import_jobs)
        require((account_id, job_id, part.first) not in self._tables.import_slices)
        self._tables.import_slices[account_id, job_id, part.first] = part

    def find(self, account_id: AccountId, job_id: str) -> ImportJob | None:
        """Return the job with this id, or None."""
        return self._tables.import_jobs.get((account_id, job_id))

    def lines_from(self, account_id: AccountId, job_id: str, start: int) -> Sequence[SheetLine]:
        """Return lines of the file, as many as one slice has."""
        slices = (one for key, one in self._tables.import_slices.items() if key[:2] == (account_id, job_id))
        found = max((one for one in slices if one.first <= start), key=lambda one: one.first, default=None)
        return LINES.decode(found.content)[start - found.first :] if found else ()

    def at_work(self, account_id: AccountId, user_id: UserId) -> Sequence[ImportJob]:
        """Return somebody's files that are being worked on."""
        mine = (one for one in self._tables.import_jobs.values() if one.account_id == account_id)
        return [one for one in mine if one.user_id == user_id and one.is_at_work]

    def save(self, changed: ImportJob) -> None:
        """Keep the state of a job; the slices of a file that is done with are deleted."""
        key = changed.account_id, changed.id
        if key in self._tables.import_jobs:
            self._tables.import_jobs[key] = changed
        if changed.is_over:
            self._drop_slices(*key)

    def note_progress(self, account_id: AccountId, job_id: str, done: int, at: datetime) -> None:
        """Note how many lines are done, and that somebody works on it."""
        job = self.find(account_id, job_id)
        if job is not None and job.is_at_work:
            self.save(replace(job, done=done, noted_at=at))

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete jobs about which nothing was noted since this moment."""
        for key, job in list(self._tables.import_jobs.items()):
            if key[0] == account_id and job.noted_at < before:
                del self._tables.import_jobs[key]
                self._drop_slices(*key)

    def _drop_slices(self, account_id: AccountId, job_id: str) -> None:
        for key in [key for key in self._tables.import_slices if key[:2] == (account_id, job_id)]:
            del self._tables.import_slices[key]
