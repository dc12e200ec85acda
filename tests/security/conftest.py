"""The demo academy on a real server, over each database, and by several processes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hallway.storage.store import open_store
from hallway.usecases.transaction import Store
from tests.security.postbox import ASYNC_STORES
from tests.security.premises import HeldPasswords, OwnClock, Premises
from tests.servers.academy import build_academy, serve_academy
from tests.servers.either import EITHER, served
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.mail import Relay
from tests.servers.postgres import Postgres

Start = Callable[..., list[Hallway]]


@pytest.fixture(scope="session", params=EITHER)
def server(
    request: pytest.FixtureRequest, built_academy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hallway]:
    """A server that answers, with people whom no test may change."""
    yield from served(request, built_academy, tmp_path_factory.mktemp("attacked"))


@pytest.fixture(scope="module", params=EITHER)
def ruin(
    request: pytest.FixtureRequest, built_academy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hallway]:
    """The same, of which nothing need be left."""
    yield from served(request, built_academy, tmp_path_factory.mktemp("ruined"))


@pytest.fixture(params=EITHER)
def start(request: pytest.FixtureRequest, built_academy: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the demo academy, with settings: one process over SQLite, or two over one PostgreSQL."""
    with ExitStack() as exits:

        def started(**settings: str) -> list[Hallway]:
            if request.param == "sqlite":
                servers = [demo_academy(tmp_path, built=built_academy, **settings)]
            else:
                postgres: Postgres = request.getfixturevalue("postgres")
                database = postgres.new_copy(build_academy)
                folders = (tmp_path / name for name in ("here", "there"))
                servers = [installation(folder, database=database, **settings) for folder in folders]
            for one in servers:
                exits.callback(one.kill)
            return servers

        yield started


@pytest.fixture(scope="module", params=EITHER)
def premises(
    request: pytest.FixtureRequest, built_academy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Premises]:
    """The academy in this very process, with a clock and a hasher that obey the test."""
    folder, clock, passwords = tmp_path_factory.mktemp("premises"), OwnClock(), HeldPasswords()
    database = ""
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.new_copy(build_academy)
    serving = serve_academy(built_academy, folder, clock=clock, passwords=passwords, database=database)
    opened = Premises(serving, clock, passwords)
    yield opened
    opened.close()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """An empty store, until all that works on it has ended."""
    opened = open_store(database)
    yield opened
    while ASYNC_STORES:
        ASYNC_STORES.pop().close()
    opened.close()


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A mail server that takes what is sent."""
    taking = Relay()
    yield taking
    taking.stop()


@pytest.fixture
def mailing(built_academy: Path, tmp_path: Path, relay: Relay) -> Iterator[Hallway]:
    """The demo academy, which sends mail."""
    settings = {"smtp": relay.address, "mail_from": "Northwind <noreply@hall.example>"}
    serving = demo_academy(tmp_path, built=built_academy, **settings)
    yield serving
    serving.stop()
