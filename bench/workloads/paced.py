"""W2 at a given rate: the pairs send in turn, evenly, whether or not earlier messages are through.

A message's waiting begins when it was due, not when the load came round to sending it.
"""

import asyncio
import time
from typing import Any

from bench.contenders import Contender, Details
from bench.workloads.alone import ranks
from bench.workloads.pairs import Pair, _pair, _until_through

TICK = 0.001
"""Seconds between two looks at what is due."""


async def run(
    contender: Contender, details: Details, *, pairs: int, per_second: float, seconds: float
) -> dict[str, Any]:
    """Seconds from when a message was due until the other person has it: the median and the 99th of a hundred."""
    work = [await _pair(contender, details, number, 1) for number in range(pairs)]
    for pair in work:
        pair.is_going = False
        pair.begin()
    await _send_evenly(work, per_second, seconds)
    await _until_through(work)
    heard = [at - pair.sent_at[one] for pair in work for one, at in pair.heard.items()]
    for pair in work:
        await pair.writer.close()
        await pair.reader.close()
    return {"heard": ranks(heard)}


async def _send_evenly(work: list[Pair], per_second: float, seconds: float) -> None:
    began, sent, all_of_them = time.perf_counter(), 0, max(1, int(per_second * seconds))
    while sent < all_of_them:
        due = min(all_of_them, int((time.perf_counter() - began) * per_second) + 1)
        for number in range(sent, due):
            pair = work[number % len(work)]
            pair._send(1)  # noqa: SLF001 - the pair counts
            pair.sent_at[pair._next - 1] = began + number / per_second  # noqa: SLF001
        sent = due
        await asyncio.sleep(TICK)
