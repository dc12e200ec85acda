"""W1 and W2: pairs of people, one writing to the other, each with so many messages under way at a time.

A message counts when it was acknowledged as kept, reached the other person, and was found in the history afterwards.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.contenders import Contender, Details, Line
from bench.workloads.window import Window, waits

STRIDE = 10_000_000
"""Numbers of each pair start at a multiple of it, so that a number tells its pair."""
PATIENCE = 300
"""Seconds within which messages must be through, also where a thousand are under way at a slow server."""


@dataclass
class Pair:
    """A writer and a reader; while it is going, each acknowledged message lets the next one leave."""

    writer: Line
    reader: Line
    next: int
    """The number of the next message."""
    sent_at: dict[int, float] = field(default_factory=dict[int, float])
    stored: dict[int, float] = field(default_factory=dict[int, float])
    heard: dict[int, float] = field(default_factory=dict[int, float])
    doubled: int = 0
    is_going: bool = False
    _free: int = 0
    _has_changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Listen."""
        self.writer.stored = self._on_stored
        self.reader.heard = self._on_heard

    def begin(self, outstanding: int) -> None:
        """Send the first ones, and keep so many under way."""
        self.is_going = True
        self.send(outstanding, time.perf_counter())

    def send(self, count: int, at: float) -> None:
        """Send the next ones in one write; their waiting begins at a moment that may be over."""
        numbers = range(self.next, self.next + count)
        self.next += count
        self.sent_at.update(dict.fromkeys(numbers, at))
        self.writer.send(numbers)

    def _on_stored(self, number: int) -> None:
        self.stored[number] = time.perf_counter()
        if not self.is_going:
            self._has_changed.set()
            return
        if self._free == 0:
            asyncio.get_running_loop().call_soon(self._send_freed)
        self._free += 1

    def _send_freed(self) -> None:
        count, self._free = self._free, 0
        if self.is_going:
            self.send(count, time.perf_counter())

    def _on_heard(self, number: int) -> None:
        """What an earlier run sent is no news."""
        if number not in self.sent_at:
            return
        self.doubled += number in self.heard
        self.heard[number] = time.perf_counter()
        if not self.is_going:
            self._has_changed.set()

    def through(self, until: float) -> int:
        """How many were acknowledged and heard by then."""
        return sum(1 for one, at in self.stored.items() if at <= until and self.heard.get(one, until + 1) <= until)

    async def finish(self) -> None:
        """Send no more, and wait until all that was sent was acknowledged and heard."""
        self.is_going = False
        while not len(self.stored) == len(self.sent_at) == len(self.heard):
            self._has_changed.clear()
            await self._has_changed.wait()

    async def close(self) -> None:
        """Both leave."""
        await self.writer.close()
        await self.reader.close()


async def run(
    contender: Contender,
    details: Details,
    *,
    pids: Sequence[int],
    pairs: int,
    outstanding: int,
    seconds: float,
    first: int = 0,
) -> dict[str, Any]:
    """Messages per second, waiting times, the server's processor seconds for each, and what was lost or doubled."""
    work = await opened(contender, details, range(pairs), first)
    with Window(pids) as window:
        for pair in work:
            pair.begin(outstanding)
        await lasting(seconds, lambda: sum(len(pair.heard) for pair in work) >= 2 * pairs * outstanding)
    done = sum(pair.through(window.ended) for pair in work)
    result = {"per_second": done / window.seconds, "processor_seconds": window.used / max(done, 1)}
    return result | await outcome(contender, work, window)


async def lasting(seconds: float, is_enough: Callable[[], bool]) -> None:
    """Wait so long, and until a slow server has done enough for its rate to be known, too."""
    await asyncio.sleep(seconds)
    for _ in range(PATIENCE):
        if is_enough():
            return
        await asyncio.sleep(1)


async def opened(contender: Contender, details: Details, numbers: Sequence[int], first: int = 0) -> list[Pair]:
    """Connected pairs of the people 2n and 2n + 1; `first` keeps the messages of several runs apart."""
    return [
        Pair(
            await contender.connect(details, 2 * number, 2 * number + 1),
            await contender.connect(details, 2 * number + 1, 2 * number),
            number * STRIDE + first,
        )
        for number in numbers
    ]


async def outcome(contender: Contender, work: Sequence[Pair], window: Window) -> dict[str, Any]:
    """What is known once the last messages are through: waiting times, losses, doubles, and how busy the load was."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(pair.finish() for pair in work))
    result = {
        **waits("stored", [at - pair.sent_at[one] for pair in work for one, at in pair.stored.items()]),
        **waits("heard", [at - pair.sent_at[one] for pair in work for one, at in pair.heard.items()]),
        "messages": sum(len(pair.sent_at) for pair in work),
        "lost": sum(len(pair.sent_at.keys() - (pair.stored.keys() & pair.heard.keys())) for pair in work),
        "doubled": sum(pair.doubled for pair in work),
        "load_busy": window.busy,
    }
    if contender.ARCHIVES:
        for pair in work:
            found = await pair.reader.found()
            result["lost"] += len(pair.stored.keys() - set(found))
            result["doubled"] += len(found) - len(set(found))
    for pair in work:
        await pair.close()
    return result
