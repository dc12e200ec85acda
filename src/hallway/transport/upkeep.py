"""The worker's part of upkeep: every few hours for each account, a few rows at a time, so that nobody's message waits."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

import structlog

from hallway.domain.ids import AccountId
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn, Handler
from hallway.usecases.errors import Busy
from hallway.usecases.jobs import upkeep
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.upkeep import RULES, Overview, Ran, Rule
from hallway.usecases.jobs.upkeep_ports import Key
from hallway.usecases.transaction import StoreUnavailable, Transaction

LOOK = 60.0
"""Seconds between two looks whether every account has its job, and what the last run did."""
PAUSE = 0.02
"""Seconds between two small transactions: what people send goes first."""

_log = structlog.get_logger("hallway.upkeep")


class Upkeep:
    """Removes what is needed no more; `removed` counts it in this process, `overview` is what was known lately of all."""

    def __init__(self, store: AsyncStore, *also: Callable[[AccountId], Awaitable[None]]) -> None:
        """Run each of `also` for an account after its rules. Only a run that has been claimed removes anything."""
        self._store = store
        self._also = also
        self.removed = Counter[str]()
        self.overview = Overview()

    @property
    def handler(self) -> Handler:
        """The handler that carries out upkeep."""
        return Handler(upkeep.WORK, self.run)

    async def watch(self) -> None:
        """Give each account its job, and read its last run for the metrics; for ever."""
        while True:
            with suppress(StoreUnavailable, Busy):
                await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Read the last runs, and schedule the accounts without a job."""
        store = self._store
        self.overview = await store.read(upkeep.overview)
        for account_id in self.overview.without_job:
            await store.write(lambda tx, of=account_id: upkeep.schedule(tx, of, clock=store.clock))

    async def run(self, job: Job) -> GoOn:
        """Apply every rule in its order. What a run leaves unfinished, the next run finds again."""
        store, now = self._store, self._store.clock.now()
        removed = {rule.what.value: await self._apply(job.account_id, rule, now) for rule in RULES}
        for work in self._also:
            await work(job.account_id)
        rows = await store.read(lambda tx: tx.upkeep.rows(job.account_id))
        ran = Ran(now, removed, rows.numbers, rows.are_of_all)
        _log.info("upkeep_ran", **{what: number for what, number in removed.items() if number})
        return GoOn(upkeep.encoded(ran), store.clock.now() + upkeep.pause_after(removed.values()))

    async def _apply(self, account_id: AccountId, rule: Rule, now: datetime) -> int:
        """Find rows as a reader, and remove them as a writer, until none are left or the run has done enough."""
        total = 0
        while total < upkeep.MOST_AT_A_RUN:
            keys, before = await self._store.read(lambda tx: upkeep.overdue(tx, account_id, rule, now))
            if not keys:
                break
            gone = await self._store.write(partial(_remove, account_id=account_id, rule=rule, keys=keys, before=before))
            self.removed[rule.what.value] += gone
            total += gone
            if not gone:
                break
            await asyncio.sleep(PAUSE)
        return total


def _remove(tx: Transaction, *, account_id: AccountId, rule: Rule, keys: Sequence[Key], before: datetime | None) -> int:
    return tx.upkeep.remove(account_id, rule.what, keys, before)
