"""Comparing texts: a name is found without its accents, its capitals and its extra spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.text import fold, has_invisible, is_visible

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
    assert fold(written) == folded


def test_letters_that_are_no_accents_stay_apart() -> None:
    assert fold("Ole") != fold("Øle")
    assert fold("Lena") != fold("Lina")


@given(names)
def test_case_and_spaces_make_no_difference(words: list[str]) -> None:
    name = " ".join(words)
    assert fold(name) == fold(name.upper()) == fold(name.lower()) == fold("  " + "\t ".join(words) + " ")


@given(names)
def test_folding_twice_is_folding_once(words: list[str]) -> None:
    once = fold(" ".join(words))
    assert fold(once) == once


@given(names)
def test_no_word_is_lost(words: list[str]) -> None:
    assert len(fold(" ".join(words)).split(" ")) == len(words)


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
