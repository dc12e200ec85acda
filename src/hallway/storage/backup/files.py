"""The content of files in a backup: each object that the database names, as it lies in the store of files."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec
from sqlalchemy import Connection, inspect, select

from hallway.domain.ids import AccountId
from hallway.storage.backup.form import OBJECTS, UNREADABLE, Block, DamagedBackup, block_of
from hallway.storage.file_tables import file
from hallway.usecases.errors import NotFound
from hallway.usecases.files.ports import Blobs, folder

LARGEST = 64 * 1024 * 1024
"""Bytes of an object; ours have two megabytes, and thumbnails less."""
AT_ONCE = 4
"""Objects in a block, which is in memory as a whole."""

_PARTS = msgspec.json.Decoder(list[tuple[str, int]])
_OBJECT = msgspec.json.Decoder(tuple[str, bytes | None])


class HasObjects(Protocol):
    """A backup with the content of files."""

    def objects(self) -> Iterator[Block]:
        """Yield blocks of objects."""
        ...


def object_names(connection: Connection, account_id: AccountId | None = None) -> list[str]:
    """Return the names of all objects that files have, of an account or of all. Older schemas have none."""
    if not inspect(connection).has_table(file.name):
        return []
    query = select(file.c.account_id, file.c.id, file.c.parts, file.c.renditions)
    if account_id is not None:
        query = query.where(file.c.account_id == account_id)
    rows = connection.execute(query.order_by(file.c.account_id, file.c.id))
    return [
        f"{folder(row.account_id, row.id)}/{name}"
        for row in rows
        for name, _ in _PARTS.decode(row.parts) + _PARTS.decode(row.renditions)
    ]


def object_blocks(blobs: Blobs, names: Sequence[str]) -> Iterator[Block]:
    """Yield objects, a few at a time; one that was removed since the snapshot has no content."""
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        yield block_of(OBJECTS, [(name, _content(blobs, name)) for name in some])


def _content(blobs: Blobs, name: str) -> bytes | None:
    try:
        return blobs.read(name, 0, LARGEST)
    except NotFound:
        return None


def restore_objects(backup: HasObjects, blobs: Blobs) -> int:
    """Put the content of files back into the store of files, and return how many objects. Raises DamagedBackup, FilesUnavailable."""
    number = 0
    for block in backup.objects():
        for line in block.lines.splitlines():
            name, content = _decoded(line)
            if content is not None:
                blobs.put(name, content)
                number += 1
    return number


def _decoded(line: bytes) -> tuple[str, bytes | None]:
    """Decode an object, whose name must be one of ours: it becomes a path in a folder."""
    try:
        name, content = _OBJECT.decode(line)
    except UNREADABLE as wrong:
        message = f"An object of a file can't be restored: {wrong}."
        raise DamagedBackup(message) from wrong
    parts = name.split("/")
    if len(parts) != 3 or any(one in {"", ".", ".."} or not _is_plain(one) for one in parts):  # noqa: PLR2004
        message = f"{name!r} is no name of an object."
        raise DamagedBackup(message)
    return name, content


def _is_plain(text: str) -> bool:
    return text.isascii() and text.replace("-", "").isalnum()
