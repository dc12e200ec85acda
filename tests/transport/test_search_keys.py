"""The job that indexes what an older Hallway stored: in portions, twice, and then no more."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.domain.search_queries import parse
from hallway.storage.engines import open_engine
from hallway.storage.migrate import upgrade
from hallway.storage.schema import message
from hallway.storage.store import SqlStore
from hallway.storage.writer import Writer
from hallway.transport import search_keys as carried_out
from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import GoOn
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging import search_keys
from hallway.usecases.messaging.search_ports import Wanted
from tests.contracts.world import HERE, LENA, NOON, OWNER, furnished, talk

pytestmark = pytest.mark.anyio


async def test_it_goes_on_where_it_stopped_and_comes_back_a_day_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_keys, "AT_ONCE", 2)
    monkeypatch.setattr(search_keys, "MOST_AT_A_RUN", 2)
    engine = open_engine(f"sqlite:///{tmp_path}/hallway.db")
    upgrade(engine)
    store = SqlStore(engine)
    furnished(store)
    talk(store, OWNER, LENA, [f"Kühlhaus {number}" for number in range(7)])
    with engine.begin() as connection:
        connection.execute(update(message).values(search_key=None))
    writer = Writer(store, lambda _: None)
    async_store = AsyncStore(store, writer, clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(64))
    try:
        run = carried_out.handler(async_store).run
        parts: list[GoOn] = []
        following = await run(Job(account_id=HERE, kind=search_keys.WORK.kind, subject="account", created_at=NOON))
        while following is not None:
            parts.append(following)
            assert len(parts) < 9
            following = await run(
                Job(
                    account_id=HERE,
                    kind=search_keys.WORK.kind,
                    subject="account",
                    created_at=NOON,
                    payload=following.payload,
                )
            )
        wanted = Wanted(parts=parse("kuhlhaus").parts)
        page = store.read(lambda tx: tx.search.messages(HERE, OWNER, wanted, behind=None, limit=9))
        assert len(page.hits) == 7
        assert [search_keys.position(one.payload).is_second for one in parts] == [False, False, True]
        assert parts[-1].due_at - async_store.clock.now() > timedelta(hours=23)
    finally:
        async_store.close()
