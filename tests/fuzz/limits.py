"""Bounds of time and memory for a while, for what runs in this process."""

import resource
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

PAGE = resource.getpagesize()


class TooLong(Exception):  # noqa: N818 - says what is the matter
    """It took longer than it may."""


@contextmanager
def bounded(*, seconds: float, memory: int) -> Generator[None]:
    """Raise TooLong after these seconds of the processor, and MemoryError beyond so many bytes more than there are now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * PAGE
    before = signal.signal(signal.SIGVTALRM, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLong
