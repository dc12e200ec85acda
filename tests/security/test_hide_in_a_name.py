"""Somebody writes signs into a name that nobody sees, that turn around what stands beside them, or that a database refuses."""

import pytest

from hallway.domain.text import cleaned, cleaned_line
from hallway.usecases import fields

HIDDEN = [
    "\x00",
    "\x07",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9b",
    "\ud800",
    "\n",
    "\r",
    "\t",
    "\u2028",
    "\u202e",
    "\u202a",
    "\u2066",
]
SHOWN = ["Zoë", "Nguyễn", "علی‌رضا", "\u200fמאיה", "👩‍🏫 Maya", "O’Neil", "王小明", "Ann-Marie"]  # noqa: RUF001 - names of people


@pytest.mark.parametrize("sign", HIDDEN)
def test_what_cannot_be_shown_is_refused_in_names_and_titles(sign: str) -> None:
    for check in (fields.name, fields.title):
        problem = check("name", f"Ma{sign}ya")
        assert problem is not None
        assert problem.code in {"unprintable", "not_a_name"}
    assert fields.login("login", f"ma{sign}ya") is not None
    assert fields.email("email", f"ma{sign}ya@x.example") is not None


@pytest.mark.parametrize("name", SHOWN)
def test_a_name_of_a_person_is_taken(name: str) -> None:
    assert fields.name("name", name) is None


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u2060\u00a0", "\u200e"])
def test_a_name_that_nobody_sees_is_none(name: str) -> None:
    problem = fields.name("name", name)
    assert problem is not None
    assert problem.code == "empty"


def test_texts_of_several_lines_have_lines_and_no_controls() -> None:
    assert fields.prose("description", "One\n\tTwo 👩‍🏫") is None
    assert fields.prose("description", "One\x00") is not None
    assert fields.prose("description", "a" * 4001) is not None


def test_a_stranger_s_text_keeps_what_people_wrote() -> None:
    assert cleaned("One\r\n\tTwo\x00\x1b[31m\x0bThree\u2029\u202eFour\ud800") == "One\n\tTwo[31m\nThree\nFour"
    assert cleaned("سلام \u200fعلی‌رضا 👩‍🏫") == "سلام \u200fعلی‌رضا 👩‍🏫"
    assert cleaned_line("One\r\n Two\t\u202eThree\u2066") == "One Two Three"
