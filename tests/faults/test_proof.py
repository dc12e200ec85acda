"""A whole site survives the loss of any single part; the long form is `python -m tests.faults.proof`."""

import pytest

from tests.faults.proof import SHORT, prove

pytestmark = pytest.mark.slow


@pytest.mark.xdist_group("outage")
def test_a_site_that_loses_one_part_after_the_other_loses_no_message() -> None:
    proof = prove(16, SHORT)
    assert list(proof.recoveries) == list(SHORT)
    assert proof.messages > 100
