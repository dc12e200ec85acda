"""SQLite files that are copied from one that was made before: what each would cost to make is paid once in a process."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hallway.storage.store import open_store

Make = Callable[[str], object]
"""Puts something into the empty database at an address."""


def migrated(url: str) -> None:
    """Bring a database to the present schema, with nobody in it."""
    open_store(url).close()


def sqlite_copy(file: Path, made: Make = migrated) -> str:
    """The address of a new file with all that `made` puts into one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(Path(_folder(made).name) / "hallway.db", file)
    return f"sqlite:///{file}"


@cache
def _folder(made: Make) -> "TemporaryDirectory[str]":
    folder = TemporaryDirectory(prefix="hallway-copies-")
    made(f"sqlite:///{folder.name}/hallway.db")
    return folder
