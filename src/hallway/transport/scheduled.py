"""Sends what people scheduled when it is due, in every process; the store decides which process sends a message."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from hallway.domain.events import Event, ScheduledChanged
from hallway.domain.ids import AccountId
from hallway.transport.async_store import AsyncStore
from hallway.usecases.errors import Busy
from hallway.usecases.messaging import scheduled_sending
from hallway.usecases.messaging.scheduled_sending import Portion
from hallway.usecases.transaction import StoreUnavailable

SHORTEST, LONGEST = 0.05, 30.0
"""Seconds between two looks: at least, since another process may be about to send; at most, since it may have left something."""
AGAIN = 5.0
"""Seconds until the next look where the store did not answer."""
PAUSE = 0.02
"""Seconds between two portions: what people send goes first."""

_log = structlog.get_logger("hallway.scheduled")


class ScheduledSender:
    """Sends what is due; `counts` has what this process sent, gave back and put off."""

    def __init__(self, store: AsyncStore) -> None:
        """Send from this store."""
        self.counts = Counter[str]()
        self._store = store
        self._is_changed = asyncio.Event()

    def hear(self, events: Sequence[Event]) -> None:
        """Look again when something was scheduled or changed: it may be due before all others."""
        if any(isinstance(event, ScheduledChanged) for event in events):
            self._is_changed.set()

    async def work(self) -> None:
        """Send what is due, for ever; no failure of the store ends that."""
        while True:
            try:
                await self._send_all_due()
                await self._wait()
            except (StoreUnavailable, Busy) as failure:
                _log.warning("scheduled_wait", reason=str(failure))
                await asyncio.sleep(AGAIN)
            except Exception as fault:  # noqa: BLE001 - said loudly; the next look tries again
                _log.error("fault", exc_info=fault)
                await asyncio.sleep(LONGEST)

    async def _send_all_due(self) -> None:
        """Send a portion of each account in turn, until nothing is due that another process does not have in hand."""
        self._is_changed.clear()
        while accounts := await self._store.read(lambda tx: tx.scheduled.due_accounts(self._store.clock.now())):
            if not any([await self._send_portion(account_id) for account_id in accounts]):
                return
            await asyncio.sleep(PAUSE)

    async def _send_portion(self, account_id: AccountId) -> bool:
        """Send a portion, and return whether there was any; where one message spoils it for all, each is sent alone."""
        store = self._store
        send = partial(scheduled_sending.send_due, account_id=account_id, clock=store.clock)
        try:
            return self._count(await store.write(send))
        except (StoreUnavailable, Busy):
            raise
        except Exception:  # noqa: BLE001 - the one at fault says so below
            await self._send_one_by_one(account_id)
            return True

    async def _send_one_by_one(self, account_id: AccountId) -> None:
        """Send each alone, and give that one back which fails."""
        store = self._store
        for one in await store.read(partial(scheduled_sending.due_ids, account_id=account_id, clock=store.clock)):
            send = partial(scheduled_sending.send_due, account_id=account_id, among=[one], clock=store.clock)
            try:
                self._count(await store.write(send))
            except (StoreUnavailable, Busy):
                raise
            except Exception as fault:  # noqa: BLE001 - its sender gets it back
                _log.error("scheduled_failed", scheduled_id=one, exc_info=fault)
                await store.write(partial(scheduled_sending.refuse, account_id=account_id, scheduled_id=one))

    def _count(self, portion: Portion) -> bool:
        self.counts.update(sent=portion.sent, refused=portion.refused, put_off=portion.put_off)
        return bool(portion)

    async def _wait(self) -> None:
        """Wait until the next one is due, or something was scheduled."""
        due = await self._store.read(lambda tx: tx.scheduled.next_due_anywhere())
        seconds = LONGEST if due is None else (due - self._store.clock.now()) / timedelta(seconds=1)
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(SHORTEST, seconds), LONGEST)):
                await self._is_changed.wait()

    async def set_clocks(self, account_id: AccountId) -> None:
        """Compute anew when the messages of an account are due whose time was chosen by a clock, as a part of upkeep."""
        after: str | None = ""
        while after is not None:
            after = await self._store.write(partial(scheduled_sending.set_clocks, account_id=account_id, after=after))
            await asyncio.sleep(PAUSE)
