"""Removes the content of files that nobody gets any more, as a part of upkeep."""

from functools import partial

import structlog

from hallway.domain.files import File
from hallway.domain.ids import AccountId, FileId
from hallway.transport.async_store import AsyncStore
from hallway.transport.blobs import AsyncBlobs
from hallway.usecases.files import sweeping
from hallway.usecases.files.ports import FilesUnavailable, folder
from hallway.usecases.transaction import Transaction

_log = structlog.get_logger("hallway.files")


class FileSweep:
    """Sweeps the store of files, account by account."""

    def __init__(self, store: AsyncStore, blobs: AsyncBlobs) -> None:
        """Sweep what this store knows, and what lies there beside it."""
        self._store = store
        self._blobs = blobs

    async def sweep(self, account_id: AccountId) -> None:
        """Remove what has ended, then what belongs to no file. A store that is away is left to the next run."""
        try:
            await self._remove_expired(account_id)
            await self._remove_orphans(account_id)
        except FilesUnavailable as away:
            _log.warning("files_unavailable", reason=str(away))

    async def _remove_expired(self, account_id: AccountId) -> None:
        claim = partial(sweeping.claim_expired, account_id=account_id, clock=self._store.clock)
        while gone := await self._store.write(claim):
            for file_id in gone:
                objects = await self._blobs.list(folder(account_id, file_id))
                await self._blobs.remove([one.name for one in objects])
            await self._store.write(lambda tx, ids=gone: sweeping.forget(tx, account_id, ids))

    async def _remove_orphans(self, account_id: AccountId) -> None:
        """Look at the objects first: a file is always known before anything of it is there. Some at a time, however many there are."""
        async for objects in self._blobs.portions(folder(account_id)):
            ids = {one for one in (sweeping.file_of(each.name) for each in objects) if one is not None}
            files = await self._store.read(partial(_files, account_id=account_id, ids=ids))
            orphans = sweeping.orphans(objects, files, self._store.clock.now())
            if orphans:
                _log.warning("orphans_removed", number=len(orphans))
                await self._blobs.remove(orphans)


def _files(tx: Transaction, *, account_id: AccountId, ids: set[FileId]) -> dict[FileId, File]:
    return dict(tx.files.several(account_id, ids))
