"""Whether the server can do its work: what `/readyz` answers, to a proxy or to who watches."""

import asyncio
from dataclasses import replace
from typing import Protocol

from litestar.exceptions import ServiceUnavailableException

from hallway.transport import metrics
from hallway.transport.async_store import AsyncStore
from hallway.transport.metrics import Counting
from hallway.transport.process import Component
from hallway.usecases.transaction import Transaction

OFTEN = 10.0
"""Seconds after which it is tried anew whether there is room to write, while nothing has failed."""


class Failures(Protocol):
    """How often writing has failed since the start."""

    @property
    def failures(self) -> int:
        """The number of failed writes; it only grows."""
        ...


class Health:
    """Ready while the database can be read, and takes what people write."""

    def __init__(self, store: AsyncStore, statistics: Failures) -> None:
        """Begin without a failure and without a try."""
        self.is_stopping = False
        self._store = store
        self._statistics = statistics
        self._forgiven = 0
        self._tried_at = float("-inf")
        self._trying: asyncio.Task[None] | None = None

    async def require_ready(self) -> None:
        """Raise StoreUnavailable, Busy or ServiceUnavailableException when the server is not ready.

        Now and then it tries whether there is room, so that a full disk is noticed before somebody meets it. After a
        failure, every call tries, and writes, so that recovery is noticed, too, even when nobody sends any more.
        """
        if self.is_stopping:
            raise ServiceUnavailableException
        await self._store.read(lambda tx: tx.accounts.default())
        is_in_doubt = self._statistics.failures != self._forgiven
        if is_in_doubt or asyncio.get_running_loop().time() - self._tried_at >= OFTEN:
            await self._tried(is_in_doubt=is_in_doubt)

    async def _tried(self, *, is_in_doubt: bool) -> None:
        """Try whether the store takes writes, once at a time: concurrent callers share the result."""
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._try(is_in_doubt=is_in_doubt))
        await asyncio.shield(self._trying)

    async def _try(self, *, is_in_doubt: bool) -> None:
        failures = self._statistics.failures
        self._tried_at = float("-inf")
        await self._store.require_room(is_in_doubt=is_in_doubt)
        if is_in_doubt:
            await self._store.write(_change_nothing)
        self._forgiven = failures
        self._tried_at = asyncio.get_running_loop().time()


def health_component(store: AsyncStore, writer: Counting) -> Component:
    """Let `/readyz` know whether the server can work, and measure the writer."""
    return Component(sources=[lambda: metrics.of_writer(writer)], state={"health": Health(store, writer.statistics)})


def _change_nothing(tx: Transaction) -> None:
    """Change something and take it back before anybody sees it: an unchanged row would not reach the disk."""
    account = tx.accounts.oldest()
    if account is not None:
        tx.accounts.save(replace(account, messaging_on=not account.messaging_on))
        tx.accounts.save(account)
