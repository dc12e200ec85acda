"""W6: pairs write, and in the middle of it the server is killed: what it had acknowledged by then."""

import asyncio
from typing import Any

from bench.contenders import Contender, Details
from bench.machine import end
from bench.workloads.pairs import Pair


async def run(
    contender: Contender, details: Details, *, pids: list[int], pairs: int, outstanding: int, seconds: float, run: int
) -> dict[str, Any]:
    """The acknowledged numbers, by pair; those of each run are others."""
    work = []
    for number in range(pairs):
        writer = await contender.connect(details, 2 * number, 2 * number + 1)
        reader = await contender.connect(details, 2 * number + 1, 2 * number)
        work.append(Pair(writer, reader, run * pairs + number, outstanding))
    for pair in work:
        pair.begin()
    await asyncio.sleep(seconds)
    await asyncio.to_thread(end, pids)
    for pair in work:
        pair.is_going = False
    return {"stored": [sorted(pair.stored) for pair in work]}
