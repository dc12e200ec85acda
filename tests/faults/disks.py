"""A disk that can be filled: a small file system where mounting is allowed, a limit on the server's files elsewhere."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

SIZE = "8m"
BLOCK = bytes(16 * 1024)


class Disk(Protocol):
    """Where a server keeps its data."""

    def fill(self, pid: int) -> None:
        """From now on the server writes nothing more."""
        ...

    def free(self, pid: int) -> None:
        """It may write again."""
        ...


class SmallDisk:
    """A file system in memory, filled by a file that is none of the server's."""

    def __init__(self, folder: Path) -> None:
        """Mounted at `folder`."""
        self._ballast = folder / "ballast"

    def fill(self, pid: int) -> None:
        """Until not one byte more goes in."""
        del pid
        with suppress(OSError), self._ballast.open("wb", buffering=0) as file:
            while True:
                file.write(BLOCK)

    def free(self, pid: int) -> None:
        """Take the file away."""
        del pid
        self._ballast.unlink()


class RationedDisk:
    """The server's process may write no file beyond its first byte."""

    def fill(self, pid: int) -> None:
        """Ration it."""
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))

    def free(self, pid: int) -> None:
        """Lift the limit."""
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def small_disk(folder: Path, size: str = SIZE) -> Iterator[Disk]:
    """A disk at `folder`."""
    folder.mkdir()
    if not _is_mounted(folder, size):
        yield RationedDisk()
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", folder], check=True)


def _is_mounted(folder: Path, size: str) -> bool:
    """Whether a small file system could be mounted there; few but root may do that."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
