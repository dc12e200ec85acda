"""One who listens to a broker, and waits for what should come."""

import asyncio
from collections.abc import Callable, Sequence

from hallway.domain.events import Event
from hallway.domain.ids import AccountId

PATIENCE = 30
"""Seconds until what does not come will not."""


class EventRecorder:
    """What was heard, and of which accounts something was missed."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.heard: list[Event] = []
        self.misses: list[AccountId] = []
        self._something = asyncio.Event()

    def hear(self, events: Sequence[Event]) -> None:
        """Listen."""
        self.heard += events
        self._something.set()

    def missed(self, account_id: AccountId) -> None:
        """Hear that something may be lost."""
        self.misses.append(account_id)
        self._something.set()

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait for it."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                self._something.clear()
                await self._something.wait()
