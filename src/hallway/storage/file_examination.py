"""Comparing what is known of files with what lies in the store of files."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine

from hallway.storage.backup.files import object_names
from hallway.storage.backup.tables import in_plain_words
from hallway.storage.finding import Finding, note, ok, problem
from hallway.usecases.files.ports import Blobs, FilesUnavailable

SHOWN = 3
"""Names that are said."""


def examine_files(engine: Engine, blobs: Blobs) -> Iterator[Finding]:
    """Yield what is missing in the store of files, and how much lies there that no file has."""
    with in_plain_words(engine), engine.connect() as connection:
        yield from _compared(connection, blobs)


def _compared(connection: Connection, blobs: Blobs) -> Iterator[Finding]:
    """List the store first: what is uploaded meanwhile is then known, and not missing; what was removed is asked for again."""
    try:
        found = {one.name for one in blobs.list("")}
        known = set(object_names(connection))
        missing = sorted(one for one in known - found if not _is_there(blobs, one))
    except FilesUnavailable as away:
        yield problem("files", f"the store of files doesn't answer: {away}", "check HALLWAY_FILES, and its credentials")
        return
    if missing:
        some = ", ".join(missing[:SHOWN])
        yield problem(
            "files",
            f"{len(missing)} objects of files are missing, such as {some}",
            "restore them from a backup: hallway restore FILE --data NEW-FOLDER, then copy its folder files over yours",
        )
    else:
        yield ok("files", f"all {len(known)} objects of files are there")
    if len(found - known):
        yield note(
            "files", f"{len(found - known)} objects belong to no file", "the automatic cleanup removes them after a day"
        )


def _is_there(blobs: Blobs, name: str) -> bool:
    return any(one.name == name for one in blobs.list(name.rpartition("/")[0]))
