"""What handlers need for files of messages: the store of their content, uploads on their way, and checks."""

from dataclasses import dataclass

from hallway.domain.files import MEGABYTE
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.transport.blobs import AsyncBlobs
from hallway.transport.file_checks import Draw, FileChecks
from hallway.transport.uploads import Uploads
from hallway.usecases.files.ports import Blobs
from hallway.usecases.files.scanner import Scanner


@dataclass(frozen=True, slots=True)
class Attachments:
    """The files of messages; `quota` is how many bytes an account may have that was granted no other number."""

    blobs: AsyncBlobs
    uploads: Uploads
    checks: FileChecks
    quota: int | None


def new_attachments(
    settings: Settings, store: AsyncStore, *, blobs: Blobs, draw: Draw, scanner: Scanner | None
) -> Attachments:
    """Build all of it over a store of files."""
    kept = AsyncBlobs(blobs)
    checks = FileChecks(store, kept, draw=draw, scanner=scanner, when_away=settings.scanner_away)
    return Attachments(kept, Uploads(store, kept), checks, settings.file_quota_mb * MEGABYTE or None)
