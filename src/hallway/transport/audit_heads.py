"""Writes the heads of the audit log down once a day, in a file and in the log, so that another machine can hold them."""

import asyncio
import time
from collections.abc import Callable, Sequence

import structlog

from hallway.domain.audit import Head
from hallway.transport import metrics
from hallway.transport.app_context import AppContext
from hallway.transport.async_store import AsyncStore
from hallway.transport.process import Component
from hallway.usecases.audit.ports import Size
from hallway.usecases.transaction import StoreUnavailable

DAY = 24 * 3600.0
LOOK = 300.0
"""Seconds between two looks at how much there is, and whether the heads are due."""

_log = structlog.get_logger()


class HeadsExport:
    """Exports heads. `keep` writes them into the file; `size` is how much was recorded lately, for the metrics."""

    def __init__(self, store: AsyncStore, keep: Callable[[Sequence[Head]], None] | None) -> None:
        """Measure only `size` when there is no `keep`: of several processes, a single one keeps the file."""
        self._store = store
        self._keep = keep
        self._due = time.monotonic()
        self.size = Size(0, 0)

    async def work(self) -> None:
        """Export the heads once there are any, and then every day, for as long as the server runs."""
        while True:
            try:
                self.size = await self._store.read(lambda tx: tx.audit.size())
                if time.monotonic() >= self._due and await self.export():
                    self._due = time.monotonic() + DAY
            except (StoreUnavailable, OSError) as failure:
                _log.warning("audit_heads_not_written", reason=str(failure))
            await asyncio.sleep(LOOK)

    async def export(self) -> bool:
        """Write down the head of every account; return False when there is none yet. Raises StoreUnavailable, OSError."""
        heads = await self._store.read(lambda tx: tx.audit.heads())
        if self._keep is not None and heads:
            await asyncio.to_thread(_write_down, heads, self._keep)
        return bool(heads)


def audit_heads_component(context: AppContext, keep: Callable[[Sequence[Head]], None] | None) -> Component:
    """Export the heads of the audit log, and measure it."""
    export = HeadsExport(context.store, keep)
    return Component(works=[export.work], sources=[lambda: metrics.of_audit(export.size)])


def _write_down(heads: Sequence[Head], keep: Callable[[Sequence[Head]], None]) -> None:
    keep(heads)
    for head in heads:
        _log.info("audit_head", account=head.account_id, entry=head.seq, hash=head.hash)
