"""Two processes behind nginx under load: restarted one after the other, and killed, they fail nobody's words."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.company import Company, company_in
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation
from tests.servers.nats import Nats
from tests.servers.nginx import Nginx
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow


@pytest.fixture(params=["postgresql", "nats"])
def two(request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Hallway, Hallway]]:
    """Two processes over one academy, with either pub/sub."""
    database = postgres.new_copy(build_academy)
    with ExitStack() as exits:
        settings = {"database": database}
        if request.param == "nats":
            nats = Nats()
            exits.callback(nats.remove)
            settings["broker"] = nats.addresses
        pair = [installation(tmp_path / name, **settings) for name in ("one", "other")]
        for one in pair:
            exits.callback(one.kill)
        yield pair[0], pair[1]


@pytest.fixture
def front(two: tuple[Hallway, Hallway]) -> Iterator[Nginx]:
    """What stands in front of them."""
    server = Nginx([one.command.port for one in two])
    yield server
    server.remove()


@pytest.mark.parametrize("end", [Hallway.stop, Hallway.kill])
def test_processes_that_end_and_come_back_in_turn_lose_nothing_and_refuse_nobody(
    two: tuple[Hallway, Hallway], front: Nginx, end: Callable[[Hallway], int]
) -> None:
    with company_in(front) as company:  # type: ignore[arg-type]  # it has clients like a server
        asyncio.run(_ended_in_turn(two, company, end))
        company.require_all_kept()
    assert company.faults.refusals == []


async def _ended_in_turn(two: tuple[Hallway, Hallway], company: Company, end: Callable[[Hallway], int]) -> None:
    async with company.talking():
        await company.more_answers(100)
        for one in two:
            await asyncio.to_thread(end, one)
            await company.more_answers(100)
            await asyncio.to_thread(one.again)
            await company.more_answers(100)
