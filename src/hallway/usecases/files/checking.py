"""Check an uploaded file before anybody gets it: what it is by its content, whether it may be sent, what a scanner says.

It is a durable job, so that a file is checked once it is here, whatever becomes of the process that took it.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from hallway.domain.files import File, FileKind, FileState, Part
from hallway.domain.ids import AccountId, FileId
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

WORK = Work("file_check", lease=timedelta(minutes=2), retry=Retry(first_pause=timedelta(seconds=5), most_tries=10))
AGAIN = timedelta(seconds=30)
"""After which a scanner that was away is asked again."""


class Reason(StrEnum):
    """Why a file is not given to anybody."""

    KIND = "kind"
    PICTURE = "picture"
    PICTURE_TOO_LARGE = "picture_too_large"
    VIRUS = "virus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found: the state, and what the file is. `parts` are its content where that was written anew."""

    state: FileState
    media_type: str = ""
    kind: FileKind = FileKind.OTHER
    reason: Reason | None = None
    is_unscanned: bool = False
    parts: tuple[Part, ...] | None = None
    renditions: tuple[Part, ...] = ()
    width: int | None = None
    height: int | None = None
    placeholder: str | None = None


def enqueue(tx: Transaction, file: File, *, clock: Clock) -> None:
    """Queue the check of a file that is here as a whole."""
    queueing.enqueue(tx, file.account_id, WORK.kind, file.id, clock=clock)


def to_check(tx: Transaction, job: Job) -> tuple[File, frozenset[FileKind]] | None:
    """Return the file of a job with the kinds that its account allows; None when there is nothing to check any more."""
    file = find(tx, job.account_id, FileId(job.subject))
    account = tx.accounts.find(job.account_id)
    if file is None or account is None or file.state is not FileState.CHECKING:
        return None
    return file, account.file_kinds


def settle(tx: Transaction, file: File, found: Checked) -> bool:
    """Keep what was found, unless the file went meanwhile; nothing stays of a file that nobody gets. Returns whether it was kept."""
    present = find(tx, file.account_id, file.id)
    if present is None or present.state is not FileState.CHECKING:
        return False
    parts = () if found.state is not FileState.READY else present.parts if found.parts is None else found.parts
    changed = replace(
        present,
        state=found.state,
        media_type=found.media_type,
        kind=found.kind,
        reason=None if found.reason is None else found.reason.value,
        is_unscanned=found.is_unscanned,
        parts=parts,
        renditions=found.renditions,
        width=found.width,
        height=found.height,
        placeholder=found.placeholder,
    )
    tx.files.save([changed])
    return True


def find(tx: Transaction, account_id: AccountId, file_id: FileId) -> File | None:
    """Return a file, whoever's it is: for the work in the background alone."""
    return tx.files.several(account_id, [file_id]).get(file_id)
