"""An academy of its own for each fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.hallway import Hallway, demo_academy


@pytest.fixture
def academy(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """The demo academy, to be harmed."""
    serving = demo_academy(tmp_path, built=built_academy)
    yield serving
    serving.kill()
