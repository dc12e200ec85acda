"""What the histories of some pairs hold."""

from typing import Any

from bench.contenders import Contender, Details


async def run(contender: Contender, details: Details, *, pairs: int) -> dict[str, Any]:
    """All numbers, by pair, in the order of the history."""
    found = []
    for number in range(pairs):
        line = await contender.connect(details, 2 * number + 1, 2 * number)
        found.append(await line.found())
        await line.close()
    return {"found": found}
