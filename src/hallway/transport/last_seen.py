"""When and where browsers were last seen: collected in memory, written in small batches beside the requests.

A request costs a look into a dictionary; no read and no message waits for a write. What a process had not written when it
ended is lost, which makes a session look idle for some minutes longer.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import groupby

from litestar.datastructures import State

from hallway.domain.ids import SessionId
from hallway.transport.async_store import AsyncStore
from hallway.transport.networks import truncated
from hallway.usecases.access.records import Seen, Session
from hallway.usecases.access.sessions import BROWSER
from hallway.usecases.errors import Busy
from hallway.usecases.transaction import StoreUnavailable

EVERY = timedelta(minutes=5)
"""No more often is a session written."""
COLLECT, PAUSE = 60.0, 0.02
"""Seconds for which sessions are collected, and between two batches: what people send goes first."""
MOST, BATCH = 20_000, 100
"""Sessions that are collected at most, and written in one transaction."""


class LastSeen:
    """Browsers that asked for something, collected until they are written."""

    def __init__(self, store: AsyncStore) -> None:
        """Begin with an empty collection."""
        self._store = store
        self._collected: dict[SessionId, Seen] = {}

    def note(self, session: Session, address: str) -> None:
        """Note that a browser made a request. Beyond `MOST` sessions, it is noted with a later request."""
        if session.kind != BROWSER or session.id in self._collected or len(self._collected) >= MOST:
            return
        now = self._store.clock.now()
        if session.seen_at is None or now - session.seen_at >= EVERY:
            self._collected[session.id] = Seen(session.account_id, session.id, now, truncated(address))

    async def work(self) -> None:
        """Write what was collected, once a minute; for ever."""
        while True:
            await asyncio.sleep(COLLECT)
            with suppress(StoreUnavailable, Busy):
                await self.write()

    async def write(self) -> None:
        """Write what was collected. A session that cannot be written now is noted with its next request."""
        collected, self._collected = self._collected, {}
        for batch in _batches(list(collected.values())):
            await self._store.write(lambda tx, seen=batch: tx.sessions.see(seen))
            await asyncio.sleep(PAUSE)


def last_seen_of(state: State) -> LastSeen:
    """Return the `LastSeen` of the process."""
    found: LastSeen = state.last_seen
    return found


def _batches(seen: Sequence[Seen]) -> Iterator[Sequence[Seen]]:
    """Split sessions into small batches, each of a single account."""
    for _, those in groupby(sorted(seen, key=lambda one: one.account_id), key=lambda one: one.account_id):
        of_account = list(those)
        yield from (of_account[start : start + BATCH] for start in range(0, len(of_account), BATCH))
