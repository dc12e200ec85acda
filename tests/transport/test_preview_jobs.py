"""Cards of links in the background: each page once a day, one at a time of a host, so many for a person (rules §20)."""

import asyncio
from collections.abc import Collection, Iterator

import pytest

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.domain.accounts import Account
from hallway.domain.ids import AccountId
from hallway.domain.previews import Preview
from hallway.storage.memory.store import MemoryStore
from hallway.storage.writer import Writer
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn
from hallway.transport.previews import CARDS_PER_MINUTE, DAY, HOUR, REMEMBERED, PreviewJobs, RememberedPreviews
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging.preview_jobs import WORK
from hallway.usecases.transaction import Store
from tests.contracts.world import EXPERT, HERE, TOMAS, change, furnished, talk

pytestmark = pytest.mark.anyio
PAGE = (HERE, "https://example.org/")
CARD = Preview(url=PAGE[1], title="Cells")


class Web:
    """Makes a card of every page, and remembers what it was asked; it may be told to wait."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def make(self, url: str, hosts: Collection[str], requester: AccountId) -> Preview | None:
        """As the web would."""
        assert (tuple(hosts), requester) == (("example.org",), HERE)
        self.asked.append(url)
        await self.may_answer.wait()
        return None if "nothing" in url else Preview(url=url, title=f"Page {len(self.asked)}")


@pytest.fixture
def store() -> Store:
    """A store in which an account wants cards of example.org."""
    store = furnished(MemoryStore())
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="Here", preview_hosts=("example.org",))))
    return store


@pytest.fixture
def async_store(store: Store) -> Iterator[AsyncStore]:
    """The same, awaited."""
    made = AsyncStore(
        store, Writer(store, lambda _: None), clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64)
    )
    yield made
    made.close()


def _jobs(store: Store, *bodies: str) -> list[Job]:
    """Send messages with these bodies, and return the job of each."""
    chat = talk(store, TOMAS, EXPERT, list(bodies))
    now = SystemClock().now()
    return [
        Job(account_id=HERE, kind=WORK.kind, subject=f"{chat.id} {seq}", created_at=now)
        for seq in range(1, len(bodies) + 1)
    ]


async def _cards(async_store: AsyncStore, jobs: list[Job]) -> list[str | None]:
    places = [(job.subject.split()[0], int(job.subject.split()[1])) for job in jobs]
    found = await async_store.read(lambda tx: [tx.messages.find(HERE, chat, seq) for chat, seq in places])  # type: ignore[arg-type]
    return [None if one is None or one.preview is None else one.preview.title for one in found]


async def test_a_page_is_fetched_once_and_a_failure_is_remembered(store: Store, async_store: AsyncStore) -> None:
    web = Web()
    made = PreviewJobs(async_store, web)
    jobs = _jobs(
        store,
        "https://example.org/a",
        "again https://example.org/a",
        "https://example.org/nothing",
        "https://example.org/nothing",
    )
    for job in [*jobs, jobs[0]]:
        assert await made.run(job) is None
    assert web.asked == ["https://example.org/a", "https://example.org/nothing"]
    assert await _cards(async_store, jobs) == ["Page 1", "Page 1", None, None]


async def test_a_host_is_asked_for_one_page_at_a_time(store: Store, async_store: AsyncStore) -> None:
    web = Web()
    web.may_answer.clear()
    made = PreviewJobs(async_store, web)
    first, second = _jobs(store, "https://example.org/a", "https://example.org/b")
    running = asyncio.create_task(made.run(first))
    while not web.asked:  # noqa: ASYNC110 - the job has no event for it
        await asyncio.sleep(0)
    assert isinstance(await made.run(second), GoOn)
    web.may_answer.set()
    assert await running is None
    assert await made.run(second) is None
    assert web.asked == ["https://example.org/a", "https://example.org/b"]


async def test_beyond_so_many_a_minute_messages_have_no_card(store: Store, async_store: AsyncStore) -> None:
    web = Web()
    made = PreviewJobs(async_store, web)
    jobs = _jobs(store, *(f"https://example.org/{number}" for number in range(CARDS_PER_MINUTE + 5)))
    for job in jobs:
        assert await made.run(job) is None
    assert len(web.asked) == CARDS_PER_MINUTE
    cards = await _cards(async_store, jobs)
    assert all(cards[:CARDS_PER_MINUTE])
    assert not any(cards[CARDS_PER_MINUTE:])


async def test_where_the_operator_switched_cards_off_jobs_end_with_nothing_done(
    store: Store, async_store: AsyncStore
) -> None:
    jobs = _jobs(store, "https://example.org/a")
    assert await PreviewJobs(async_store, None).run(jobs[0]) is None
    assert await _cards(async_store, jobs) == [None]


def test_a_card_is_remembered_for_a_day_none_for_an_hour_and_never_too_many() -> None:
    now = [0.0]
    kept = RememberedPreviews(lambda: now[0])
    kept.keep(PAGE, CARD)
    kept.keep((HERE, "b"), None)
    assert (kept.find(PAGE), kept.find((HERE, "b"))) == ((True, CARD), (True, None))
    assert kept.find((AccountId("elsewhere"), PAGE[1])) == (False, None)
    now[0] = HOUR
    assert (kept.find(PAGE)[0], kept.find((HERE, "b"))[0]) == (True, False)
    now[0] = DAY
    assert not kept.find(PAGE)[0]
    for number in range(REMEMBERED):
        kept.keep((HERE, str(number)), None)
    assert (kept.find(PAGE)[0], kept.find((HERE, "b"))[0], kept.find((HERE, "0"))[0]) == (False, False, True)
