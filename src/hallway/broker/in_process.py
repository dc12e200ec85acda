"""Events inside one process: what was committed goes straight to whoever listens, on their event loop."""

import asyncio
from collections.abc import Sequence

from hallway.domain.events import Committed, Ephemeral, Event
from hallway.domain.ids import AccountId
from hallway.usecases.broker import Hear, Miss


class InProcessBroker:
    """`broker.Broker` for a single process. `publish` is called from the writer's thread, listeners run on the loop.

    Nothing is lost on the way, and there is nobody else to follow.
    """

    def __init__(self) -> None:
        """Begin without listeners."""
        self._listeners: list[tuple[asyncio.AbstractEventLoop, Hear]] = []

    def subscribe(self, listener: Hear, missed: Miss) -> None:
        """Let `listener` hear every batch of events, on the running loop."""
        del missed
        self._listeners.append((asyncio.get_running_loop(), listener))

    def overhear(self, listener: Hear) -> None:
        """Do nothing: there are no other processes."""

    def unsubscribe(self, listener: Hear) -> None:
        """Stop a listener from hearing anything."""
        self._listeners = [one for one in self._listeners if one[1] != listener]

    def publish(self, events: Sequence[Committed]) -> None:
        """Hand a committed batch to the listeners; on a closed loop, nobody hears it."""
        if events:
            self._hand_on(events)

    def publish_ephemeral(self, event: Ephemeral) -> None:
        """Hand an ephemeral event to the listeners."""
        self._hand_on([event])

    def _hand_on(self, events: Sequence[Event]) -> None:
        for loop, listener in self._listeners:
            if not loop.is_closed():
                loop.call_soon_threadsafe(listener, events)

    async def open(self) -> None:
        """Do nothing: there is nothing to connect to."""

    async def follow(self, account_id: AccountId) -> None:
        """Do nothing: all accounts are heard."""

    async def close(self) -> None:
        """Do nothing: there is nothing to disconnect from."""
