"""Files, in the words of the wire."""

from typing import cast

from hallway.domain.files import Attachment, File, FileState
from hallway.transport.wire import files as wire_files


def attachment(one: Attachment) -> wire_files.Attachment:
    """Serialize a file of a message."""
    return wire_files.Attachment(
        id=one.id,
        name=one.name,
        media_type=one.media_type,
        kind=one.kind.value,
        size=one.size,
        width=one.width,
        height=one.height,
        placeholder=one.placeholder,
        is_unscanned=one.is_unscanned,
    )


def file(one: File) -> wire_files.File:
    """Serialize a file on its way, or one that is there."""
    return wire_files.File(
        id=one.id,
        name=one.name,
        size=one.size,
        received=one.received,
        state=cast("wire_files.FileState", one.state.value),
        reason=one.reason,
        expires_at=one.expires_at,
        attachment=attachment(one.attachment) if one.state is FileState.READY else None,
    )
