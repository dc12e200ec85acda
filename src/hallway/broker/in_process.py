"""Events inside one process: what was committed goes straight to whoever listens, on their event loop."""

import asyncio
from collections.abc import Callable, Sequence

from hallway.domain.events import Event

Listener = Callable[[Sequence[Event]], None]


class InProcessBroker:
    """`ports.Broker` for one process. `publish` is called from the writer's thread, listeners run on the loop."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._listeners: list[tuple[asyncio.AbstractEventLoop, Listener]] = []

    def subscribe(self, listener: Listener) -> None:
        """Let `listener` hear every batch of events, on the running loop."""
        self._listeners.append((asyncio.get_running_loop(), listener))

    def unsubscribe(self, listener: Listener) -> None:
        """Let it hear no more."""
        self._listeners = [one for one in self._listeners if one[1] != listener]

    def publish(self, events: Sequence[Event]) -> None:
        """Hand a committed batch on; a loop that is closed hears nothing any more."""
        if not events:
            return
        for loop, listener in self._listeners:
            if not loop.is_closed():
                loop.call_soon_threadsafe(listener, events)
