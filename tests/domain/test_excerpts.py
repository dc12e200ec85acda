"""What was found is marked where it stands, and shown with what is around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.excerpts import LENGTH, MOST_SPANS, excerpt, spans, spans_of_words
from hallway.domain.text import search_key


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Ask Daniel, or Dani", "dani", ["Dani", "Dani"]),
        ("Die Stra\u00dfe", "strasse", ["Stra\u00dfe"]),
        ("ein Gru\u00df", "s", ["\u00df"]),
        ("Re\u0301sume\u0301 da", "resume", ["Re\u0301sume\u0301"]),
        (
            "\u0627\u0644\u0645\u064f\u0642\u064e\u0631\u0651\u064e\u0631\u064f!",
            "\u0627\u0644\u0645\u0642\u0631\u0631",
            ["\u0627\u0644\u0645\u064f\u0642\u064e\u0631\u0651\u064e\u0631\u064f"],
        ),
        ("fire \n\t stair", "fire stair", ["fire \n\t stair"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing", "else", []),
        ("nothing", "", []),
    ],
)
def test_places_say_where_it_stands(text: str, typed: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, search_key(typed))] == found


@given(st.text(max_size=60), st.integers(0, 50), st.integers(1, 9))
def test_what_a_text_says_is_found_where_it_says_it(text: str, start: int, length: int) -> None:
    key = search_key(text[start : start + length])
    if key and key in search_key(text):
        first, last = spans(text, key)[0]
        assert key in search_key(text[first:last])


def test_few_places_are_marked_in_a_text_that_says_it_often() -> None:
    assert len(spans("a" * 4_000, "a")) == MOST_SPANS


def test_a_short_text_is_its_own_excerpt_on_one_line() -> None:
    text = "Where is\nthe exit?"
    assert excerpt(text, spans(text, "exit")) == excerpt("Where is the exit?", [(13, 17)])


def test_a_long_text_is_cut_between_words_around_what_was_found() -> None:
    text = "word " * 100 + "needle " + "word " * 100
    found = excerpt(text, spans(text, "needle"))
    ((start, end),) = found.spans
    assert found.text[start:end] == "needle"
    assert found.text.startswith("… word ")
    assert found.text.endswith("word …")
    assert len(found.text) <= LENGTH + 4


def test_what_was_found_is_never_cut() -> None:
    text = "x" * 300 + "y" * 200 + "z" * 300
    found = excerpt(text, spans(text, "y" * 200))
    ((start, end),) = found.spans
    assert found.text[start:end] == "y" * 200


def test_without_a_place_the_beginning_is_shown() -> None:
    assert excerpt("hello " * 50, []).text.startswith("hello hello")


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("Danica Petrović", "petrovic da", ["Da", "Petrović"]),
        ("Ida Dahl", "da", ["Da"]),
        ("Zeynep O\u2019Brien", "brien", ["Brien"]),
        ("Lena", "x", []),
        ("Anna Annable", "anna anna", ["Anna"]),
    ],
)
def test_each_word_is_marked_once_in_a_name(name: str, typed: str, found: list[str]) -> None:
    assert [name[start:end] for start, end in spans_of_words(name, typed)] == found
