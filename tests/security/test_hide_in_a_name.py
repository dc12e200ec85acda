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


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b", "\u2060\u00a0", "\u200e", "\u3164", "\u2800", "\ufe0f", "\u00ad\u034f"]
)
def test_a_name_that_nobody_sees_is_none(name: str) -> None:
    problem = fields.name("name", name)
    assert problem is not None
    assert problem.code == "empty"


@pytest.mark.parametrize("unseen", ["\u200b", "\u3164", "\u2800", "\ufe0f\u200d", "\u00ad"])
def test_a_title_or_a_text_that_nobody_sees_is_refused(unseen: str) -> None:
    problems = fields.title("title", unseen), fields.prose("description", unseen), fields.lessons("lessons", [unseen])
    assert [one and one.code for one in problems] == ["unprintable"] * 3
    assert fields.title("title", f"Shift planner{unseen}") is None
    assert fields.title("title", "") is None
    assert fields.prose("description", "\n") is None


@pytest.mark.parametrize(
    "address",
    [
        "\u200bada@x.example",
        "ada@x.example\u200e",
        "a\u00adda@x.example",
        "ada@x\u200b.example",  # IDNA drops it: mail would go to x.example
        "ada@x\u00ad.example",
        "ada@x.exam\ufe0fple",
        "ada\u3164@x.example",
        "ada@x.example,",
        "<ada@x.example>",
        "Ada <ada@x.example>",
        "mailto:ada@x.example",
        "a..da@x.example",
        "ada@x..example",
        "ada @x.example",
        "ada@-x.example",
    ],
)
def test_an_address_that_looks_like_another_one_is_refused(address: str) -> None:
    problem = fields.email("email", address)
    assert problem is not None
    assert problem.code == "not_an_email"


@pytest.mark.parametrize(
    "address", ["ada@x.example", "ada@b\u00fccher.example", "\u0430\u0434\u0430@\u043f\u043e\u0447\u0442\u0430.example"]
)
def test_an_address_in_any_script_is_taken(address: str) -> None:
    assert fields.email("email", address) is None


@pytest.mark.parametrize("login", ["\u3164\u3164", "ada\u3164", "\u115fada", "ada\uffa0"])
def test_a_login_has_no_letters_that_nobody_sees(login: str) -> None:
    problem = fields.login("login", login)
    assert problem is not None
    assert problem.code == "not_a_login"


def test_texts_of_several_lines_have_lines_and_no_controls() -> None:
    assert fields.prose("description", "One\n\tTwo 👩‍🏫") is None
    assert fields.prose("description", "One\x00") is not None
    assert fields.prose("description", "a" * 4001) is not None


def test_a_stranger_s_text_keeps_what_people_wrote() -> None:
    assert cleaned("One\r\n\tTwo\x00\x1b[31m\x0bThree\u2029\u202eFour\ud800") == "One\n\tTwo[31m\nThree\nFour"
    assert cleaned("سلام \u200fعلی‌رضا 👩‍🏫") == "سلام \u200fعلی‌رضا 👩‍🏫"
    assert cleaned_line("One\r\n Two\t\u202eThree\u2066") == "One Two Three"
