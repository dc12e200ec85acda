"""Whether there is room to write: as much as people write in a moment is written where it would go, and taken back.

A small change proves little. The log of SQLite and the pages of PostgreSQL have room for some when the disk is full.
"""

import os
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import Engine, text

from hallway.usecases.transaction import StoreUnavailable

ROOM = 1024 * 1024
"""Bytes."""
_IN_POSTGRES = text(
    "CREATE TEMPORARY TABLE hallway_room ON COMMIT DROP AS"
    " SELECT repeat(md5(random()::text), 32) AS filler FROM generate_series(1, :kilobytes)"
)


def require_room_in_folder(folder: Path) -> None:
    """Raise StoreUnavailable where a folder takes no more: it is full, read only, or beyond what is allowed."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as failure:
        message = f"The data folder takes no more: {failure.strerror}"
        raise StoreUnavailable(message) from failure


def require_room_in_postgres(engine: Engine) -> None:
    """Raise the database's own error where it takes no more."""
    with engine.begin() as connection:
        connection.execute(_IN_POSTGRES, {"kilobytes": ROOM // 1024})
