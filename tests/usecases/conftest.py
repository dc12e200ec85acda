"""The school on its first day, for every test of the use-cases."""

import pytest

from tests.school import School, new_school


@pytest.fixture
def school() -> School:
    """A school of its own."""
    return new_school()
