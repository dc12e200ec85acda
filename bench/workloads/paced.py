"""W2 at a given rate: the pairs send in turn, evenly, whether or not earlier messages are through.

A message's waiting begins when it was due, not when the load came round to sending it.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from bench.contenders import Contender, Details
from bench.workloads.pairs import Pair, opened, outcome
from bench.workloads.window import Window

TICK = 0.001
"""Seconds between two looks at what is due."""


async def run(
    contender: Contender,
    details: Details,
    *,
    pids: Sequence[int],
    pairs: int,
    per_second: float,
    seconds: float,
    first: int,
) -> dict[str, Any]:
    """Waiting times at this rate, and what was lost or doubled."""
    work = await opened(contender, details, range(pairs), first)
    with Window(pids) as window:
        await _send_evenly(work, per_second, seconds)
    return await outcome(contender, work, window)


async def _send_evenly(work: Sequence[Pair], per_second: float, seconds: float) -> None:
    began, sent, all_of_them = time.perf_counter(), 0, max(1, int(per_second * seconds))
    while sent < all_of_them:
        due = min(all_of_them, int((time.perf_counter() - began) * per_second) + 1)
        for number in range(sent, due):
            work[number % len(work)].send(1, began + number / per_second)
        sent = due
        await asyncio.sleep(TICK)
