"""Many lines opened at once: everybody is let in, and those who talk are not hindered."""

import pytest

from tests.faults.crowds import let_in
from tests.servers.hallway import USUAL_FILES, Hallway

pytestmark = pytest.mark.slow

LINES = USUAL_FILES + 76
"""More than a process may have on most systems, unless it asks for more."""


def test_a_crowd_that_comes_at_once_is_let_in(academy: Hallway) -> None:
    crowd = let_in(academy, LINES)
    assert crowd.answers > 0
