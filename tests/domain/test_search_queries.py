"""What is typed into a search, and the words of a text."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.search_queries import MOST_PARTS, MOST_WORDS, Has, Query, parse
from hallway.domain.segmentation import read, words


def parts(typed: str) -> list[tuple[list[str], bool]]:
    """The words of each part, and whether it has to be exactly so."""
    return [([one.text for one in part.words], part.is_exact) for part in parse(typed).parts]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("  %  ", []),
        ("fire exit", [(["fire"], False), (["exit"], False)]),
        ("don\u2019t", [(["don", "t"], False)]),
        ('"fire exit" now', [(["fire", "exit"], True), (["now"], False)]),
        ('\u201efire exit\u201c "unfinished busi', [(["fire", "exit"], True), (["unfinished", "busi"], True)]),
        ('say"hi there"', [(["say"], False), (["hi", "there"], True)]),
        ('""', []),
        ("火災 報知", [(["火", "災"], False), (["報", "知"], False)]),
        ("https://a.example/b", [(["https", "a", "example", "b"], False)]),
    ],
)
def test_words_and_phrases(typed: str, expected: list[tuple[list[str], bool]]) -> None:
    assert parts(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("from:lena", Query(senders=("lena",))),
        ('FROM:"Lena Löwe" from:me', Query(senders=("Lena Löwe", "me"))),
        ("in\uff1alena", Query(chats=("lena",))),
        ("has:file", Query(has=frozenset([Has.FILE]))),
        ("before:2026-11-05", Query(before=date(2026, 11, 5))),
        ("before:2026-11 before:2026", Query(before=date(2026, 1, 1))),
        ("from: in: before: has:", Query()),
        ('from:"', Query()),
    ],
)
def test_operators(typed: str, expected: Query) -> None:
    found = parse(typed)
    assert replace(found, text="") == expected
    assert found.is_empty is (expected == Query())


@pytest.mark.parametrize("typed", ["before:soon", "before:2026-13", "has:dog", "xfrom:lena", "at:noon"])
def test_what_is_no_operator_is_words(typed: str) -> None:
    found = parse(typed)
    assert not found.has_operators
    assert found.text == typed
    assert len(found.parts) == 1


def test_names_are_searched_by_what_is_typed_beside_operators() -> None:
    assert parse('exam "fire exit" from:lena').text == "exam fire exit"


@given(st.text(max_size=300))
def test_nothing_that_is_typed_is_wrong_or_too_much(typed: str) -> None:
    found = parse(typed)
    assert len(found.parts) <= MOST_PARTS
    assert all(0 < len(part.words) <= MOST_WORDS for part in found.parts)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_the_words_are_the_same_with_and_without_their_spans(text: str) -> None:
    reading = read(text)
    assert [one.text for one in reading.words] == words(text)
    for one in reading.words:
        start, end = reading.span(one.start, one.end)
        assert 0 <= start < end <= len(text)
