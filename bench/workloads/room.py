"""W3: a conversation of many connected members, in which one writes and all others hear.

The writer keeps so many messages under way; one is through when it was acknowledged and everybody else heard it.
"""

import asyncio
import time
from collections import Counter
from typing import Any

from bench.contenders import Contender, Details


async def run(
    contender: Contender, details: Details, *, members: int, seconds: float, outstanding: int = 16
) -> dict[str, Any]:
    """Deliveries per second."""
    writer, *readers = [await contender.join(details, person, members) for person in range(members)]
    told: Counter[int] = Counter()
    going, sent = True, outstanding

    def tell(number: int) -> None:
        nonlocal sent
        told[number] = count = told[number] + 1
        if count == members and going:
            writer.send([sent])
            sent += 1

    for line in (writer, *readers):
        line.heard = tell
    writer.stored = tell
    began = time.perf_counter()
    writer.send(range(outstanding))
    await asyncio.sleep(seconds)
    deliveries, ended, going = told.total(), time.perf_counter(), False
    until = ended + 60
    while told.total() < sent * members and time.perf_counter() < until:  # noqa: ASYNC110 - of thousands
        await asyncio.sleep(0.05)
    for line in (writer, *readers):
        await line.close()
    return {"per_second": deliveries / (ended - began), "missing": sent * members - told.total()}
