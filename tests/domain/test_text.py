"""Comparing texts: a name is found without its accents, its capitals and its extra spaces."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.text import (
    has_invisible,
    identity_key,
    is_found_in_lower_case,
    is_visible,
    plain_letters,
    search_key,
)

# Latin with its supplements, Greek, Cyrillic: scripts that have both cases and accents.
letters = st.characters(
    categories=["Lu", "Ll"], min_codepoint=0x41, max_codepoint=0x24F, exclude_characters="\u0131"
) | (st.sampled_from("αάΆβΩώΣςйЙёЁжЖ"))
names = st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Tomás", "tomas"),
        ("TOMÁS", "tomas"),
        ("Toma\u0301s", "tomas"),
        ("Löwe", "lowe"),
        ("Straße", "strasse"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
        ("Ёлка", "елка"),
        ("İpek", "ipek"),
        ("ﬁn", "fin"),
        ("\uff2c\uff45na", "lena"),
        ("  Lena \t Löwe\n", "lena lowe"),
        ("Lena\u00a0Löwe", "lena lowe"),
        ("山田 花子", "山田 花子"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_text_is_folded(written: str, folded: str) -> None:
    assert search_key(written) == folded


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Øystein", "oystein"),
        ("Łukasz Gołąb", "lukasz golab"),
        ("Đặng", "dang"),
        ("Þórður", "thordur"),
        ("Bjørnsæter", "bjornsaeter"),
        ("Qarabağ Əli", "qarabag eli"),
        ("Işık", "isik"),
        ("İSTANBUL", "istanbul"),
        ("Қазақстан", "казакстан"),
        ("المُقَرَّر", "المقرر"),
        ("الأسئلة إلى آخر", "الاسئلة الى اخر"),
        ("مـــرحبا", "مرحبا"),
        ("مؤتمر", "موتمر"),
        ("مدرسة", "مدرسه"),
        ("کتاب فارسی", "كتاب فارسي"),
        ("\u06f2\u0660\u0662\u0666", "2026"),
        ("\uff31\uff12", "q2"),
        ("don\u2019t \u02bcn O\u00b4Brien O`Brien", "don't 'n O'Brien O'Brien"),
        ("\u201cyes\u201d \u00abno\u00bb", '"yes" "no"'),
        ("e\u2011mail 2\u20133 \u22124", "e-mail 2-3 -4"),
        ("co\u00adoperate wo\u200brd \u2764\ufe0f", "cooperate word \u2764"),
        ("a\u2028b\u3000c\u202fd\r\n\te", "a b c d e"),
        ("がく", "か\u3099く"),
        ("한글", normalize("NFD", "한글")),
    ],
)
def test_what_looks_the_same_or_is_typed_without_its_mark_is_found(written: str, typed: str) -> None:
    assert search_key(written) == search_key(typed) == search_key(normalize("NFD", written))
    assert search_key(written) == search_key(written.upper())


def test_other_words_stay_apart() -> None:
    assert search_key("Lena") != search_key("Lina")
    assert search_key("かく") != search_key("がく")
    assert search_key("a b") != search_key("ab")


@given(st.text())
def test_a_key_is_its_own_key_and_that_of_its_decomposed_text(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key == search_key(normalize("NFD", text))


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_takes_the_short_way_to_the_same_key(text: str) -> None:
    assert search_key(text) == " ".join("".join(plain_letters(text)).split())


@given(st.text(st.characters(max_codepoint=200), max_size=8))
def test_whether_the_lower_case_is_the_key_is_told_without_making_it(text: str) -> None:
    if is_found_in_lower_case(text):
        assert search_key(text) == text.lower()
    else:
        assert not text.isascii() or not text.isprintable() or search_key(text) != text.lower()


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("Müller", "Mu\u0308ller", True),
        ("Müller", "MÜLLER", True),
        ("Müller", "Muller", False),
        ("Straße", "STRASSE", True),
        ("ёлка", "елка", False),
        ("e\u0323\u0302", "e\u0302\u0323", True),
        ("anna", "Anna", True),
        ("x" * 5_000, "X" * 5_000, True),
    ],
)
def test_names_are_one_whatever_their_case_and_however_accents_are_written(
    one: str, other: str, *, are_one: bool
) -> None:
    assert (identity_key(one) == identity_key(other)) is are_one


@given(names)
def test_case_and_spaces_make_no_difference(words: list[str]) -> None:
    name = " ".join(words)
    assert (
        search_key(name)
        == search_key(name.upper())
        == search_key(name.lower())
        == search_key("  " + "\t ".join(words) + " ")
    )


@given(names)
def test_folding_twice_is_folding_once(words: list[str]) -> None:
    once = search_key(" ".join(words))
    assert search_key(once) == once


@given(names)
def test_no_word_is_lost(words: list[str]) -> None:
    assert len(search_key(" ".join(words)).split(" ")) == len(words)


NOTHING = (
    "",
    " ",
    "\u3000\u00a0 \u2003",
    "\u200b",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\u2800",
    "\u200d\u2060",
    "\u00ad",
    "\u034f",
    "\u061c",
    "\u200e\u200f",
    "\ufeff",
    "\ufe0f",
    "\ufe00",
    "\U000e0100",
    "\U000e0020\U000e007f",
    "\u17b4\u180e\u180b",
    "\u2028",
    "\u2066\u2069",
    "\ufffc",
    "\U0001d159",
    "\ud800",
)
SOMETHING = (
    "a",
    ".",
    "0",
    "\u0661",
    "\u0600",  # a sign of format that is seen
    "\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u2764\ufe0f",
    "1\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\U0001fae8",  # newer than some Pythons
    "\u2801",
    "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
    "\ue000",
)


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_sees_is_nothing(text: str) -> None:
    assert not is_visible(text)
    assert not is_visible(text * 3 + " \n\t" + text)


@pytest.mark.parametrize("text", SOMETHING)
def test_what_is_seen_is_something(text: str) -> None:
    assert is_visible(text)
    assert is_visible(f"\u200b\u3164{text}\u2800")


def test_a_letter_that_nobody_sees_is_found_between_others() -> None:
    assert all(has_invisible(f"a{one}b") for one in ("\u200b", "\u3164", "\u00ad", "\u200e", "\ufeff", "\U000e0100"))
    assert not has_invisible("ada.lovelace+1@b\u00fccher.example")


def test_the_invisible_characters_are_those_of_the_table_that_the_client_is_held_to() -> None:
    table = json.loads(Path(__file__).with_name("golden").joinpath("invisible.json").read_text("utf-8"))
    codes = {code for first, last in table for code in range(int(first, 16), int(last, 16) + 1)}
    assert {code for code in range(0x110000) if not is_visible(chr(code))} == codes
