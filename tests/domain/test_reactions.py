"""What an emoji is, and the summary of reactions that a message keeps (§15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.ids import UserId
from hallway.domain.reactions import (
    LONGEST,
    PEOPLE_KEPT,
    Reaction,
    emoji_of,
    is_complete_for,
    naming,
    with_reaction,
)

LENA, EVA = UserId("lena"), UserId("eva")
EMOJI = [
    "👍",
    "❤️",
    "😂",
    "🎉",
    "👀",
    "🙏",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "1️⃣",
    "🇳🇴",
    "🏋🏽‍♀️",
    "❤️‍🔥",
    "🏳️‍🌈",
    "👨🏻‍❤️‍💋‍👨🏿",
    "⚡",
    "☝🏽",
]
NONE = [
    "",
    " ",
    "a",
    "1",
    "*",
    "👍👍",
    "👍 ",
    "👍\n",
    "🇳",
    "🏽",
    "\u200d",
    "\ufe0f",
    "☺\ufe0e",
    "👍\u200d",
    "<b>",
    ":smile:",
    "\x00",
    "👍" + "\u200d👍" * 5,
    "é",
    "文",
    "\U000e0067",
    "👍\u202e",
]


@pytest.mark.parametrize("emoji", EMOJI)
def test_an_emoji_is_kept_as_unicode_spells_it(emoji: str) -> None:
    assert emoji_of(emoji) == emoji


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_no_emoji(text: str) -> None:
    assert emoji_of(text) is None


@pytest.mark.parametrize(("typed", "kept"), [("❤", "❤️"), ("⚡️", "⚡"), ("1⃣", "1️⃣"), ("❤‍🔥", "❤️‍🔥"), ("🏳‍🌈", "🏳️‍🌈")])
def test_what_looks_the_same_is_one_emoji(typed: str, kept: str) -> None:
    assert emoji_of(typed) == kept
    assert emoji_of(kept) == kept


@given(st.text())
def test_whatever_is_given_an_emoji_is_short_and_stays_itself(text: str) -> None:
    found = emoji_of(text)
    assert found is None or (len(found) <= 2 * LONGEST and emoji_of(found) == found)


# The summary.

THUMB, HEART = Reaction("👍", 1, (LENA,)), Reaction("❤️", 1, (EVA,))


def test_a_new_kind_comes_to_the_end_and_a_known_one_keeps_its_place() -> None:
    assert with_reaction((), THUMB) == (THUMB,)
    assert with_reaction((THUMB,), HEART) == (THUMB, HEART)
    more = Reaction("👍", 2, (EVA, LENA))
    assert with_reaction((THUMB, HEART), more) == (more, HEART)


def test_a_kind_that_nobody_is_left_with_is_gone() -> None:
    assert with_reaction((THUMB, HEART), Reaction("👍", 0, ())) == (HEART,)
    assert with_reaction((HEART,), Reaction("👍", 0, ())) == (HEART,)


def test_of_many_the_reader_is_named_where_they_reacted() -> None:
    crowd = Reaction("👍", 30, tuple(UserId(str(one)) for one in range(PEOPLE_KEPT)))
    assert is_complete_for((THUMB, HEART), EVA)
    assert not is_complete_for((crowd,), EVA)
    assert is_complete_for((crowd,), UserId("3"))
    (named,) = naming((crowd,), EVA, {"👍"})
    assert (named.count, named.people[0], len(named.people)) == (30, EVA, PEOPLE_KEPT)
    assert naming((crowd,), EVA, set()) == (crowd,)
    assert naming((THUMB,), LENA, {"👍"}) == (THUMB,)
