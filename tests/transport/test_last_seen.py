"""Last seen: a busy browser costs one write in five minutes, in batches, and what cannot be noted is left out."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from litestar.testing import TestClient

from hallway import app
from hallway.adapters import Argon2Passwords, RandomIds
from hallway.domain.events import Event
from hallway.domain.ids import SessionId
from hallway.settings import Settings
from hallway.storage.memory.store import MemoryStore
from hallway.storage.writer import Writer
from hallway.transport import last_seen
from hallway.transport.async_store import AsyncStore
from hallway.transport.last_seen import LastSeen
from hallway.usecases.access.records import Session
from tests.contracts.world import HERE, LENA, NOON, change, furnished, named, session
from tests.school import StoppedClock

MINUTE = timedelta(minutes=1)


def _hear_nothing(events: Sequence[Event]) -> None:
    del events


class Site:
    """A store in memory, awaited, whose writes are counted."""

    def __init__(self) -> None:
        """Nobody is signed in."""
        self.clock = StoppedClock(NOON)
        self.store = furnished(MemoryStore())
        self.writer = Writer(self.store, _hear_nothing)
        self.async_store = AsyncStore(
            self.store, self.writer, clock=self.clock, ids=RandomIds(), passwords=cast("Argon2Passwords", None)
        )
        self.seen = LastSeen(self.async_store)

    def browser(self, name: str = "desk", kind: str = "browser") -> Session:
        """A browser that has just signed in."""
        signed_in = replace(session(name, LENA, kind), seen_at=NOON)
        change(self.store, lambda tx: tx.sessions.add(signed_in))
        return signed_in

    def stored(self, name: str = "desk") -> Session:
        """What is stored of it."""
        one = SessionId(named(name))
        return self.store.read(lambda tx: tx.sessions.several(HERE, [one]))[one]

    def written(self) -> None:
        """Write what is collected."""
        asyncio.run(self.seen.write())


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of its own."""
    found = Site()
    yield found
    found.async_store.close()


def test_a_session_is_written_once_in_five_minutes(site: Site) -> None:
    site.browser()
    moments: list[datetime | None] = []
    for _ in range(12):
        site.clock.wait(MINUTE)
        site.seen.note(site.stored(), "192.0.2.77")
        site.seen.note(site.stored(), "192.0.2.77")
        site.written()
        moments.append(site.stored().seen_at)
    assert sorted({one for one in moments if one}) == [NOON, NOON + 5 * MINUTE, NOON + 10 * MINUTE]
    assert site.stored().network == "192.0.2.*"


def test_tokens_are_not_noted_and_nobody_comes_back(site: Site) -> None:
    token, gone = site.browser("token", "token"), site.browser("gone")
    site.clock.wait(6 * MINUTE)
    site.seen.note(token, "192.0.2.1")
    site.seen.note(gone, "192.0.2.1")
    change(site.store, lambda tx: tx.sessions.remove(HERE, LENA, gone.id))
    site.written()
    assert site.stored("token").seen_at == NOON
    assert [one.name for one in site.store.read(lambda tx: tx.sessions.of(HERE, LENA, "browser"))] == []


def test_what_is_collected_is_bounded_and_goes_in_batches(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_seen, "MOST", 5)
    monkeypatch.setattr(last_seen, "BATCH", 2)
    names = [f"browser {number}" for number in range(8)]
    found = [site.browser(one) for one in names]
    site.clock.wait(6 * MINUTE)
    for one in found:
        site.seen.note(one, "192.0.2.1")
    site.written()
    assert [site.stored(one).seen_at != NOON for one in names] == [True] * 5 + [False] * 3


def test_a_request_is_noted_and_my_sessions_shows_it(tmp_path: Path) -> None:
    clock = StoppedClock(NOON)
    settings = Settings(data=str(tmp_path), password_memory_kib=64)
    founding = {"token": "word", "academy": "A", "name": "O", "email": "o@a.example", "login": "olga"}
    application = app.build(settings, MemoryStore(), set_up_token="word", clock=clock)
    with TestClient(application) as client:
        entered = client.post("/api/v1/set-up", json={**founding, "password": "a long enough password"})
        assert entered.status_code == 201, entered.text
        clock.wait(6 * MINUTE)
        before = client.get("/api/v1/me/sessions").json()["sessions"]
        assert [one["seen_at"] for one in before] == [one["created_at"] for one in before]
        with client.portal() as portal:
            portal.call(application.state.last_seen.write)
        (after,) = client.get("/api/v1/me/sessions").json()["sessions"]
        assert datetime.fromisoformat(after["seen_at"]) == NOON + 6 * MINUTE
