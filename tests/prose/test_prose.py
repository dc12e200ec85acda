"""The linter for prose: it finds each fault that it has a rule for, leaves its good twin alone, and ends accordingly."""

from pathlib import Path

import pytest

from tests.prose.__main__ import PAGES, main
from tests.prose.rules import OURS, faults

BAD = [
    ("replaced", "The postman looks every minute."),
    ("headless-who", "Who reads too slowly is cut."),
    ("headless-who", "It works.\nWho misses a number asks\nwhat happened."),
    ("preposition-who", "They go to who asked."),
    ("whoever", "It is taken by whoever comes first."),
    ("so-many", "It ends after so many seconds."),
    ("is-to-be", "Each person is to be told once."),
    ("one-for-a-thing", "Workers begin anew. One that cannot begin ends."),
    ("oneself", "It changes one's own password."),
    ("twice-the-same", "This is the\nthe end."),
    ("redundancy", "It is absolutely essential."),
]
GOOD = [
    "Who may write to whom changed.",
    "Who reads this page?",
    "The notification worker looks every minute.",
    "It tells about who may write to whom.",
    "A person who reads too slowly is disconnected.",
    "There are so many that it takes a while.",
    "One exception for each way to fail.",
    "The rule has to be short.",
    "The rules say that that is refused.",
    "# Hallway\n\nHallway carries messages.",
]


@pytest.mark.parametrize(("rule", "sentence"), BAD)
def test_a_bad_sentence_is_found(rule: str, sentence: str) -> None:
    assert rule in {one.rule.split(".")[0] for one in faults(sentence)}


@pytest.mark.parametrize("sentence", GOOD)
def test_a_good_sentence_is_left_alone(sentence: str) -> None:
    assert list(faults(sentence)) == []


def test_each_of_our_rules_has_a_bad_sentence() -> None:
    assert {rule for rule, _ in BAD} >= set(OURS)


@pytest.mark.parametrize(
    "text",
    ["`so many`", "```\nso many\n```", "<!-- so many -->", "[here](so-many.md)", "*so many*", "`one's\nown`"],
    ids=["code", "lines of code", "a comment", "an address", "a mention", "code over two lines"],
)
def test_what_is_no_prose_is_left_alone(text: str) -> None:
    assert list(faults(f"Hallway says {text} here.")) == []


def test_a_fault_is_shown_where_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n\nIt waits for\nso many seconds.\n", "utf-8")
    assert main([str(page)]) == 1
    assert capsys.readouterr().out == f"{page}:4: so-many: 'so many': Say that many, or how many.\n"


def test_a_page_without_a_fault_passes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n\nIt waits for ten seconds.\n", "utf-8")
    assert main([str(page)]) == 0


def test_every_page_is_read() -> None:
    assert {"README.md", "CHANGELOG.md", "SECURITY.md", "rules.md"} <= {one.name for one in PAGES}
