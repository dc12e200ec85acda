"""Where tests write what they throw away: thousands of databases, which take a disk longer to make than a test to use."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
ENOUGH = 8 * 2**30
"""Bytes that must be free there; the tests of every day leave 6 GB until they end."""


@contextmanager
def temporary_files_in_memory() -> Iterator[None]:
    """Let this process and those that it starts keep temporary files in memory, where there is room and programs may lie there."""
    if not _has_room(MEMORY):
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="hallway-tests-", dir=MEMORY))
    folder.chmod(0o755)  # PostgreSQL runs as somebody else when the tests run as root
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(memory: Path) -> bool:
    if not memory.is_dir() or os.statvfs(memory).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(memory).free >= ENOUGH
