"""Remove the content of files that nobody gets any more: never sent, given up, or deleted with their message.

First it is marked as gone, so that no message takes it meanwhile; then its objects go, then what is known of it. Killed in
between, the next sweep does the rest again, which does no harm.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from hallway.domain.files import File, FileState
from hallway.domain.ids import AccountId, FileId
from hallway.usecases.files.ports import Blob, folder
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

AT_ONCE = 50
"""Files that are removed in one transaction."""
ORPHANED_AFTER = timedelta(days=1)
"""How old an object is at least that belongs to no file: one that is just being written belongs to none yet."""


def claim_expired(tx: Transaction, account_id: AccountId, *, clock: Clock) -> Sequence[FileId]:
    """Mark as gone the next files whose time is over, and return them."""
    now = clock.now()
    found = tx.files.expired(account_id, now, AT_ONCE)
    tx.files.save([one.gone(now) for one in found if one.state is not FileState.GONE])
    return [one.id for one in found]


def forget(tx: Transaction, account_id: AccountId, file_ids: Collection[FileId]) -> None:
    """Forget files whose content was removed."""
    tx.files.remove(account_id, file_ids)


def names_of(file: File) -> frozenset[str]:
    """Return the names of the objects that a file has."""
    return frozenset(f"{folder(file.account_id, file.id)}/{one.name}" for one in (*file.parts, *file.renditions))


def file_of(name: str) -> FileId | None:
    """Return the file to which an object belongs by its name."""
    parts = name.split("/")
    return FileId(parts[1]) if len(parts) == 3 else None  # noqa: PLR2004 - account, file, object


def orphans(blobs: Iterable[Blob], files: Mapping[FileId, File], now: datetime) -> list[str]:
    """Return the names of old objects that no file has."""
    found: list[str] = []
    for blob in blobs:
        file = files.get(file_of(blob.name) or FileId(""))
        if blob.written_at < now - ORPHANED_AFTER and (file is None or blob.name not in names_of(file)):
            found.append(blob.name)
    return found
