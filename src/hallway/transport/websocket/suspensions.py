"""Closes what is open of suspended accounts: an operator's command runs in a process of its own, and tells nobody."""

import asyncio
from contextlib import suppress

from hallway.domain.events import SessionEnded
from hallway.transport.async_store import AsyncStore
from hallway.transport.tenancy import Sites
from hallway.transport.websocket.hub import Hub
from hallway.usecases.errors import Busy
from hallway.usecases.transaction import StoreUnavailable

LOOK = 1.0
"""Seconds between two looks, as long as somebody is connected."""


class Suspensions:
    """Closes the connections of suspended accounts."""

    def __init__(self, hub: Hub, sites: Sites, store: AsyncStore) -> None:
        """Close connections of the hub; a suspended account's hosts are looked up anew, so that nobody comes back."""
        self._hub = hub
        self._sites = sites
        self._store = store

    async def watch(self) -> None:
        """Close connections of suspended accounts, for as long as this runs."""
        while True:
            await asyncio.sleep(LOOK)
            with suppress(StoreUnavailable, Busy):
                await self.look()

    async def look(self) -> None:
        """Close the connections of accounts that are suspended by now."""
        if not self._hub.accounts():
            return
        suspended = await self._store.read(lambda tx: tx.accounts.suspended())
        connected = suspended & self._hub.accounts()
        if connected:
            self._sites.forget()
            self._hub.hear([SessionEnded(one, None, None) for one in sorted(connected)])
