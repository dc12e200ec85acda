"""W5: people who are connected and hear nothing; what the server holds in memory for each of them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bench.contenders import Contender, Details, Reader
from bench.machine import connections, memory

AT_ONCE = 50
"""People who come at the same time."""
REST = 2.0
"""Seconds after the start, and after the last one came, in which the server may tidy up."""


async def run(contender: Contender, details: Details, *, pids: Sequence[int], counts: Sequence[int]) -> dict[str, Any]:
    """For each count, in rising order: bytes per connection, over the process before anybody came."""
    await asyncio.sleep(REST)
    empty = memory(pids)
    readers: list[Reader] = []
    result: dict[str, Any] = {"empty": empty}
    for place, count in enumerate(counts):
        while len(readers) < count:
            coming = range(len(readers), min(count, len(readers) + AT_ONCE))
            readers += await asyncio.gather(*(contender.idle(details, person) for person in coming))
        await asyncio.sleep(REST)
        _require_all_there(details["port"], count)
        result[f"bytes_{place}"] = (memory(pids) - empty) / count
    for reader in readers:
        await reader.close()
    return result


def _require_all_there(port: int, count: int) -> None:
    """Who was cut costs nothing and must not count."""
    there = connections(port)
    if there < count:
        message = f"Of {count} people only {there} are still connected."
        raise RuntimeError(message)
