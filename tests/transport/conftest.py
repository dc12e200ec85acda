"""The served academy of these tests, and fresh people in it for each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.hallway import Hallway, demo_academy, installation
from tests.transport.cast import Browser, Cast, Casting, casting


@pytest.fixture(scope="session")
def academy(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hallway]:
    """The demo academy for all tests that leave its settings and its own people as they are."""
    serving = demo_academy(tmp_path_factory.mktemp("served"), built=built_academy)
    yield serving
    serving.stop()


@pytest.fixture
def own_academy(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """A demo academy for one test, which may change everything."""
    serving = demo_academy(tmp_path, built=built_academy)
    yield serving
    serving.stop()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Hallway]:
    """An installation that was not set up yet."""
    serving = installation(tmp_path)
    yield serving
    serving.stop()


@pytest.fixture
def agency(academy: Hallway) -> Iterator[Casting]:
    """Brings people into the shared academy."""
    yield from casting(academy)


@pytest.fixture
def own_agency(own_academy: Hallway) -> Iterator[Casting]:
    """Brings people into this test's own academy."""
    yield from casting(own_academy)


@pytest.fixture
def cast(agency: Casting) -> Cast:
    """Fresh people in the shared academy."""
    return agency.cast()


@pytest.fixture
def own_cast(own_agency: Casting) -> Cast:
    """Fresh people in this test's own academy."""
    return own_agency.cast()


@pytest.fixture
def owner(academy: Hallway) -> Iterator[Browser]:
    """The shared academy's owner at a browser."""
    with Browser(academy.address, "ingrid", "hallway-demo") as browser:
        yield browser
