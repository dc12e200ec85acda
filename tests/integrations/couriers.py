"""Has letters delivered, and keeps what became of each."""

import asyncio
from collections.abc import Sequence

from hallway.usecases.notifications.compose import Courier, Delivery, Letter


def delivered(courier: Courier, letters: Sequence[Letter]) -> list[Delivery]:
    """In the order in which they were settled."""
    found: list[Delivery] = []

    async def settle(one: Delivery) -> None:
        found.append(one)

    asyncio.run(courier.deliver(letters, settle))
    return found
