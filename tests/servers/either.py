"""The demo academy served over the database that a fixture's parameter names: `sqlite` or `postgresql`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.postgres import Postgres

EITHER = ["sqlite", "postgresql"]


def served(request: pytest.FixtureRequest, built: Path, folder: Path) -> Iterator[Hallway]:
    """Serve it in `folder` until the fixture ends: a copy of `built`, or one built anew in a database of PostgreSQL's."""
    if request.param == "sqlite":
        serving = demo_academy(folder, built=built)
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.new_copy(build_academy)
        serving = installation(folder, database=url)
    yield serving
    serving.stop()
