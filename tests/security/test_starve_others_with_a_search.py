"""Keep the readers busy with searches that nearly find something, with words that grow, and with many at once."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from hallway.domain.search_queries import parse
from hallway.domain.text import query_key, query_words
from hallway.transport.cursors import ByName, from_cursor, to_cursor
from hallway.transport.turns import MOST_ASKED, Turns
from hallway.usecases import fields
from hallway.usecases.errors import TooMany
from hallway.usecases.messaging import indexing
from hallway.usecases.messaging.search_ports import Wanted
from hallway.usecases.people.directory import key as place_of
from hallway.usecases.transaction import Store
from tests.contracts.world import HERE, LENA, OWNER, TOMAS, USERS, change, furnished, talk

LONGEST_CURSOR = 2_000
"""Characters that an address takes as a cursor."""

GROWS = "\u2057"
"""Four apostrophes in one, which fold to four letters."""
LIGATURE = "\ufdfa"
"""One letter for eighteen, in four words."""
NEARLY = 60


def test_what_is_looked_for_is_bounded_once_it_is_folded() -> None:
    assert len(query_key(GROWS * 200)) <= 200
    assert len(query_key(LIGATURE * 200)) <= 200
    assert len(query_words(LIGATURE * 200)) <= 10
    assert len(query_words(" ".join(f"w{number}" for number in range(60)))) == 10
    assert query_words("Anna anna ANNA berg") == ["anna", "berg"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [("\u2057" * 4_000, "'" * 199 + "b"), ("a " * 2_000, '"' + "a " * 99 + 'b"'), ("火" * 4_000, "火" * 199 + "水")],
)
@pytest.mark.parametrize("is_indexed", [False, True])
def test_a_search_that_nearly_finds_takes_no_longer_than_one_that_finds_nothing(
    store: Store, written: str, asked: str, *, is_indexed: bool
) -> None:
    furnished(store)
    talk(store, OWNER, LENA, [written] * NEARLY)
    if is_indexed:
        change(store, lambda tx: indexing.build(tx, HERE))

    def seconds(asked: str) -> float:
        return min(_timed(lambda: _hits(store, asked)) for _ in range(3))

    nearly, nothing = seconds(asked), seconds("zebra")
    assert nearly < 20 * nothing + 0.5


def _hits(store: Store, asked: str) -> int:
    wanted = Wanted(parts=parse(asked).parts)
    return len(store.read(lambda tx: tx.search.messages(HERE, LENA, wanted, behind=None, limit=1_000)).hits)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@pytest.mark.parametrize("name", [LIGATURE * 200, "\U0001f600" * 200, "\u0390" * 200, "\ufdfa\U0001f600" * 100])
def test_no_name_ends_the_pages_of_a_list(name: str) -> None:
    assert fields.name("name", name) is None
    place = place_of(replace(USERS[0], name=name))
    cursor = to_cursor(place)
    assert cursor is not None
    assert len(cursor) <= LONGEST_CURSOR
    assert from_cursor(cursor, ByName) == place


def test_one_person_searches_once_at_a_time_and_stops_nobody_else() -> None:
    async def work() -> tuple[int, int]:
        turns, at_once, most, refused = Turns(), 0, 0, 0
        others = asyncio.Event()

        async def search() -> None:
            nonlocal at_once, most, refused
            try:
                async with turns.turn(LENA):
                    at_once += 1
                    most = max(most, at_once)
                    await others.wait()
                    at_once -= 1
            except TooMany:
                refused += 1

        searches = [asyncio.create_task(search()) for _ in range(MOST_ASKED + 3)]
        await asyncio.sleep(0)
        async with turns.turn(TOMAS):
            others.set()
        await asyncio.gather(*searches)
        async with turns.turn(LENA):
            return most, refused

    assert asyncio.run(work()) == (1, 3)
