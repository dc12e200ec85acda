"""Fixtures that several rooms of tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.academy import build_academy
from tests.servers.postgres import Postgres


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
