"""The port to durable jobs: work in the background that survives a crash of the process that does it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work of one kind about one subject; there is at most one of these in an account.

    `payload` is JSON text of the kind's own. The job waits for `due_at`. While a process works on it `claim` names that
    process's claim, and `due_at` is when the claim runs out. `tries` counts claims. A job that failed too often is set
    aside: `set_aside_at` says since when, `reason` why, and it is due no more.
    """

    account_id: AccountId
    kind: str
    subject: str
    created_at: datetime
    payload: str = ""
    due_at: datetime | None = None
    tries: int = 0
    claim: str | None = None
    set_aside_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class JobCount:
    """The number of jobs of a kind that wait, the number set aside, and when the longest due of those that wait was due."""

    kind: str
    waiting: int
    set_aside: int
    due_since: datetime | None


class Jobs(Protocol):
    """Durable jobs, by account, kind and subject."""

    def put(self, jobs: Sequence[Job]) -> None:
        """Add jobs without content, or replace those about the same subjects, with their content."""
        ...

    def put_with_content(self, job: Job, content: bytes, /) -> None:
        """Add a job, or replace the one about the same subject; `content` is kept until the job is removed."""
        ...

    def save(self, jobs: Sequence[Job]) -> None:
        """Change jobs that are there; their content stays."""
        ...

    def several(self, account_id: AccountId, kind: str, subjects: Collection[str]) -> Mapping[str, Job]:
        """Return jobs by subject. A transaction that writes locks them, in the order of their subjects."""
        ...

    def content(self, account_id: AccountId, kind: str, subject: str) -> bytes | None:
        """Return the bytes kept with a job."""
        ...

    def due(self, account_id: AccountId, kind: str, now: datetime, limit: int) -> Sequence[Job]:
        """Return the jobs due by now, the longest due first. A transaction that writes skips those that another one has locked."""
        ...

    def next_due(self, account_id: AccountId, kind: str) -> datetime | None:
        """Return the moment at which the next job is due, or a claim runs out."""
        ...

    def due_accounts(self, kind: str, now: datetime) -> Sequence[AccountId]:
        """Return the accounts in which a job of the kind is due, in order, without suspended ones. For background work alone."""
        ...

    def next_due_anywhere(self, kind: str) -> datetime | None:
        """Return the moment of `next_due` over all accounts that are not suspended."""
        ...

    def payloads(self, kind: str, subject: str) -> Iterator[tuple[AccountId, str]]:
        """Yield the payload of the job about a subject in each account that has it. For background work alone."""
        ...

    def counts_anywhere(self) -> Sequence[JobCount]:
        """Count as `counts` does, over all accounts together that are not suspended."""
        ...

    def remove(self, account_id: AccountId, kind: str, subjects: Collection[str]) -> None:
        """Delete jobs with their content."""
        ...

    def set_aside(self, account_id: AccountId, limit: int) -> Sequence[Job]:
        """Return jobs that were set aside, the newest first."""
        ...

    def forget_set_aside(self, account_id: AccountId, before: datetime) -> int:
        """Delete jobs that were set aside before; answer how many."""
        ...

    def counts(self, account_id: AccountId) -> Sequence[JobCount]:
        """Count the jobs that wait and those that were set aside, by kind."""
        ...
