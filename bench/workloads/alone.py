"""W1: one pair, one message at a time: how long until it is acknowledged, and until the other person has it."""

import asyncio
import time
from typing import Any

from bench.contenders import Contender, Details, Line


async def run(contender: Contender, details: Details, *, messages: int) -> dict[str, Any]:
    """Seconds: the median and the 99th of a hundred, of both."""
    writer, reader = await contender.connect(details, 0, 1), await contender.connect(details, 1, 0)
    stored, heard = [], []
    for number in range(messages):
        one, other = await _send(writer, reader, number)
        stored.append(one)
        heard.append(other)
    await writer.close()
    await reader.close()
    return {"stored": ranks(stored), "heard": ranks(heard)}


def ranks(seconds: list[float]) -> dict[str, float]:
    """The median and the 99th of a hundred."""
    ordered = sorted(seconds)
    return {"p50": ordered[len(ordered) // 2], "p99": ordered[len(ordered) * 99 // 100]}


async def _send(writer: Line, reader: Line, number: int) -> tuple[float, float]:
    loop = asyncio.get_running_loop()
    stored: asyncio.Future[float] = loop.create_future()
    heard: asyncio.Future[float] = loop.create_future()
    writer.stored = lambda _: stored.set_result(time.perf_counter())
    reader.heard = lambda _: heard.set_result(time.perf_counter())
    began = time.perf_counter()
    writer.send([number])
    return await stored - began, await heard - began
