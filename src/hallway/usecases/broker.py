"""What carries events to whoever listens, in this process and in others: committed ones from the writer, and ephemeral ones."""

from collections.abc import Callable, Sequence
from typing import Protocol

from hallway.domain.events import Committed, Ephemeral, Event
from hallway.domain.ids import AccountId

Hear = Callable[[Sequence[Event]], None]
"""Gets events, committed ones in the order of their commits as far as one process made them, on the event loop."""
Miss = Callable[[AccountId], None]
"""Gets an account of which events may have been lost: who listens asks the store what happened."""


class Broker(Protocol):
    """Carries committed events to whoever listens, in this process and others. Where it may have lost some, it says so."""

    def publish(self, events: Sequence[Committed]) -> None:
        """Publish committed events; callable from any thread."""
        ...

    def publish_ephemeral(self, event: Ephemeral) -> None:
        """Publish to those who are easy to reach, on the running loop: it is lost before it delays what was committed."""
        ...

    def subscribe(self, listener: Hear, missed: Miss) -> None:
        """Subscribe a listener, on the running loop."""
        ...

    def overhear(self, listener: Hear) -> None:
        """Subscribe a listener, on the running loop, to what other processes publish alone."""
        ...

    def unsubscribe(self, listener: Hear) -> None:
        """Unsubscribe a listener."""
        ...

    async def open(self) -> None:
        """Begin, on the running loop."""
        ...

    async def follow(self, account_id: AccountId) -> None:
        """Hear of this account: what other processes commit from when this returns on is heard here, or missed."""
        ...

    async def close(self) -> None:
        """Send what waits, and end."""
        ...
