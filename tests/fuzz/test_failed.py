"""Every input that a parser ever stumbled over, and every one that the hunt begins with, is answered or refused today.

A file in `failed/PARSER/` is such an input, byte by byte; its name says what it did. `python -m tests.fuzz` looks for more.
"""

import pytest

from tests.fuzz.limits import TooLong, bounded
from tests.fuzz.parsers import PARSERS
from tests.fuzz.seeds import FAILED, failed, seeds

SECONDS = 5
"""Of the processor, for one input of some kilobytes: a good parser takes milliseconds."""
MEMORY = 512 * 1024 * 1024

INPUTS = [(name, where, content) for name in PARSERS for where, content in {**failed(name), **seeds(name)}.items()]


@pytest.mark.parametrize(("name", "content"), [(n, c) for n, _, c in INPUTS], ids=[f"{n}-{w}" for n, w, _ in INPUTS])
def test_an_input_that_failed_is_answered_or_refused(name: str, content: bytes) -> None:
    with bounded(seconds=SECONDS, memory=MEMORY):
        PARSERS[name].parse(content)


@pytest.mark.parametrize("name", PARSERS)
def test_the_hunt_for_each_parser_begins_with_something(name: str) -> None:
    assert seeds(name)


def test_every_input_that_is_kept_belongs_to_a_parser() -> None:
    assert {path.name for path in FAILED.iterdir() if path.is_dir()} <= PARSERS.keys()


def count_for_ever() -> None:
    while True:
        pass


def test_what_takes_too_long_or_too_much_is_noticed() -> None:
    with pytest.raises(TooLong), bounded(seconds=0.05, memory=MEMORY):
        count_for_ever()
    with pytest.raises(MemoryError), bounded(seconds=SECONDS, memory=MEMORY):
        bytearray(4 * MEMORY)
