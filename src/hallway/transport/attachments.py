"""What handlers need for files of messages: the store of their content, uploads on their way, and checks."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import partial

from hallway.domain.files import MEGABYTE, FileState
from hallway.domain.ids import FileId
from hallway.domain.verdicts import Refused
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.transport.blobs import AsyncBlobs
from hallway.transport.file_checks import Draw, FileChecks
from hallway.transport.uploads import Uploads
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Busy, Conflict
from hallway.usecases.files import uploads
from hallway.usecases.files.ports import Blobs
from hallway.usecases.files.scanner import Scanner


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """The files of messages; `quota` is how many bytes an account may have that was granted no other number."""

    blobs: AsyncBlobs
    uploads: Uploads
    checks: FileChecks
    quota: int | None
    store: AsyncStore

    async def attach(self, actor: Actor, file_id: FileId, name: str, content: bytes) -> bool:
        """Upload a file that is here as a whole, and return whether it can be sent. Done again, it goes on where it stopped.

        Raises Busy while it is being checked, FilesUnavailable.
        """
        store = self.store
        new = partial(uploads.begin, name=name, size=len(content), quota=self.quota, file_id=file_id)
        try:
            file = await store.write(lambda tx: new(tx, actor, clock=store.clock, ids=store.ids))
            if file.state is FileState.UPLOADING:
                await self.uploads.take(actor, file, _all(content[file.received :]))
                self.checks.wake()
        except (Refused, Conflict):
            return False
        if file.is_attached:
            return True
        checked = await self.checks.known(actor, file_id)
        if checked.state is FileState.CHECKING:
            raise Busy
        return checked.state is FileState.READY


async def _all(content: bytes) -> AsyncGenerator[bytes]:
    yield content


def new_attachments(
    settings: Settings, store: AsyncStore, *, blobs: Blobs, draw: Draw, scanner: Scanner | None
) -> Attachments:
    """Build all of it over a store of files."""
    kept = AsyncBlobs(blobs)
    checks = FileChecks(store, kept, draw=draw, scanner=scanner, when_away=settings.scanner_away)
    quota = settings.file_quota_mb * MEGABYTE or None
    return Attachments(blobs=kept, uploads=Uploads(store, kept), checks=checks, quota=quota, store=store)
