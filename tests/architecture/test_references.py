"""The pages for those who build on and with Hallway name all that there is, and nothing that is not."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from hallway.domain.verdicts import EXPLANATIONS, Denial, Refused
from hallway.transport.errors import UnknownHost, problem
from hallway.transport.websocket import hub
from hallway.transport.wire import frames as wire_frames
from hallway.usecases.errors import Busy, Conflict, Invalid, NotFound, SignInFailed, TooMany
from hallway.usecases.transaction import StoreUnavailable

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "hallway"
INTEGRATORS = (DOCS / "integrators.md").read_text("utf-8")
SOCKET = (DOCS / "socket.md").read_text("utf-8")
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
WITH_PATHS = [DOCS / "architecture.md", DOCS / "contributors.md", *DECISIONS]
OURS = [*WITH_PATHS, DOCS / "integrators.md", DOCS / "socket.md", DOCS / "decisions" / "README.md"]

FIELD_PROBLEMS = {"Problem": 1, "FieldProblem": 1, "_bad": 0, "_bad_file": 0}
"""What makes the problem of a field, and at which place its code stands."""
WHOLE_PROBLEMS = {"Conflict": 0, "_document": 1}
ANSWERS = [
    Conflict("clash", ""),
    NotFound("user"),
    Invalid(),
    SignInFailed(),
    UnknownHost("here"),
    TooMany(1),
    Busy(),
    StoreUnavailable(""),
    RuntimeError(""),
]


# Codes.


def _section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    return re.split(r"^#+ ", page.partition(f"\n{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def _rows(section: str) -> list[list[str]]:
    """The cells of each line of a table, without its head."""
    lines = [line.strip("| \n").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return [cells for cells in lines if cells[0] not in {"code", "---"}]


def _codes(section: str) -> set[str]:
    return {code for cells in _rows(section) for code in re.findall(r"`(\w+)`", cells[0])}


def _calls(words: Mapping[str, int]) -> Iterator[str]:
    """The codes that the sources give to these, as they stand there; a loop over words gives each of them."""
    for path in SOURCE.rglob("*.py"):
        module = ast.parse(path.read_text("utf-8"))
        loops = {
            node.target.id: [one.value for one in node.iter.elts if isinstance(one, ast.Constant)]
            for node in ast.walk(module)
            if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and isinstance(node.iter, ast.Tuple)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words:
                place = words[node.func.id]
                yield from _texts(node.args[place], loops) if place < len(node.args) else ()


def _texts(node: ast.expr, loops: Mapping[str, list[Any]]) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Name(id=name)), ast.Constant(value=str(rest))]):
            return [f"{word}{rest}" for word in loops[name]]
        case _:
            return []


def _of_the_framework() -> set[str]:
    """The first of each pair of texts in the table of errors."""
    module = ast.parse((SOURCE / "transport" / "errors.py").read_text("utf-8"))
    pairs = [node.elts for node in ast.walk(module) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    return {
        one.value
        for one, other in pairs
        if isinstance(one, ast.Constant) and isinstance(other, ast.Constant) and isinstance(one.value, str)
    }


def test_every_code_of_an_answer_is_told_and_no_other() -> None:
    answered = set(_calls(WHOLE_PROBLEMS)) | _of_the_framework()
    assert {"key_reused", "email_in_use", "signed_out", "refused", "busy"} <= answered
    assert _codes(_section(INTEGRATORS, "### Codes")) == answered


@pytest.mark.parametrize("failure", ANSWERS, ids=lambda one: type(one).__name__)
def test_a_code_is_told_with_its_status(failure: Exception) -> None:
    document = problem(failure, "-")
    statuses = {cells[0].strip("`"): cells[1] for cells in _rows(_section(INTEGRATORS, "### Codes"))}
    assert statuses[document.code] == str(document.status)


def test_every_code_of_a_field_is_told_and_no_other() -> None:
    given = set(_calls(FIELD_PROBLEMS))
    assert {"empty", "unreadable", "not_a_cursor", "broken_xlsx"} <= given
    assert _codes(_section(INTEGRATORS, "### Field codes")) == given


@pytest.mark.parametrize("denial", Denial)
def test_every_denial_is_told_in_its_own_words(denial: Denial) -> None:
    explained = EXPLANATIONS[denial]
    row = [f"`{denial}`", explained.rule, explained.because, explained.remedy]
    assert row in _rows(_section(INTEGRATORS, "### Refusals by the rules"))
    assert problem(Refused(denial), "-").status == (413 if denial is Denial.FILE_TOO_LARGE else 403)


def test_no_denial_is_told_that_is_not() -> None:
    assert _codes(_section(INTEGRATORS, "### Refusals by the rules")) == set(Denial)


# Frames.

EXAMPLES = re.findall(r"^```json\n(.*?)^```", SOCKET, re.MULTILINE | re.DOTALL)
FRAMES = [*get_args(wire_frames.ClientFrame), *get_args(wire_frames.ServerFrame)]


def _tag(frame: Any) -> str:
    return str(frame.__struct_config__.tag)


def _decoded(example: str) -> list[Any]:
    """The frames of an example, which come all from one side: both sides have a frame called `typing`."""
    try:
        return _decoded_as(wire_frames.ClientFrame, example)
    except msgspec.ValidationError:
        return _decoded_as(wire_frames.ServerFrame, example)


def _decoded_as(side: Any, example: str) -> list[Any]:
    found = msgspec.json.decode(example, type=side | list[side], strict=True)
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_frame(example: str) -> None:
    assert _decoded(example)


@pytest.mark.parametrize("frame", FRAMES, ids=_tag)
def test_every_frame_has_its_heading_and_an_example_below(frame: Any) -> None:
    side = "## Frames to the server" if frame in get_args(wire_frames.ClientFrame) else "## Frames from the server"
    section = _section(SOCKET.partition(f"\n{side}\n")[2], f"### {_tag(frame)}")
    below = re.findall(r"^```json\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert frame in {type(one) for example in below for one in _decoded(example)}


def test_the_close_codes_are_those_of_the_hub() -> None:
    told = {cells[0]: cells[1] for cells in _rows(_section(SOCKET, "## How a connection ends"))}
    endings = {str(one.code): one.reason for one in vars(hub).values() if isinstance(one, hub.Ending)}
    assert endings.items() <= told.items()
    # Codes below are the protocol's own; a few of them come from the network or the server below us.
    assert {code for code in told if code.startswith("4")} <= endings.keys()


# Paths and pages.


@pytest.mark.parametrize("page", WITH_PATHS, ids=lambda one: one.name)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"(?<![\w/])(?:src/hallway|client/src|tests)/[\w./*-]*", page.read_text("utf-8"))
    missing = [path for path in named if not any(ROOT.glob(path.rstrip("/.")))]
    # What the build makes is in no commit.
    assert [path for path in missing if path != "src/hallway/web"] == []


@pytest.mark.parametrize("page", OURS, ids=lambda one: one.name)
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        file, _, anchor = target.partition("#")
        there = page.parent / file if file else page
        assert there.is_file(), target
        assert not anchor or anchor in _anchors(there.read_text("utf-8")), target


def _anchors(page: str) -> set[str]:
    """The headings as links name them."""
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


def test_every_decision_is_in_the_list_in_order_and_is_whole() -> None:
    listing = (DOCS / "decisions" / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \d{4} \| \[.*\]\((.*)\) \|$", listing, re.MULTILINE)
    assert listed == [path.name for path in DECISIONS]
    for path in DECISIONS:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name
