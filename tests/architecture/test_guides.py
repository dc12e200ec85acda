"""The guides tell the truth: settings, commands, columns, links and rules in them are those of the code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.main import get_command

from hallway.cli import cli
from hallway.domain.accounts import Mode
from hallway.domain.verdicts import EXPLANATIONS, Denial
from hallway.settings import PREFIX, Settings
from hallway.usecases.imports.columns import ALIASES, COLUMNS
from hallway.usecases.imports.sheets import ImportKind

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "hallway"
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]

LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?\)|\b(?:src|srcset|href)=\"([^\"]+)\"")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
SECTION = re.compile(r"^## (\d+)\. ", re.MULTILINE)
CITED = re.compile(r"§(\d+)")


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of the same or a higher level."""
    level = heading.split(" ", 1)[0].count("#")
    _, _, below = text.partition(f"\n{heading}\n")
    assert below, f"no heading {heading!r}"
    return re.split(rf"^#{{1,{level}}} ", below, maxsplit=1, flags=re.MULTILINE)[0]


def sections_of_the_rules() -> set[str]:
    return set(SECTION.findall(read("docs/rules.md")))


@pytest.mark.parametrize("field", msgspec.structs.fields(Settings), ids=lambda field: field.name)
def test_every_setting_stands_in_the_table_with_its_default(field: Any) -> None:
    default = msgspec.json.encode(
        field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    ).decode()
    row = f"| `{PREFIX}{field.name.upper()}` | `{field.name}` | `{default}` | "
    assert row in read("docs/settings.md")


def test_the_table_of_settings_names_no_other() -> None:
    rows = re.findall(rf"^\| `{PREFIX}\w+` \| `(\w+)`", read("docs/settings.md"), re.MULTILINE)
    assert rows == list(Settings.__struct_fields__)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_variable_of_ours_is_a_setting(page: Path) -> None:
    """An example that exports another one keeps its reader from starting Hallway."""
    known = {name.upper() for name in (*Settings.__struct_fields__, "config", "migrate_to")}
    assert set(re.findall(rf"\b{PREFIX}([A-Z_]*[A-Z])", page.read_text("utf-8"))) <= known


def commands(command: Any, name: str) -> Iterator[str]:
    """A command and those below it, as one types them."""
    below: dict[str, Any] = getattr(command, "commands", {})
    if not below:
        yield name
    for word, one in below.items():
        yield from commands(one, f"{name} {word}")


@pytest.mark.parametrize("command", list(commands(get_command(cli), "hallway")))
def test_every_command_is_named_in_a_guide(command: str) -> None:
    assert [page for page in PAGES if re.search(rf"\b{command}\b", page.read_text("utf-8"))]


@pytest.mark.parametrize("kind", ImportKind)
def test_every_column_of_an_import_is_told(kind: ImportKind) -> None:
    told = section(read("docs/people.md"), f"### {kind.value.capitalize()}")
    named = set(re.findall(r"^\| `([a-z]+)` \|", told, re.MULTILINE))
    needed = set(COLUMNS[kind].needed)
    assert named == set(COLUMNS[kind].known)
    assert set(re.findall(r"^\| `([a-z]+)` \| yes \|", told, re.MULTILINE)) == needed


def test_every_other_name_of_a_column_is_told() -> None:
    told = section(read("docs/people.md"), "### Other names for the columns")
    rows = re.findall(r"^\| `([a-z]+)` \| (.+) \|$", told, re.MULTILINE)
    assert {(alias, column) for column, names in rows for alias in re.findall(r"`([^`]+)`", names)} == set(
        ALIASES.items()
    )


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as the usual renderers make them."""
    headings = HEADING.findall(re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[str]:
    """The page's links and pictures that lead to somewhere in this repository."""
    for match in LINK.finditer(CODE.sub("", page.read_text("utf-8"))):
        target = match[1] or match[2]
        if not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    lost: list[str] = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        is_there = file.exists() and file.is_relative_to(ROOT)
        if not is_there or (anchor and anchor not in anchors(file)):
            lost.append(target)
    assert not lost


@pytest.mark.parametrize("denial", Denial)
def test_every_refusal_names_a_section_of_the_rules(denial: Denial) -> None:
    assert EXPLANATIONS[denial].rule.removeprefix("§") in sections_of_the_rules()


def test_every_section_that_the_code_cites_is_there() -> None:
    cited = {
        (str(file.relative_to(SOURCES)), number)
        for file in sorted(SOURCES.rglob("*.py"))
        for number in CITED.findall(file.read_text("utf-8"))
    }
    assert cited
    assert {(file, number) for file, number in cited if number not in sections_of_the_rules()} == set()


def test_the_rules_name_exactly_the_modes_there_are() -> None:
    (heading,) = re.findall(r"^## 3\. .+$", read("docs/rules.md"), re.MULTILINE)
    rows = re.findall(r"^\| `(\w+)`", section(read("docs/rules.md"), heading), re.MULTILINE)
    assert rows == [mode.value for mode in Mode]
