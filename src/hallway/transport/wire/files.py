"""Files: as messages show them, and as they are on their way."""

from datetime import datetime
from typing import Literal

from hallway.transport.wire.fields import Frozen, Id

FileKind = Literal["picture", "audio", "video", "document", "archive", "other"]
FileState = Literal["uploading", "checking", "ready", "refused", "withheld"]


class Attachment(Frozen, frozen=True, kw_only=True):
    """A file of a message. `width` and `height` are a picture's, `placeholder` a tiny picture of it as a data URL.

    `is_unscanned` says that the scanner for viruses was away when it was sent.
    """

    id: Id
    name: str
    media_type: str
    kind: FileKind
    size: int
    width: int | None
    height: int | None
    placeholder: str | None
    is_unscanned: bool


class File(Frozen, frozen=True, kw_only=True):
    """A file that was uploaded, or that is on its way: `received` of its `size` bytes are here.

    Once it is `ready`, `attachment` is what a message shows of it. `reason` says why it was refused (`kind`, `picture`,
    `picture_too_large`) or withheld (`virus`). Before it is sent, it is removed at `expires_at`.
    """

    id: Id
    name: str
    size: int
    received: int
    state: FileState
    reason: str | None
    expires_at: datetime | None
    attachment: Attachment | None
