"""One server for one SQLite file: a second one would not hear what the first one tells, nor wait for its turn to write.

The lock is the operating system's. It goes with the process, however that ends, and stands in the way of no command that
reads or changes the file beside a server.
"""

import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has other locks
    fcntl = None

TICK = 0.1
"""Seconds between two looks whether the other one has gone."""
ENDING = ".lock"
"""Of the file beside the database that is locked; it is never taken away, since another one may wait for it."""


class ServedAlready(Exception):  # noqa: N818 - says what is the matter
    """Another server has the file."""

    def __init__(self, file: Path, process: str) -> None:
        """Say who has the file, and what to do."""
        whose = f"another Hallway (process {process})" if process else "another Hallway"
        super().__init__(
            f"{file} is in use by {whose}. Stop it, or, for several processes, move to PostgreSQL"
            " with hallway migrate-store."
        )


@contextmanager
def served_alone(file: Path, *, patience: float, waiting: Callable[[], object]) -> Generator[None]:
    """Hold a SQLite file as its only server while the context lasts. Raises ServedAlready.

    A server that is about to stop is waited for, `patience` seconds at most; `waiting` is called when the wait begins. Not
    flock: a child that was forked would keep the lock, even when its parent is gone.
    """
    if fcntl is None:
        yield
        return
    path = file.resolve()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(path.with_name(path.name + ENDING), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _is_taken(lock):
            waiting()
            until = time.monotonic() + patience
            while not _is_taken(lock):
                if time.monotonic() > until:
                    raise ServedAlready(file, os.pread(lock, 20, 0).decode("ascii", "replace").strip())
                time.sleep(TICK)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(lock)


def _is_taken(lock: int) -> bool:
    """Try to take the lock, and return whether it is ours."""
    assert fcntl is not None
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
