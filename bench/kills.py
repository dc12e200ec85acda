"""W6: kill -9 in the middle of W2, again and again over the same files; what was acknowledged must be found, once."""

import asyncio
import random
import time
from collections.abc import Sequence

from bench.runs import Served, Values
from bench.workloads.pairs import Pair, opened

OUTSTANDING = 16
SHORTEST, LONGEST = 0.1, 1.0
"""Seconds under load before a kill."""


def killed(one: Served, *, times: int, pairs: int, seed: int) -> Values:
    """Losses and doubles among what was acknowledged, and how long the server took to be there again."""
    return asyncio.run(_killed(one, times, pairs, random.Random(seed)))  # noqa: S311 - moments that can be repeated


async def _killed(one: Served, times: int, pairs: int, moments: random.Random) -> Values:
    acknowledged = lost = doubled = 0
    recoveries: list[float] = []
    for kill in range(times):
        people = range(kill * pairs, (kill + 1) * pairs)
        work = await opened(one.contender, one.server.details, people)
        await _write(work, moments.uniform(SHORTEST, LONGEST))
        recoveries.append(_kill(one))
        for number, pair in zip(people, work, strict=True):
            found = await _found(one, number)
            acknowledged += len(pair.stored)
            lost += len(pair.stored.keys() - set(found))
            doubled += len(found) - len(set(found))
    return {
        "kills": times,
        "acknowledged": acknowledged,
        "lost": lost,
        "doubled": doubled,
        "recovery": max(recoveries),
    }


async def _write(work: Sequence[Pair], seconds: float) -> None:
    """Write for so long; what was acknowledged on the wire by the end is read later."""
    for pair in work:
        pair.begin(OUTSTANDING)
    await asyncio.sleep(seconds)
    for pair in work:
        pair.is_going = False


def _kill(one: Served) -> float:
    """Seconds from starting the server anew until it answers. Nothing else may happen here meanwhile."""
    one.server.kill()
    began = time.perf_counter()
    one.server.again()
    return time.perf_counter() - began


async def _found(one: Served, number: int) -> list[int]:
    """What the reader of a pair finds with a new line."""
    line = await one.contender.connect(one.server.details, 2 * number + 1, 2 * number)
    found = await line.found()
    await line.close()
    return found
