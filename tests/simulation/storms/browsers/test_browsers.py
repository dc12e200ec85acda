"""The web client's own code in storms: its stores and its model against the real server, by the same seeds."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.simulation.storms.browsers.browser import Browser
from tests.simulation.storms.browsers.host import Host
from tests.simulation.storms.faults import of
from tests.simulation.storms.runs import run
from tests.simulation.storms.stores import in_memory

CHUNK = 10
SEEDS = 30
"""How many every day; `python run.py test --thorough` goes through a thousand."""

SEEDS_THAT_FAILED_ONCE = {
    38: "A question was heard, and the standing of its chat did not name the course until it was asked again.",
    280: "The session ended while the server did not answer, and nobody expected that.",
    2386: "A new chat was heard of while the list was on its way, and the list that came knew less.",
    2747: "The other person was deactivated, and the row that said so was dropped because its revision was older.",
    3290: "A deleted chat that no list told of any more kept its old own revision, and came back with it.",
    3446: "A message was posted while its chat was being deleted, and the answer to the deletion took it away.",
}
"""Each with the fault of the web client that it showed; they are tried for ever."""


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """The process in which all browsers live."""
    with Host() as browsers:
        yield browsers


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1, SEEDS + 1, CHUNK))
def test_storms_of_browsers(first: int, host: Host) -> None:
    for seed in range(first, first + CHUNK):
        _pass(seed, host)


@pytest.mark.parametrize("seed", SEEDS_THAT_FAILED_ONCE)
def test_a_seed_that_failed_once(seed: int, host: Host) -> None:
    _pass(seed, host)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 4))
def test_a_seed_is_the_same_storm_each_time(seed: int, host: Host) -> None:
    first, second = (_pass(seed, host) for _ in range(2))
    assert first == second


def _pass(seed: int, host: Host) -> list[str]:
    """The diary of a storm with browsers."""
    host.begin(seed)
    storm = run(in_memory(), seed, of(seed), partial(Browser, host=host))
    return [*storm.world.diary, *(str(one.written) for one in storm.clients)]
