"""What becomes of a draft when a device writes: of two that write at once no text is lost (rules §17)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.drafts import MOST_OTHERS, Writing, revised
from hallway.domain.ids import CourseId

LAPTOP, PHONE = "From the laptop", "On the phone"
COURSE = CourseId("00000000-0000-7000-8000-0000000000d1")


def _texts(writing: Writing | None) -> list[str]:
    return [] if writing is None else [writing.text, *writing.others]


def test_a_device_that_knows_the_present_draft_says_what_it_is_from_now_on() -> None:
    kept = Writing(text=LAPTOP, others=(PHONE,), reply_to=1)
    written = Writing(text="Both", reply_to=2, course_id=COURSE)
    assert revised(kept, written, is_current=True) == written
    assert revised(kept, replace(written, others=(PHONE,)), is_current=True) == replace(written, others=(PHONE,))


def test_one_that_knows_an_older_draft_adds_its_text_and_takes_nothing_away() -> None:
    kept = Writing(text=LAPTOP, others=("Before",), reply_to=1)
    now = revised(kept, Writing(text=PHONE, others=("Gone",), reply_to=2), is_current=False)
    assert now == Writing(text=LAPTOP, others=("Before", PHONE), reply_to=1)


@pytest.mark.parametrize("text", ["", "  \n", LAPTOP, "From the", "Be"])
def test_an_older_device_with_nothing_new_changes_nothing(text: str) -> None:
    kept = Writing(text=LAPTOP, others=("Before",))
    assert revised(kept, Writing(text=text), is_current=False) is kept


def test_a_text_that_goes_on_where_another_ends_stays_alone() -> None:
    kept = Writing(text=LAPTOP, others=("Before",))
    longer, later = Writing(text=f"{LAPTOP}, at noon"), Writing(text="Before noon")
    assert _texts(revised(kept, longer, is_current=False)) == [longer.text, "Before"]
    assert _texts(revised(kept, later, is_current=False)) == [LAPTOP, "Before noon"]


@pytest.mark.parametrize("is_current", [True, False])
def test_after_the_draft_was_sent_a_late_device_begins_one_of_its_own_text_alone(is_current: bool) -> None:
    assert revised(None, Writing(text=PHONE, others=(LAPTOP,)), is_current=is_current) == Writing(text=PHONE)
    assert revised(None, Writing(text=" ", others=(LAPTOP,)), is_current=is_current) is None


def test_nothing_is_left_without_any_text() -> None:
    kept = Writing(text=LAPTOP, others=(PHONE,))
    assert revised(kept, Writing(text=" "), is_current=True) is None
    assert revised(kept, Writing(text=" ", others=(" ", "")), is_current=True) is None
    assert _texts(revised(kept, Writing(text="", others=(PHONE,)), is_current=True)) == ["", PHONE]


def test_of_too_many_texts_the_oldest_goes() -> None:
    now: Writing | None = Writing(text=LAPTOP)
    for number in range(MOST_OTHERS + 2):
        now = revised(now, Writing(text=f"{number} of many"), is_current=False)
    assert _texts(now) == [LAPTOP, *(f"{number} of many" for number in range(2, MOST_OTHERS + 2))]


TEXTS = st.text("ab ", max_size=4)
WRITINGS = st.builds(Writing, text=TEXTS, others=st.lists(TEXTS, max_size=MOST_OTHERS - 1).map(tuple))


@given(WRITINGS, WRITINGS)
def test_no_text_of_two_devices_is_lost(kept: Writing, written: Writing) -> None:
    before = revised(Writing(text="c"), kept, is_current=True)
    after = _texts(revised(before, written, is_current=False))
    assert all(any(now.startswith(one) for now in after) for one in [*_texts(before), written.text] if one.strip())
    assert len(set(after)) == len(after) <= MOST_OTHERS + 1
    assert revised(before, written, is_current=False) == revised(
        revised(before, written, is_current=False), written, is_current=False
    )
