"""W3: a conversation of many connected members, in which one writes and all others hear.

The writer keeps so many messages under way; one is through when it was acknowledged and everybody else heard it.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.contenders import Contender, Details, Line
from bench.workloads.pairs import PATIENCE, lasting
from bench.workloads.window import Window, waits


class Room:
    """The first line writes, the others count what they hear."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """All are in."""
        self.writer, *self._readers = lines
        self.is_going = False
        self.sent_at: dict[int, float] = {}
        self.heard: Counter[int] = Counter()
        self.waits: list[float] = []
        self._is_through = asyncio.Event()
        self._free = 0
        self._all = len(lines)
        self.writer.stored = self._on_told
        for reader in self._readers:
            reader.heard = self._on_told

    def begin(self, outstanding: int) -> None:
        """Send the first ones, and keep so many under way."""
        self.is_going = True
        self._send(outstanding)

    def _send(self, count: int) -> None:
        numbers = range(len(self.sent_at), len(self.sent_at) + count)
        self.sent_at.update(dict.fromkeys(numbers, time.perf_counter()))
        self.writer.send(numbers)

    def _on_told(self, number: int) -> None:
        """One more has it: a reader who heard it, or the writer who knows that it is kept."""
        self.heard[number] = told = self.heard[number] + 1
        if told == self._all:
            self.waits.append(time.perf_counter() - self.sent_at[number])
            if self.is_going:
                self._free_one()
            elif len(self.waits) == len(self.sent_at):
                self._is_through.set()

    def _free_one(self) -> None:
        """Messages that are through at the same moment let the next ones leave in one write."""
        if self._free == 0:
            asyncio.get_running_loop().call_soon(self._send_freed)
        self._free += 1

    def _send_freed(self) -> None:
        count, self._free = self._free, 0
        if self.is_going:
            self._send(count)

    async def finish(self) -> None:
        """Send no more, and wait until everybody has everything."""
        self.is_going = False
        if len(self.waits) < len(self.sent_at):
            await self._is_through.wait()


async def run(
    contender: Contender, details: Details, *, pids: Sequence[int], members: int, outstanding: int, seconds: float
) -> dict[str, Any]:
    """Deliveries per second, how long a message took to the last member, and what was lost or doubled."""
    lines = [await contender.join(details, person, members) for person in range(members)]
    room = Room(lines)
    with Window(pids) as window:
        room.begin(outstanding)
        await lasting(seconds, lambda: room.heard.total() >= 2 * members * outstanding)
        deliveries = room.heard.total()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(room.finish(), PATIENCE)
    result = {
        "per_second": deliveries / window.seconds,
        "processor_seconds": window.used / max(deliveries, 1),
        **waits("last", room.waits or [PATIENCE]),
        "messages": len(room.sent_at),
        "lost": sum(members - min(room.heard[number], members) for number in room.sent_at),
        "doubled": sum(max(told - members, 0) for told in room.heard.values()),
        "load_busy": window.busy,
    }
    if contender.ARCHIVES:
        found = await lines[-1].found()
        result["lost"] += len(room.sent_at.keys() - set(found))
        result["doubled"] += len(found) - len(set(found))
    for line in lines:
        await line.close()
    return result
