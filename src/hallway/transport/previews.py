"""Makes cards of links in the background: so many for a person and an account, one at a time of a host, each page once a day (rules §20)."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from hallway.domain.events import Event, MessageChanged, MessagePosted
from hallway.domain.ids import AccountId
from hallway.domain.previews import Preview
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn, Handler
from hallway.transport.process import Component
from hallway.transport.rate_limit import RateLimiter
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging import previewing
from hallway.usecases.messaging.preview_jobs import WORK
from hallway.usecases.messaging.preview_ports import Previews

AT_ONCE = 4
"""Pages that a process fetches at the same time."""
CARDS_PER_MINUTE, CARDS_PER_MINUTE_OF_ACCOUNT = 30, 300
"""For one person, and for all of an account; beyond that, messages have no card."""
REMEMBERED = 2_000
"""Pages of which the card is remembered, of all accounts."""
DAY, HOUR = 24 * 3600, 3600
"""Seconds for which a card is remembered, and that there is none."""
AGAIN = timedelta(seconds=1)
"""When somebody is at the host already."""

Page = tuple[AccountId, str]


class RememberedPreviews:
    """The cards of pages that were fetched lately, by account: what one may see need not be what another one may."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Remember none yet."""
        self._now = now
        self._kept: dict[Page, tuple[float, Preview | None]] = {}

    def find(self, page: Page) -> tuple[bool, Preview | None]:
        """Return whether the page is remembered, and its card, which may be none."""
        until, preview = self._kept.get(page, (0.0, None))
        return self._now() < until, preview

    def keep(self, page: Page, preview: Preview | None) -> None:
        """Remember the card of a page for a day, and that it has none for an hour; the oldest makes room."""
        self._kept.pop(page, None)
        while len(self._kept) >= REMEMBERED:
            self._kept.pop(next(iter(self._kept)))
        self._kept[page] = (self._now() + (HOUR if preview is None else DAY), preview)


class PreviewJobs:
    """Carries out the jobs; without `previews`, where the operator switched cards off, they end with nothing done."""

    def __init__(self, store: AsyncStore, previews: Previews | None) -> None:
        """Begin with nothing remembered."""
        self._store = store
        self._previews = previews
        self._remembered = RememberedPreviews()
        self._people, self._accounts = RateLimiter(CARDS_PER_MINUTE), RateLimiter(CARDS_PER_MINUTE_OF_ACCOUNT)
        self._hosts: set[str] = set()

    def handler(self) -> Handler:
        """Return the handler that makes cards."""
        return Handler(WORK, self.run, AT_ONCE)

    async def run(self, job: Job) -> GoOn | None:
        """Make the card of a message's link. Raises Busy."""
        asked = await self._store.read(lambda tx: previewing.asked(tx, job))
        if asked is None or self._previews is None:
            return None
        page = job.account_id, asked.url
        is_known, preview = self._remembered.find(page)
        if not is_known:
            host = urlsplit(asked.url).netloc.lower()
            if host in self._hosts:
                return GoOn(job.payload, self._store.clock.now() + AGAIN)
            if not self._may(job.account_id, asked):
                return None
            preview = await self._made(self._previews, host, page, asked)
        if preview is not None:
            await self._store.write(partial(previewing.attach, job=job, preview=preview))
        return None

    async def _made(self, previews: Previews, host: str, page: Page, asked: previewing.Asked) -> Preview | None:
        """Make the card while nobody else is at its host, and remember it."""
        self._hosts.add(host)
        try:
            preview = await previews.make(asked.url, asked.hosts, page[0])
        finally:
            self._hosts.discard(host)
        self._remembered.keep(page, preview)
        return preview

    def _may(self, account_id: AccountId, asked: previewing.Asked) -> bool:
        return bool(self._people.spend(asked.sender_id)) and bool(self._accounts.spend(account_id))


def previews_component(store: AsyncStore, previews: Previews | None, wake: Callable[[str], None]) -> Component:
    """Put the jobs of cards together; a message with a link lets them begin at once."""

    def hear(events: Sequence[Event]) -> None:
        is_there = any(isinstance(one, MessagePosted | MessageChanged) and "://" in one.message.body for one in events)
        if is_there:
            wake(WORK.kind)

    return Component(handlers=[PreviewJobs(store, previews).handler()], local=[hear])
