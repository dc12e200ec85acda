"""Fixtures that several rooms of tests share."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.servers.academy import build_academy
from tests.servers.postgres import Postgres


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those with a browser come last: what drives it keeps an event loop running, beside which no other one may run."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def quiet() -> None:
    """Servers inside of the tests' own process log what goes wrong, not every request."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture
def anyio_backend() -> str:
    """Hallway runs on asyncio alone."""
    return "asyncio"


@pytest.fixture(scope="session")
def built_academy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo academy, built once; each server that is started takes a copy."""
    folder = tmp_path_factory.mktemp("academy")
    build_academy(f"sqlite:///{folder}/hallway.db")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL for the whole session."""
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/hallway.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()
