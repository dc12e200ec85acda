"""Comparing texts: a name is found without its accents, its capitals and its extra spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.text import fold

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
