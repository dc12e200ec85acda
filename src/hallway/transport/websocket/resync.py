"""When events may have been lost between processes, every line of the account is brought up to date.

Sessions that ended meanwhile are looked up, and everybody else is welcomed once more: at a welcome a client asks what
happened since (docs/socket.md). Not all at once, so that the answers do not crowd out what happens meanwhile.
"""

import asyncio
from collections.abc import Iterator, Sequence

import structlog

from hallway.domain.ids import AccountId
from hallway.transport.async_store import AsyncStore
from hallway.transport.websocket.connection import greeting
from hallway.transport.websocket.hub import Hub, Outbox
from hallway.transport.websocket.registry import SessionRegistry
from hallway.usecases.access import sessions
from hallway.usecases.transaction import StoreUnavailable

PORTION = 50
"""Lines that are brought up to date at once."""
PAUSE = 0.1
"""Seconds between two portions, and before what could not be asked is asked again."""

_log = structlog.get_logger("hallway.healing")


class Resync:
    """Brings the sessions of this process up to date, an account at a time."""

    def __init__(self, hub: Hub, registry: SessionRegistry, store: AsyncStore) -> None:
        """Begin with every account up to date."""
        self.refreshes = 0
        """How many lines were asked to catch up since the start."""
        self._hub = hub
        self._registry = registry
        self._store = store
        self._amiss: dict[AccountId, int] = {}

    def missed(self, account_id: AccountId) -> None:
        """Bring an account up to date after a possible loss; when told again meanwhile, start over once that is done."""
        is_healing = account_id in self._amiss
        self._amiss[account_id] = self._amiss.get(account_id, 0) + 1
        if not is_healing:
            self._registry.start(self._heal(account_id))

    async def _heal(self, account_id: AccountId) -> None:
        done = 0
        while self._amiss[account_id] != done:
            done = self._amiss[account_id]
            for portion in _portions(self._hub.of(account_id)):
                await self._refresh(account_id, portion)
                await asyncio.sleep(PAUSE)
        del self._amiss[account_id]

    async def _refresh(self, account_id: AccountId, outboxes: Sequence[Outbox]) -> None:
        actors = [one.actor for one in outboxes]
        clock = self._store.clock
        while True:
            try:
                valid = await self._store.read(lambda tx: sessions.still_in(tx, account_id, actors, clock=clock))
            except StoreUnavailable:
                await asyncio.sleep(PAUSE)
                continue
            break
        for outbox in outboxes:
            if outbox.actor.session_id in valid:
                outbox.put(greeting(outbox.actor, clock))
                self.refreshes += 1
            else:
                outbox.sign_out()


def _portions(outboxes: Sequence[Outbox]) -> Iterator[Sequence[Outbox]]:
    return (outboxes[start : start + PORTION] for start in range(0, len(outboxes), PORTION))
