"""Carries out the job that indexes what an older Hallway stored."""

import asyncio
from functools import partial

from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn, Handler
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging import search_keys

PAUSE = 0.02
"""Seconds between two small transactions: what people send goes first."""


def handler(store: AsyncStore) -> Handler:
    """Return the handler that indexes what an older version stored."""
    return Handler(search_keys.WORK, partial(_run, store))


async def _run(store: AsyncStore, job: Job) -> GoOn | None:
    """Find messages as a reader, and index them as a writer, until none are left or the run has done enough."""
    where = search_keys.position(job.payload)
    for _ in range(search_keys.MOST_AT_A_RUN):
        messages = await store.read(partial(search_keys.unindexed, account_id=job.account_id, where=where))
        if not messages:
            next_part = search_keys.after_all(where, store.clock.now())
            return None if next_part is None else GoOn(search_keys.encoded(next_part[0]), next_part[1])
        await store.write(lambda tx, them=messages: tx.search.index(them))
        where = search_keys.following(where, messages)
        await asyncio.sleep(PAUSE)
    return GoOn(search_keys.encoded(where), store.clock.now())
