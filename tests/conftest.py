"""Fixtures that several rooms of tests share."""

import gc
import logging
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
import structlog
from httpx import create_ssl_context
from hypothesis import settings

from tests.servers.academy import build_academy
from tests.servers.copies import migrated, sqlite_copy
from tests.servers.postgres import Postgres

# How long an example takes says more about the machine than about Hallway.
settings.register_profile("untimed", parent=settings.default, deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays until the end: nobody need look again and again whether it is rubbish."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let what takes too long for every day be asked for."""
    parser.addoption("--slow", action="store_true", help="run what takes too long for every day, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes too long for every day, and put those with a browser last: what drives it keeps an event loop
    running, beside which no other one may run.
    """
    left_out = [] if _is_all_asked_for(config) else [item for item in items if _is_slow(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def _is_all_asked_for(config: pytest.Config) -> bool:
    """Whether slow tests run, too: by the option, or because their files are named."""
    return config.getoption("--slow") or any(Path(one.partition("::")[0]).is_file() for one in config.args)


def _is_slow(item: pytest.Item) -> bool:
    """Whether a test is marked: whole, or for parameters of which one is its own."""
    own = getattr(item, "callspec", None)
    values = {str(one) for one in own.params.values()} if own else set[str]()
    return any(not mark.args or not values.isdisjoint(mark.args) for mark in item.iter_markers("slow"))


@pytest.fixture(scope="session", autouse=True)
def quiet() -> None:
    """Servers inside of the tests' own process log what goes wrong, not every request."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture(scope="session", autouse=True)
def trusted() -> Iterator[None]:
    """Whom the world trusts is read once: httpx reads it for each client anew, which takes longer than most requests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", cache(create_ssl_context))
        yield


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
    """The address of a database of the present schema with nobody in it, of each kind in turn."""
    if request.param == "sqlite":
        return sqlite_copy(tmp_path / "data" / "hallway.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_copy(migrated)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of one without even the tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/hallway.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()
