"""Fixtures that several rooms of tests share."""

from collections.abc import Iterator

import pytest

from tests.servers.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL for the whole session."""
    server = Postgres()
    yield server
    server.remove()
