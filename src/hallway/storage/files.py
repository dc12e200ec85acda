"""What is known of files, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from hallway.domain.files import File, FileKind, FileState, Part
from hallway.domain.ids import AccountId, ConversationId, FileId, UserId
from hallway.storage.file_tables import file
from hallway.storage.lists import one_of
from hallway.storage.statements import update_all
from hallway.storage.timestamps import from_micros, from_micros_or_none, to_micros, to_micros_or_none

_PARTS = msgspec.json.Decoder(tuple[tuple[str, int], ...])
_KEY = ("account_id", "id")
_CHANGED = tuple(column.name for column in file.c if column.name not in {*_KEY, "uploader_id", "created_at", "name"})


class SqlFiles:
    """`ports.Files` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def add(self, new: File) -> None:
        """Insert a file."""
        self._connection.execute(insert(file).values(_row(new)))

    def save(self, files: Sequence[File]) -> None:
        """Update all but what a file has from the start."""
        rows = [_row(one) for one in sorted(files, key=lambda one: one.id)]
        update_all(self._connection, file, _KEY, _CHANGED, rows)

    def several(self, account_id: AccountId, file_ids: Collection[FileId]) -> Mapping[FileId, File]:
        """Return files by their ids."""
        return {one.id: one for one in self._found(account_id, one_of(file.c.id, file_ids))}

    def of_message(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Sequence[File]:
        """Return the files of a message by its address."""
        return self._found(account_id, file.c.conversation_id == conversation_id, file.c.seq == seq)

    def used(self, account_id: AccountId) -> int:
        """Add the sizes up, in the index."""
        query = select(func.coalesce(func.sum(file.c.size), 0)).where(file.c.account_id == account_id)
        return int(self._connection.execute(query).scalar_one())

    def unsent(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the files of a person that end."""
        mine = (file.c.account_id == account_id, file.c.uploader_id == user_id, file.c.expires_at.is_not(None))
        query = select(func.count()).select_from(file).where(*mine, file.c.state != FileState.GONE.value)
        return self._connection.execute(query).scalar_one()

    def expired(self, account_id: AccountId, now: datetime, limit: int) -> Sequence[File]:
        """Return the files that ended first."""
        return self._found(account_id, file.c.expires_at <= to_micros(now), order=file.c.expires_at, limit=limit)

    def remove(self, account_id: AccountId, file_ids: Collection[FileId]) -> None:
        """Delete files that are gone."""
        which = (file.c.account_id == account_id, one_of(file.c.id, file_ids), file.c.state == FileState.GONE.value)
        self._connection.execute(delete(file).where(*which))

    def _found(
        self,
        account_id: AccountId,
        *which: ColumnElement[bool],
        order: ColumnElement[Any] = file.c.id,
        limit: int | None = None,
    ) -> list[File]:
        query = select(file).where(file.c.account_id == account_id, *which).order_by(order).limit(limit)
        if self._locks:
            query = query.with_for_update()
        return [_file(row) for row in self._connection.execute(query).mappings()]


def _row(one: File) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "uploader_id": one.uploader_id,
        "name": one.name,
        "size": one.size,
        "created_at": to_micros(one.created_at),
        "expires_at": to_micros_or_none(one.expires_at),
        "state": one.state.value,
        "parts": _encoded(one.parts),
        "renditions": _encoded(one.renditions),
        "media_type": one.media_type,
        "kind": one.kind.value,
        "width": one.width,
        "height": one.height,
        "placeholder": one.placeholder,
        "is_unscanned": one.is_unscanned,
        "reason": one.reason,
        "conversation_id": one.conversation_id,
        "seq": one.seq,
    }


def _file(row: Mapping[Any, Any]) -> File:
    return File(
        account_id=row["account_id"],
        id=row["id"],
        uploader_id=row["uploader_id"],
        name=row["name"],
        size=row["size"],
        created_at=from_micros(row["created_at"]),
        expires_at=from_micros_or_none(row["expires_at"]),
        state=FileState(row["state"]),
        parts=_parts(row["parts"]),
        renditions=_parts(row["renditions"]),
        media_type=row["media_type"],
        kind=FileKind(row["kind"]),
        width=row["width"],
        height=row["height"],
        placeholder=row["placeholder"],
        is_unscanned=bool(row["is_unscanned"]),
        reason=row["reason"],
        conversation_id=row["conversation_id"],
        seq=row["seq"],
    )


def _encoded(parts: Sequence[Part]) -> str:
    return msgspec.json.encode([(one.name, one.size) for one in parts]).decode()


def _parts(encoded: str) -> tuple[Part, ...]:
    return tuple([Part(name, size) for name, size in _PARTS.decode(encoded)])
