"""What a process notes for the others, as Protocols like those of `ports`: uploaded files, attempts to come in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.sheets import Job, Line, Slice


class Attempts(Protocol):
    """Attempts to come in, by a key that says what is counted."""

    def hold(self, account_id: AccountId) -> None:
        """Nobody else counts attempts of this account until this transaction ends."""
        ...

    def add(self, account_id: AccountId, attempt_id: str, key: str, at: datetime) -> None: ...
    def after(self, account_id: AccountId, key: str, moment: datetime) -> Sequence[datetime]:
        """When those with this key were made after the moment, oldest first."""
        ...

    def remove(self, account_id: AccountId, attempt_ids: Collection[str]) -> None: ...
    def date_back(self, account_id: AccountId, now: datetime) -> None:
        """Those that were made after now were made now."""
        ...

    def forget(self, account_id: AccountId, before: datetime) -> None: ...


class ImportJobs(Protocol):
    """Uploaded files on their way. Their whole content is kept, in slices, until they are done with."""

    def add(self, job: Job, /) -> None: ...
    def add_slice(self, account_id: AccountId, job_id: str, part: Slice) -> None: ...
    def find(self, account_id: AccountId, job_id: str) -> Job | None:
        """In a transaction that writes nobody else changes it meanwhile."""
        ...

    def lines_from(self, account_id: AccountId, job_id: str, start: int) -> Sequence[Line]:
        """The lines from this one on, counted from 0, that lie in one slice; none when the file is not kept any more."""
        ...

    def at_work(self, account_id: AccountId, user_id: UserId) -> Sequence[Job]:
        """The files of somebody that are being checked or applied."""
        ...

    def save(self, job: Job, /) -> None: ...
    def tell(self, account_id: AccountId, job_id: str, done: int, at: datetime) -> None:
        """While it is worked on: note how many lines are done, and when."""
        ...

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete those that were last told of before."""
        ...
