"""An attacker keeps somebody from signing in: by guessing their login away, or by queueing hashes before theirs."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hallway.transport.hashing import AT_ONCE, MOST, MOST_EACH, Hashing
from hallway.usecases.errors import Busy, TooMany
from tests.security.conftest import Start
from tests.security.crowd import Try, at_once, rightly, statuses
from tests.servers.academy import Serving, serve_academy
from tests.transport.cast import as_problem


@pytest.mark.slow
def test_who_has_signed_in_here_before_is_not_locked_out_by_strangers(start: Start) -> None:
    servers = start(sign_in_attempts_per_minute="10")
    server = servers[0].address
    device = rightly(server, "maya", "192.0.2.7").make().cookies["hallway_device"]
    at_once([Try(servers[n % len(servers)].address, "maya", address=f"203.0.113.{n}") for n in range(30)])
    at_once([Try(server, f"nobody-{number}", address="192.0.2.7") for number in range(12)])
    as_problem(rightly(server, "maya", "192.0.2.8").make(), 429, "too_many")
    for one in servers:
        assert rightly(one.address, "maya", "192.0.2.7", device).make().status_code == 200


@pytest.mark.slow
def test_a_known_device_has_a_small_budget_of_its_own(start: Start) -> None:
    (server, *_) = start(sign_in_attempts_per_minute="3")
    device = rightly(server.address, "maya").make().cookies["hallway_device"]
    guesses = [Try(server.address, "maya", device=device).make() for _ in range(5)]
    assert [one.status_code for one in guesses] == [401] * 3 + [429] * 2
    assert rightly(server.address, "maya", "192.0.2.8").make().status_code == 200


@pytest.mark.slow
def test_a_browser_is_known_to_each_of_those_who_share_it(start: Start) -> None:
    (server, *_) = start(sign_in_attempts_per_minute="3")
    device = rightly(server.address, "maya").make().cookies["hallway_device"]
    assert rightly(server.address, "omar", device=device).make().cookies["hallway_device"] == device
    at_once([Try(server.address, login, address=f"203.0.113.{n}") for n in range(1, 5) for login in ("maya", "omar")])
    for login in ("maya", "omar"):
        assert rightly(server.address, login, device=device).make().status_code == 200


@pytest.mark.slow
def test_a_secret_of_somebody_s_own_making_becomes_no_device(start: Start) -> None:
    (server, *_) = start()
    assert (
        rightly(server.address, "maya", device="of-my-own-making").make().cookies["hallway_device"]
        != "of-my-own-making"
    )


class _Wayward:
    """`runtime.Clock`: the system's, unless somebody has set it."""

    def __init__(self) -> None:
        self.wrong_by = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.wrong_by


@pytest.fixture
def clock() -> _Wayward:
    """The clock of the academy."""
    return _Wayward()


@pytest.fixture
def serving(built_academy: Path, tmp_path: Path, clock: _Wayward) -> Iterator[Serving]:
    """The demo academy by that clock."""
    served = serve_academy(built_academy, tmp_path, clock=clock, sign_in_attempts_per_minute=3)
    yield served
    served.stop()


@pytest.mark.slow
def test_a_clock_that_is_set_back_locks_nobody_out_and_lets_nobody_through(serving: Serving, clock: _Wayward) -> None:
    assert [Try(serving.address, "maya").make().status_code for _ in range(4)] == [401, 401, 401, 429]
    clock.wrong_by = -timedelta(hours=2)
    refused = rightly(serving.address, "maya").make()
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 60
    clock.wrong_by += timedelta(seconds=61)
    assert rightly(serving.address, "maya").make().status_code == 200


# The queue of hashes.


class _Slow:
    """`runtime.Passwords` that hash when they are let."""

    def __init__(self) -> None:
        self.may = threading.Semaphore(0)
        self.done: list[str] = []

    def hash(self, password: str) -> str:
        self.may.acquire()
        self.done.append(password)
        return password

    def verify(self, password: str, hashed: str | None) -> bool:
        return self.hash(password) == hashed


class _Queue:
    """A queue of hashes in which the test decides when the next ones are made."""

    def __init__(self) -> None:
        self.slow = _Slow()
        self.hashing = Hashing(self.slow)
        self.tasks: list[asyncio.Task[None]] = []

    async def ask(self, requester: str, *, is_known: bool = False) -> asyncio.Task[None]:
        task = asyncio.create_task(self._hash(requester, is_known=is_known))
        self.tasks.append(task)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return task

    async def _hash(self, requester: str, *, is_known: bool) -> None:
        async with self.hashing.turn(requester, is_known=is_known) as hasher:
            await hasher.hash(requester)

    async def made(self) -> list[str]:
        """Let all be made; in which order they were."""
        self.slow.may.release(10_000)
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.hashing.close()
        return self.slow.done


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_an_innocent_waits_for_one_hash_of_an_attacker_however_many_they_queue() -> None:
    async def story() -> None:
        queue = _Queue()
        for _ in range(200):
            await queue.ask("attacker")
        await queue.ask("innocent")
        assert (await queue.made()).index("innocent") <= AT_ONCE + 1

    _run(story())


def test_who_queues_too_many_is_refused_at_once() -> None:
    async def story() -> None:
        queue = _Queue()
        asked = [await queue.ask("attacker") for _ in range(200)]
        refused = [one for one in asked if one.done()]
        assert len(refused) == 200 - MOST_EACH - AT_ONCE
        assert all(isinstance(one.exception(), TooMany) for one in refused)
        assert len(await queue.made()) == MOST_EACH + AT_ONCE

    _run(story())


def test_where_all_are_too_many_the_one_with_the_most_gives_way() -> None:
    async def story() -> None:
        queue = _Queue()
        for number in range(MOST // MOST_EACH):
            for _ in range(MOST_EACH + AT_ONCE):
                await queue.ask(f"attacker {number}")
        innocent = await queue.ask("innocent")
        assert not innocent.done()
        made = await queue.made()
        assert made.index("innocent") <= AT_ONCE + MOST // MOST_EACH
        assert len(made) == MOST + AT_ONCE

    _run(story())


def test_where_everybody_is_another_who_comes_last_is_refused_unless_they_are_known() -> None:
    async def story() -> None:
        queue = _Queue()
        for number in range(MOST + AT_ONCE):
            await queue.ask(f"attacker {number}")
        stranger = await queue.ask("stranger")
        assert isinstance(stranger.exception(), Busy)
        await queue.ask("known", is_known=True)
        assert (await queue.made()).index("known") <= AT_ONCE

    _run(story())


def test_known_ones_take_every_second_turn_and_starve_no_stranger() -> None:
    async def story() -> None:
        queue = _Queue()
        for number in range(AT_ONCE + 10):
            await queue.ask(f"known {number}", is_known=True)
        await queue.ask("stranger")
        assert (await queue.made()).index("stranger") <= AT_ONCE + 1

    _run(story())


def test_who_goes_away_takes_no_turn_along() -> None:
    async def story() -> None:
        queue = _Queue()
        asked = [await queue.ask(f"asker {number}") for number in range(AT_ONCE + 3)]
        for one in asked[AT_ONCE:-1]:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
        assert f"asker {AT_ONCE + 2}" in await queue.made()

    _run(story())


@pytest.mark.slow
def test_a_flood_of_guesses_leaves_a_turn_for_the_innocent(start: Start) -> None:
    (server, *_) = start(sign_in_attempts_per_minute="100000", password_memory_kib="16384")
    flood = [Try(server.address, "maya", address="203.0.113.1") for _ in range(100)]
    answers = at_once([*flood, rightly(server.address, "samuel", "192.0.2.9")])
    assert answers[-1].status_code == 200
    found = statuses(answers[:-1])
    assert set(found) == {401, 429}
