"""The capacity model: its tables are those of the guide, and it reacts to what it is told."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bench.scale import COSTS, HABITS, day, planned, tables, waits

GUIDE = Path(__file__).parents[2] / "docs" / "scale.md"


def test_the_guide_has_what_the_simulation_says() -> None:
    assert tables() in GUIDE.read_text("utf-8")


def test_a_day_brings_as_many_messages_as_people_write() -> None:
    found = day(100_000, HABITS, Random(1))
    assert found.in_all == pytest.approx(100_000 * HABITS.messages, rel=0.01)
    assert found.messages * 60 * 24 * 60 > found.in_all


def test_twice_as_dear_messages_and_looks_need_twice_the_cores() -> None:
    dear = replace(COSTS, message_server=2 * COSTS.message_server, look_server=2 * COSTS.look_server)
    cheap, costly = planned(1_000_000, COSTS, HABITS), planned(1_000_000, dear, HABITS)
    assert costly.server_cores == pytest.approx(2 * cheap.server_cores, rel=0.05)
    assert costly.processes > cheap.processes


def test_a_process_with_more_than_it_can_do_lets_people_wait() -> None:
    calm, full = waits(100, COSTS, Random(1)), waits(0.95 / COSTS.message_server, COSTS, Random(1))
    assert calm[0] < full[0]
    assert full[1] > 10 * calm[1]
