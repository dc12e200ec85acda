"""The port to uploaded files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.imports.sheets import ImportJob, SheetLine, Slice


class ImportJobs(Protocol):
    """Uploaded files on their way. Their whole content is kept, in slices, until they are done with."""

    def add(self, job: ImportJob, /) -> None: ...
    def add_slice(self, account_id: AccountId, job_id: str, part: Slice) -> None: ...
    def find(self, account_id: AccountId, job_id: str) -> ImportJob | None:
        """Return the file, or None. In a transaction that writes nobody else changes it meanwhile."""
        ...

    def lines_from(self, account_id: AccountId, job_id: str, start: int) -> Sequence[SheetLine]:
        """Return the lines from this one on, counted from 0, that lie in one slice; none when the file is not kept any more."""
        ...

    def at_work(self, account_id: AccountId, user_id: UserId) -> Sequence[ImportJob]:
        """Return somebody's files that are being checked or applied."""
        ...

    def save(self, job: ImportJob, /) -> None: ...
    def note_progress(self, account_id: AccountId, job_id: str, done: int, at: datetime) -> None:
        """Note, while the file is worked on, how many lines are done, and when."""
        ...

    def forget(self, account_id: AccountId, before: datetime) -> None:
        """Delete files whose state was last noted before this moment."""
        ...
