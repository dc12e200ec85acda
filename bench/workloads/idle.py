"""W5: what a connection holds in memory that nothing happens on."""

import asyncio
from typing import Any

from bench.contenders import Contender, Details
from bench.machine import memory

TOGETHER = 50
SETTLED = 2.0
"""Seconds after which a server has put away what it needed to let everybody in."""


async def run(contender: Contender, details: Details, *, pids: list[int], lines: int) -> dict[str, Any]:
    """Bytes for each line over the process with one line."""
    held = [await contender.idle(details, 0)]
    await asyncio.sleep(SETTLED)
    before = memory(pids)
    for start in range(1, lines, TOGETHER):
        people = range(start, min(start + TOGETHER, lines))
        held += await asyncio.gather(*(contender.idle(details, person) for person in people))
    await asyncio.sleep(SETTLED)
    after = memory(pids)
    for line in held:
        await line.close()
    return {"bytes": (after - before) / (lines - 1)}
