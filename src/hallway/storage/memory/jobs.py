"""Durable jobs, in dictionaries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from hallway.domain.ids import AccountId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.jobs.ports import Job, JobCount


class MemoryJobs:
    """`jobs.Jobs` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def put(self, jobs: Sequence[Job]) -> None:
        """Add jobs, or replace them."""
        for one in jobs:
            self._put(one, None)

    def put_with_content(self, added: Job, content: bytes) -> None:
        """Add a job with its bytes, or replace it."""
        self._put(added, content)

    def _put(self, one: Job, content: bytes | None) -> None:
        require(one.account_id in self._tables.accounts)
        self._tables.jobs[one.account_id, one.kind, one.subject] = one, content

    def save(self, jobs: Sequence[Job]) -> None:
        """Change all of the jobs but their contents."""
        for one in jobs:
            key = one.account_id, one.kind, one.subject
            if key in self._tables.jobs:
                self._tables.jobs[key] = one, self._tables.jobs[key][1]

    def several(self, account_id: AccountId, kind: str, subjects: Collection[str]) -> Mapping[str, Job]:
        """Return jobs by subject; nothing is locked."""
        found = ((one, self._tables.jobs.get((account_id, kind, one))) for one in subjects)
        return {subject: kept[0] for subject, kept in found if kept is not None}

    def content(self, account_id: AccountId, kind: str, subject: str) -> bytes | None:
        """Return the bytes beside the job."""
        kept = self._tables.jobs.get((account_id, kind, subject))
        return kept[1] if kept else None

    def due(self, account_id: AccountId, kind: str, now: datetime, limit: int) -> Sequence[Job]:
        """Return the jobs due by now, the longest due first; none is locked."""
        found = [(one.due_at, one) for one in self._of(account_id) if one.kind == kind and one.due_at is not None]
        return [one for at, one in sorted(found, key=lambda each: each[0]) if at <= now][:limit]

    def next_due(self, account_id: AccountId, kind: str) -> datetime | None:
        """Return the earliest moment at which a job of the account is due."""
        waiting = (one.due_at for one in self._of(account_id) if one.kind == kind)
        return min((at for at in waiting if at is not None), default=None)

    def due_accounts(self, kind: str, now: datetime) -> Sequence[AccountId]:
        """Return the accounts with a job that is due, in order."""
        found = (one for one in self._at_work(kind) if one.due_at is not None)
        return sorted({one.account_id for one in found if one.due_at is not None and one.due_at <= now})

    def next_due_anywhere(self, kind: str) -> datetime | None:
        """Return the earliest moment over all accounts that are not suspended."""
        waiting = (one.due_at for one in self._at_work(kind))
        return min((at for at in waiting if at is not None), default=None)

    def _at_work(self, kind: str | None = None) -> Iterator[Job]:
        """Yield the jobs of accounts that are not suspended, of one kind or of all."""
        jobs = (one for one, _ in self._tables.jobs.values() if kind in {None, one.kind})
        return (one for one in jobs if not self._tables.accounts[one.account_id].is_suspended)

    def payloads(self, kind: str, subject: str) -> Iterator[tuple[AccountId, str]]:
        """Yield the payload of each account's job about the subject."""
        found = (one for one, _ in self._tables.jobs.values() if (one.kind, one.subject) == (kind, subject))
        return ((one.account_id, one.payload) for one in found)

    def counts_anywhere(self) -> Sequence[JobCount]:
        """Count jobs by kind, in order."""
        return _counts(self._at_work())

    def remove(self, account_id: AccountId, kind: str, subjects: Collection[str]) -> None:
        """Delete jobs."""
        for subject in subjects:
            self._tables.jobs.pop((account_id, kind, subject), None)

    def set_aside(self, account_id: AccountId, limit: int) -> Sequence[Job]:
        """Return jobs that were set aside, the newest first; at the same moment, by kind and subject."""
        found = [(one.set_aside_at, one) for one in self._of(account_id) if one.set_aside_at is not None]
        found.sort(key=lambda each: (each[1].kind, each[1].subject))
        found.sort(key=lambda each: each[0], reverse=True)
        return [one for _, one in found][:limit]

    def forget_set_aside(self, account_id: AccountId, before: datetime) -> int:
        """Delete jobs that were set aside before this moment, and return how many."""
        old = [one for one in self._of(account_id) if one.set_aside_at is not None and one.set_aside_at < before]
        for one in old:
            del self._tables.jobs[account_id, one.kind, one.subject]
        return len(old)

    def counts(self, account_id: AccountId) -> Sequence[JobCount]:
        """Count the account's jobs by kind, in order."""
        return _counts(self._of(account_id))

    def _of(self, account_id: AccountId) -> Iterator[Job]:
        return (one for one, _ in list(self._tables.jobs.values()) if one.account_id == account_id)


def _counts(jobs: Iterable[Job]) -> Sequence[JobCount]:
    by_kind: dict[str, list[Job]] = {}
    for one in jobs:
        by_kind.setdefault(one.kind, []).append(one)
    return [_count(kind, by_kind[kind]) for kind in sorted(by_kind)]


def _count(kind: str, jobs: Sequence[Job]) -> JobCount:
    waiting = [one.due_at for one in jobs if one.due_at is not None]
    aside = [one for one in jobs if one.set_aside_at is not None]
    return JobCount(kind, len(waiting), len(aside), min(waiting, default=None))
