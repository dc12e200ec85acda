"""What a process notes for the others: uploaded files on their way, failed attempts to come in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hallway.domain.ids import AccountId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.sheets import Job, Sheet


class MemoryAttempts:
    """`notes.Attempts` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, account_id: AccountId, attempt_id: str, key: str, at: datetime) -> None:
        """Note one."""
        require(account_id in self._tables.accounts and (account_id, attempt_id) not in self._tables.attempts)
        self._tables.attempts[account_id, attempt_id] = key, at

    def after(self, account_id: AccountId, key: str, moment: datetime) -> Sequence[datetime]:
        """When those with this key were made, oldest first."""
        mine = (one for (whose, _), one in self._tables.attempts.items() if whose == account_id)
        return sorted(at for its_key, at in mine if its_key == key and at > moment)

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete those that were made before."""
        for key, (_, at) in list(self._tables.attempts.items()):
            if key[0] == account_id and at < before:
                del self._tables.attempts[key]


class MemoryImportJobs:
    """`notes.ImportJobs` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, job: Job, sheet: Sheet) -> None:
        """Keep a job and its whole file."""
        require((job.account_id, job.user_id) in self._tables.users)
        require((job.account_id, job.id) not in self._tables.import_jobs)
        self._tables.import_jobs[job.account_id, job.id] = job
        self._tables.sheets[job.account_id, job.id] = sheet

    def find(self, account_id: AccountId, job_id: str) -> Job | None:
        """The job."""
        return self._tables.import_jobs.get((account_id, job_id))

    def sheet(self, account_id: AccountId, job_id: str) -> Sheet | None:
        """The whole file, while it is needed."""
        return self._tables.sheets.get((account_id, job_id))

    def save(self, changed: Job) -> None:
        """Write what has become of it; a file that is done with goes."""
        key = changed.account_id, changed.id
        if key in self._tables.import_jobs:
            self._tables.import_jobs[key] = changed
        if changed.is_over:
            self._tables.sheets.pop(key, None)

    def tell(self, account_id: AccountId, job_id: str, done: int, at: datetime) -> None:
        """Note how many lines are done, and that somebody works on it."""
        job = self.find(account_id, job_id)
        if job is not None and job.is_at_work:
            self.save(replace(job, done=done, told_at=at))

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete those of which nothing was heard since."""
        for key, job in list(self._tables.import_jobs.items()):
            if key[0] == account_id and job.told_at < before:
                del self._tables.import_jobs[key]
                self._tables.sheets.pop(key, None)
