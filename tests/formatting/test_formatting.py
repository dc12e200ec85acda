"""The small Markdown of messages: the golden cases, what a mail makes of it, and texts that are meant to do harm."""

import json
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.formatting.addresses import addresses, host_of
from hallway.formatting.parsing import is_marked, parse
from hallway.formatting.writing import html, plain
from tests.formatting.compact import compact

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "golden" / "cases.json").read_text("utf-8"))

TAGS = {"p", "b", "i", "code", "pre", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"style", "dir", "href", "rel", "value"}


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["name"])
def test_a_golden_case(case: dict[str, Any]) -> None:
    assert compact(parse(case["text"])) == case["tree"]
    assert plain(case["text"]) == case["plain"]
    assert plain(case["text"], with_addresses=True) == case.get("mail", case["plain"])


class _Reader(HTMLParser):
    """Holds HTML to the few tags of a mail, each closed where it should be, and keeps its words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        href = dict(attrs).get("href")
        assert href is None or href.lower().startswith(("https://", "http://", "mailto:"))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(text: str) -> str:
    reader = _Reader()
    reader.feed(html(text))
    reader.close()
    assert not reader.open
    return reader.text


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["name"])
def test_a_mail_has_a_few_tags_alone(case: dict[str, Any]) -> None:
    _read(case["text"])


MARKS = st.lists(
    st.sampled_from(
        [
            *(
                "*",
                "**",
                "_",
                "__",
                "`",
                "```\n",
                "$",
                "$$",
                "[",
                "](",
                ")",
                "- ",
                "1. ",
                "> ",
                "\n",
                "\n\n",
                "  ",
                " ",
                "\\",
            ),
            *(
                "a",
                "b c",
                "é",
                "中",
                "\u0627",
                "<b>",
                "&amp;",
                '"',
                "'",
                "https://a.example/b",
                "x@a.example",
                "[x](https://a.example)",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKS)
def test_nothing_but_marks_is_lost(text: str) -> None:
    def letters(said: str) -> str:
        return "".join(one for one in said if one.isalpha())

    said = plain(text, with_addresses=True)
    assert letters(said) == letters(text)
    _read(text)


@given(st.text(max_size=60))
def test_any_text_can_be_written_for_a_mail(text: str) -> None:
    _read(text)
    plain(text)


@given(st.text(alphabet="abc é中\u0627\n.,:;!?()'\"<&0", max_size=60))
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    assert not is_marked(text)
    assert plain(text) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stars", "*" * 10_000),
        ("underscores", "_a" * 5_000),
        ("quotes", "> " * 4_000 + "a"),
        ("lists", "- a\n" * 2_500),
        ("lists in lists", "".join("  " * depth + "- a\n" for depth in range(80))),
        ("brackets", "[" * 10_000),
        ("links in links", "[a](http://b " * 700),
        ("dollars", "$a " * 3_000),
        ("emphasis that nothing closes", "*a **b " * 1_400),
        ("fences", "```\n" * 2_500),
        ("formulas", "$$\na\n" * 1_600),
        ("addresses", "*https://a.b/" * 700),
        ("signs at the end of an address", "*a* https://a.b/" + "." * 9_000),
    ],
    ids=lambda one: one if len(one) < 40 else "",
)
def test_hostile_texts_take_no_long_time(name: str, text: str) -> None:
    assert is_marked(text), name
    began = time.perf_counter()
    html(text)
    plain(text)
    assert time.perf_counter() - began < 1.5


def test_a_text_that_is_longer_than_any_message_is_left_alone() -> None:
    assert plain("**a** " * 5_000) == "**a** " * 5_000


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("https://example.org/a", "example.org"),
        ("HTTPS://EXAMPLE.ORG:8443", "example.org"),
        ("https://a@b@example.org", "example.org"),
        ("https://пример.рф/a", "xn--e1afmkfd.xn--p1ai"),
        ("https://\uff45xample\u3002org", "example.org"),
        ("https://[::1]/a", "[::1]"),
        ("https://127.0.0.1", "127.0.0.1"),
        ("https://1.2.3.999", ""),
        ("https://example.org:99999", ""),
        ("https://example.org:x", ""),
        ("https://[::x]/", ""),
        ("https://", ""),
        ("https://%zz/", ""),
        ("ftp://example.org", ""),
    ],
)
def test_the_host_is_the_one_that_a_browser_goes_to(href: str, host: str) -> None:
    assert host_of(href) == host


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a today", ["https://example.org/a"]),
        ("(see https://example.org/Exit_(building)).", ["https://example.org/Exit_(building)"]),
        ("看www.example.org。", ["https://www.example.org"]),
        (
            "почта@пример.рф",
            ["mailto:%D0%BF%D0%BE%D1%87%D1%82%D0%B0@%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84"],
        ),
        ("javascript:alert(1) www..org awww.example.org ftp://www.example.org eva@mail", []),
        ("https://ja.wikipedia.org/wiki/ジョン・スミス, etc.", ["https://ja.wikipedia.org/wiki/ジョン・スミス"]),
    ],
)
def test_addresses_are_those_that_the_web_client_finds(text: str, found: list[str]) -> None:
    assert [one.href for one in addresses(text)] == found
