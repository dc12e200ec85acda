"""The index comes behind those who send, within two seconds, and is built where it is missing, wherever that was interrupted."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.broker.in_process import InProcessBroker
from hallway.domain.ids import AccountId, UserId
from hallway.domain.search_queries import parse
from hallway.storage.store import SqlStore, open_store
from hallway.storage.writer import Writer
from hallway.transport import search_index
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import Worker
from hallway.transport.search_index import SearchIndexer
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import indexing
from hallway.usecases.messaging.search_ports import Wanted
from hallway.usecases.messaging.sending import Send
from tests.contracts.world import ADMIN, HERE, LENA, OWNER, change, furnish, furnished, talk
from tests.servers.copies import sqlite_copy

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def indexing_store(url: str) -> AsyncGenerator[tuple[SqlStore, AsyncStore, SearchIndexer]]:
    """A store as a serving process has it, with its indexer and the worker that builds, until the context ends."""
    store, broker = open_store(url), InProcessBroker()
    async_store = AsyncStore(
        store, Writer(store, broker.publish), clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64)
    )
    worker = Worker(async_store)
    indexer = SearchIndexer(async_store, worker.wake)
    worker.add([indexer.handler])
    broker.subscribe(indexer.hear, lambda _: None)
    tasks = [asyncio.create_task(work()) for work in (worker.work, indexer.watch, indexer.work)]
    try:
        yield store, async_store, indexer
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async_store.close()


def engine_of(store: SqlStore) -> Engine:
    """Where its database is, to look at what the ports do not show."""
    return store._engine  # pyright: ignore[reportPrivateUsage]


def is_in_index(store: SqlStore, word: str) -> bool:
    """Whether the index itself has a word, whatever is searched beside it."""
    with engine_of(store).connect() as connection:
        terms = connection.exec_driver_sql(
            "SELECT count(*) FROM search_terms WHERE search_terms MATCH ?", (f'"1.{word}"',)
        )
        return bool(terms.scalar_one())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for what must happen."""
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - nobody tells when the index has come behind
            await asyncio.sleep(0.02)


def is_complete(store: SqlStore, account_id: AccountId = HERE) -> bool:
    """Whether an account's index is complete."""
    state = store.read(lambda tx: tx.search_index.state(account_id))
    return state is not None and state.is_complete


def found(store: SqlStore, text: str, who: UserId = OWNER) -> list[str]:
    """What somebody finds."""
    wanted = Wanted(parts=parse(text).parts)
    page = store.read(lambda tx: tx.search.messages(HERE, who, wanted, behind=None, limit=9))
    return [one.message.body for one in page.hits]


async def say(store: AsyncStore, body: str) -> None:
    """Send a message, and wait until it is stored."""
    sender = Actor(account_id=HERE, user_id=ADMIN)
    await store.send(Send(actor=sender, body=body, key=RandomIds().new(), to_person=LENA))


async def test_a_message_is_found_at_once_and_is_in_the_index_soon(tmp_path: Path) -> None:
    async with indexing_store(sqlite_copy(tmp_path / "hallway.db")) as (store, async_store, indexer):
        await async_store.write(furnish)
        await indexer.look()
        await until(lambda: is_complete(store))
        await say(async_store, "The needles are here")
        assert found(store, "needle", ADMIN) == found(store, "needle", LENA) == ["The needles are here"]
        await until(lambda: is_in_index(store, "needl"))
        assert indexer.lag < 2
        assert found(store, "needle", ADMIN) == ["The needles are here"]


async def test_an_index_is_built_on_from_where_it_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "LOOKED_AT", 1)
    monkeypatch.setattr(search_index, "PAGES_AT_A_RUN", 1)
    async with indexing_store(sqlite_copy(tmp_path / "hallway.db")) as (store, _, indexer):
        furnished(store)
        for other in (LENA, ADMIN):
            talk(store, OWNER, other, [f"needle {number}" for number in range(5)])
        first = change(store, lambda tx: indexing.begun(tx, HERE))
        some = store.read(lambda tx: indexing.portion(tx, HERE, indexing.late(tx, HERE, None).conversation_ids, 3))
        change(store, lambda tx: indexing.add(tx, HERE, some))
        assert not first.is_complete
        assert found(store, "needle") != []
        await indexer.look()
        await until(lambda: is_complete(store))
        assert len(found(store, "needles")) == 9
        assert indexer.indexed == 7


async def test_what_a_killed_process_left_is_indexed_by_the_next_one(tmp_path: Path) -> None:
    url = sqlite_copy(tmp_path / "hallway.db")
    store = open_store(url)
    furnished(store)
    change(store, lambda tx: indexing.build(tx, HERE))
    talk(store, OWNER, LENA, ["needle"])
    store.close()
    async with indexing_store(url) as (store, _, indexer):
        await until(lambda: indexer.indexed == 1)
        assert is_in_index(store, "needl")


async def test_an_hour_without_room_is_given_more(tmp_path: Path) -> None:
    async with indexing_store(sqlite_copy(tmp_path / "hallway.db")) as (store, _, indexer):
        furnished(store)
        with engine_of(store).begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO search_account (account_id, analyser, is_complete, indexed, room) VALUES (?, 0, 0, 0, 2)",
                (HERE,),
            )
        talk(store, OWNER, LENA, ["needle"] * 20)
        await indexer.look()
        await until(lambda: is_complete(store))
        assert len(found(store, "needles")) == 9
