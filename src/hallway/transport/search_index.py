"""Keeps the index of messages behind those who send: what this process stored at once, what is missing anywhere by and by.

Nothing of it is part of a send. Portions are read and analysed by a reader, put down by the writer in turn with everybody
else, and followed by a rest that is longer than they took.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial

import structlog

from hallway.domain.events import Event, MessagePosted
from hallway.domain.ids import AccountId, ConversationId
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn, Handler
from hallway.usecases.errors import Busy
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging import indexing
from hallway.usecases.messaging.matching import ANALYSER
from hallway.usecases.messaging.search_ports import Document
from hallway.usecases.transaction import StoreUnavailable

GATHER = 1.0
"""Seconds from a message until it is indexed, together with those that follow it."""
OTHERS = 5.0
"""Seconds after which what another process stored is looked at: it should be indexed by then."""
PAUSE, REST, REST_OF_BUILD = 0.01, 4, 2
"""Seconds between two portions, and how many times as long as the portion took, whichever is longer. While an index is built,
people search without it, so that goes on sooner.
"""
AT_ONCE = 50
"""Accounts that are queued in one transaction."""
LOOK = 60.0
"""Seconds between two looks whether an account's index has to be built."""
MOST_WAITING = 100_000
"""Conversations that are remembered; when there are more, they are found by looking for them."""
PAGES_AT_A_RUN = 20
"""Pages of conversations, before the job says how far it has come."""

_log = structlog.get_logger("hallway.search")


class SearchIndexer:
    """Indexes what this process stores and what it finds missing; `indexed` counts messages, `lag` is how long the last ones waited."""

    def __init__(self, store: AsyncStore, wake: Callable[[str], None]) -> None:
        """Begin with nothing to index. `wake` lets the building of an index begin at once."""
        self.indexed = 0
        self.lag = 0.0
        self.incomplete: Sequence[AccountId] = ()
        self._store = store
        self._wake = wake
        self._due: dict[tuple[AccountId, ConversationId], float] = {}
        self._has_news = asyncio.Event()

    @property
    def waiting(self) -> int:
        """The number of conversations with messages that this process knows to be missing in the index."""
        return len(self._due)

    @property
    def handler(self) -> Handler:
        """The handler that builds an account's index."""
        return Handler(indexing.WORK, self._build)

    def hear(self, events: Sequence[Event]) -> None:
        """Note what this process stored."""
        self._note(events, 0.0)

    def overhear(self, events: Sequence[Event]) -> None:
        """Note what another process stored, which may have ended before it could index it."""
        self._note(events, OTHERS)

    def _note(self, events: Sequence[Event], seconds: float) -> None:
        due = time.monotonic() + seconds
        for event in events:
            if isinstance(event, MessagePosted) and len(self._due) < MOST_WAITING:
                self._due.setdefault((event.account_id, event.message.conversation_id), due)
                self._has_news.set()

    async def work(self) -> None:
        """Index what is due, for ever."""
        while True:
            await self._has_news.wait()
            await asyncio.sleep(GATHER)
            try:
                await self._index_due()
            except (StoreUnavailable, Busy):
                await asyncio.sleep(OTHERS)
            if not self._due:
                self._has_news.clear()

    async def _index_due(self) -> None:
        now = time.monotonic()
        due: defaultdict[AccountId, list[ConversationId]] = defaultdict(list)
        for account_id, conversation_id in [one for one, at in self._due.items() if at <= now]:
            due[account_id].append(conversation_id)
        for account_id, conversation_ids in due.items():
            noted = {one: self._due.pop((account_id, one)) for one in conversation_ids}
            try:
                number = await self._index(account_id, noted)
            except (StoreUnavailable, Busy):
                self._due |= {(account_id, one): at for one, at in noted.items()}
                raise
            if not number:
                await self.look()

    async def watch(self) -> None:
        """Find what earlier processes left, and give accounts without an index the job that builds it; for ever."""
        with suppress(StoreUnavailable, Busy):
            for account_id in await self._store.read(lambda tx: tx.accounts.ids()):
                await self.sweep(account_id)
        while True:
            with suppress(StoreUnavailable, Busy):
                await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Queue the building of the indexes that are not complete, of a few accounts at a time."""
        self.incomplete = await self._store.read(lambda tx: tx.search_index.incomplete(ANALYSER))
        for account_ids in _batched(await self._store.read(partial(indexing.unscheduled, account_ids=self.incomplete))):
            await self._store.write(partial(indexing.schedule, account_ids=account_ids, clock=self._store.clock))
            self._wake(indexing.WORK.kind)
            await asyncio.sleep(PAUSE)

    async def sweep(self, account_id: AccountId) -> None:
        """Index what is missing in a complete index, wherever it is."""
        state = await self._store.read(lambda tx: tx.search_index.state(account_id))
        if state is None or not state.is_complete or state.analyser != ANALYSER:
            return
        behind: ConversationId | None = None
        while True:
            found = await self._store.read(partial(indexing.late, account_id=account_id, behind=behind))
            await self._index(account_id, found.conversation_ids)
            behind = found.behind
            if behind is None:
                return
            await asyncio.sleep(PAUSE)

    async def _build(self, job: Job) -> GoOn | None:
        """Index the account's conversations, one page after the other, until all are or the run has done enough."""
        store, account_id = self._store, job.account_id
        state = await store.write(partial(indexing.begun, account_id=account_id))
        behind = state.behind
        for _ in range(PAGES_AT_A_RUN):
            found = await store.read(partial(indexing.late, account_id=account_id, behind=behind))
            number = await self._index(account_id, found.conversation_ids, rest=REST_OF_BUILD)
            behind = found.behind
            advance = partial(indexing.advance, account_id=account_id, behind=behind, indexed=number)
            if await store.write(advance) is None:
                break  # begun anew
            if behind is None:
                _log.info("search_index_complete", account=account_id)
                await self._tidy()
                return None
        return GoOn("", store.clock.now())

    async def _tidy(self) -> None:
        """Bring the parts of a new index together."""
        has_more = await self._store.write(lambda tx: tx.search_index.tidy(is_first=True))
        while has_more:
            await asyncio.sleep(PAUSE)
            has_more = await self._store.write(lambda tx: tx.search_index.tidy(is_first=False))

    async def _index(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId], *, rest: float = REST
    ) -> int:
        """Index these conversations, a portion at a time; return how many messages that were."""
        total = 0
        left = _behind(conversation_ids, None)
        while left:
            began = time.monotonic()
            portion = partial(indexing.portion, account_id=account_id, conversation_ids=left[: indexing.PORTION])
            documents = await self._store.read(portion)
            if not documents:
                break
            await self._store.write(partial(indexing.add, account_id=account_id, documents=documents))
            self._count(documents)
            total += len(documents)
            left = _behind(left, documents[-1].message.conversation_id)
            await asyncio.sleep(max(PAUSE, rest * (time.monotonic() - began)))
        return total

    def _count(self, documents: Sequence[Document]) -> None:
        self.indexed += len(documents)
        oldest = min(one.message.sent_at for one in documents)
        self.lag = (self._store.clock.now() - oldest).total_seconds()


def _batched(account_ids: Sequence[AccountId]) -> Iterator[Sequence[AccountId]]:
    """Yield accounts, as many at a time as are queued in one transaction."""
    return (account_ids[first : first + AT_ONCE] for first in range(0, len(account_ids), AT_ONCE))


def _behind(conversation_ids: Collection[ConversationId], last: ConversationId | None) -> list[ConversationId]:
    """Return, in order, those from the last one on, which may have more to index."""
    return sorted([one for one in conversation_ids if last is None or one >= last])
