"""W2: pairs of people, one writing to the other, each with so many messages under way at a time.

A message counts when it was acknowledged as kept, reached the other person, and was found in the history afterwards.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from bench.contenders import Contender, Details, Line
from bench.machine import seconds as processor_seconds

STRIDE = 10_000_000
"""Numbers of each pair start at a multiple of it, so that a number tells its pair."""
PATIENCE = 60
"""Seconds within which the last messages must be through."""


@dataclass
class Pair:
    """A writer who keeps `outstanding` messages under way, and a reader."""

    writer: Line
    reader: Line
    number: int
    outstanding: int
    sent_at: dict[int, float] = field(default_factory=dict)
    stored: dict[int, float] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)
    doubled: int = 0
    is_going: bool = True
    _next: int = 0
    _free: int = 0

    def begin(self) -> None:
        """Send the first ones."""
        self.writer.stored = self._on_stored
        self.reader.heard = self._on_heard
        self._next = self.number * STRIDE
        self._send(self.outstanding)

    def _on_stored(self, number: int) -> None:
        self.stored[number] = time.perf_counter()
        if self._free == 0:
            asyncio.get_running_loop().call_soon(self._send_freed)
        self._free += 1

    def _on_heard(self, number: int) -> None:
        self.doubled += number in self.heard
        self.heard[number] = time.perf_counter()

    def _send_freed(self) -> None:
        count, self._free = self._free, 0
        if self.is_going:
            self._send(count)

    def _send(self, count: int) -> None:
        numbers = range(self._next, self._next + count)
        self._next += count
        self.sent_at.update(dict.fromkeys(numbers, time.perf_counter()))
        self.writer.send(numbers)

    @property
    def is_through(self) -> bool:
        """Whether all that was sent was acknowledged and heard."""
        return len(self.stored) == len(self.sent_at) == len(self.heard)


async def run(
    contender: Contender, details: Details, *, pids: list[int], pairs: int, outstanding: int, seconds: float
) -> dict[str, Any]:
    """Messages per second, the server's processor seconds for each, and what was missing or double."""
    work = [await _pair(contender, details, number, outstanding) for number in range(pairs)]
    began, used = time.perf_counter(), processor_seconds(pids)
    for pair in work:
        pair.begin()
    await asyncio.sleep(seconds)
    ended, used = time.perf_counter(), processor_seconds(pids) - used
    done = sum(_through(pair, ended) for pair in work)
    for pair in work:
        pair.is_going = False
    await _until_through(work)
    found = [await pair.reader.found() for pair in work] if contender.ARCHIVES else []
    missing = sum(len(set(pair.sent_at) - set(numbers)) for pair, numbers in zip(work, found, strict=False))
    doubled = sum(len(numbers) - len(set(numbers)) for numbers in found) + sum(pair.doubled for pair in work)
    heard_after = sorted(pair.heard[one] - at for pair in work for one, at in pair.sent_at.items() if one in pair.heard)
    for pair in work:
        await pair.writer.close()
        await pair.reader.close()
    return {
        "per_second": done / (ended - began),
        "processor_seconds": used / max(done, 1),
        "messages": sum(len(pair.sent_at) for pair in work),
        "missing": missing,
        "doubled": doubled,
        "p50": heard_after[len(heard_after) // 2],
        "p99": heard_after[len(heard_after) * 99 // 100],
    }


async def _pair(contender: Contender, details: Details, number: int, outstanding: int) -> Pair:
    writer = await contender.connect(details, 2 * number, 2 * number + 1)
    reader = await contender.connect(details, 2 * number + 1, 2 * number)
    return Pair(writer, reader, number, outstanding)


def _through(pair: Pair, until: float) -> int:
    return sum(1 for one, at in pair.stored.items() if at <= until and pair.heard.get(one, until + 1) <= until)


async def _until_through(work: list[Pair]) -> None:
    until = time.perf_counter() + PATIENCE
    while not all(pair.is_through for pair in work) and time.perf_counter() < until:  # noqa: ASYNC110 - of thousands
        await asyncio.sleep(0.05)
