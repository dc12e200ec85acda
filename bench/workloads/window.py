"""A measured time: how long it was, what the server used of its processor meanwhile, and how busy the load was."""

import time
from collections.abc import Iterable, Sequence
from typing import Self

from bench.machine import seconds as processor_seconds


class Window:
    """`with Window(pids) as window:`; afterwards it says what the time cost."""

    def __init__(self, pids: Iterable[int]) -> None:
        """The server's processes."""
        self._pids = list(pids)
        self.seconds = 0.0
        self.used = 0.0
        """Processor seconds of the server."""
        self.busy = 0.0
        """The share of the time in which the load's own process ran."""

    def __enter__(self) -> Self:
        self.ended = 0.0
        self._used, self._busy = processor_seconds(self._pids), time.process_time()
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended = time.perf_counter()
        self.seconds = self.ended - self._began
        self.busy = (time.process_time() - self._busy) / self.seconds
        self.used = processor_seconds(self._pids) - self._used


def waits(name: str, found: Sequence[float]) -> dict[str, float]:
    """The median and the 99th percentile of waiting times, in seconds."""
    ordered = sorted(found)
    return {f"{name}_p50": ordered[len(ordered) // 2], f"{name}_p99": ordered[len(ordered) * 99 // 100]}
