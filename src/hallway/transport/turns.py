"""Turns of one person: what takes long, like a search or an export, is done for each person once at a time.

So nobody keeps more than one of the readers, or more than one large file in memory, whatever they ask for at once.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hallway.domain.ids import UserId
from hallway.usecases.errors import TooMany

MOST_ASKED = 10
"""Of one person, at work or waiting: several open pages search at the same moment."""
TRY_AGAIN_AFTER = 1
"""Seconds, for somebody who asked for more."""


@dataclass(slots=True)
class _Requester:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: int = 0


class Turns:
    """Hands out turns, to each person in the order in which they asked."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._requesters: dict[UserId, _Requester] = {}

    @asynccontextmanager
    async def turn(self, user_id: UserId) -> AsyncGenerator[None]:
        """Wait for a turn of this person, and hold it. Raises TooMany when too many of theirs wait."""
        requester = self._requesters.setdefault(user_id, _Requester())
        if requester.asked >= MOST_ASKED:
            raise TooMany(TRY_AGAIN_AFTER)
        requester.asked += 1
        try:
            async with requester.lock:
                yield
        finally:
            requester.asked -= 1
            if not requester.asked:
                del self._requesters[user_id]
