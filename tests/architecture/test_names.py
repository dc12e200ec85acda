"""Names are the field's standard terms: no word that the glossary replaced comes back, and newcomers find behaviours."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, SERVER, SOURCES, offences

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")

REPLACED = {
    "desk": "store (`AsyncStore`)",
    "knock": "credentials",
    "asker": "current actor, requester",
    "parcel": "envelope",
    "carrier": "pub/sub",
    "postman": "notification worker",
    "mailroom": "inbound mail",
    "inlet": "mail source",
    "courier": "notification channel",
    "fate": "delivery status",
    "tally": "statistics",
    "crew": "supervisor",
    "porch": "entry",
    "weather": "faults",
    "outlet": "target, target_id",
}
"""Words that no name may have, in any meaning, with what to say."""

REPLACED_IN_SERVER = {
    **dict.fromkeys(["tell", "told", "telling"], "publish (an event), notify (a person), log, report, note"),
    "place": "position (in a list), span (of a match), index, key, path",
}
"""Words that no class, function or argument of the server may have; what is called so in the store and on the wire is a field."""
HAS_ITS_PLAIN_MEANING = {"_is_out_of_place"}
"""A letter that stands where none may; where a database lies."""

REPLACED_NAMES = {
    **dict.fromkeys(["Door", "AtDoor"], "AppContext"),
    **dict.fromkeys(["Line", "Lines"], "WebSocketSession, SessionRegistry, ChatListItem"),
    "Letter": "Notification",
    "Pace": "RateLimiter",
    "Between": "ClusterBroker",
    "Whole": "FullCodec",
    "ByIds": "ReferenceCodec",
    "Words": "Locale",
    "Tops": "ListPositions",
    "Healing": "Resync",
    "Notice": "NotificationState",
    "Place": "MemberKey, Span",
}
"""Classes of the server whose word is fine elsewhere."""

REPLACED_MODULES = {
    "replies",
    "documents",
    "present",
    "words",
    "web",
    "foreseen",
    "starter",
    "arrivals",
    "moments",
    "doors",
    "notices",
}
"""Modules of the server that are called something else now; `domain/arrivals.py` is about people who come in."""
IS_FINE = {"domain/arrivals.py"}

BEHAVIOURS = [
    "who may start a chat",
    "who may go on writing",
    "who may manage whom",
    "who hears of an event",
    "what the list of chats shows",
    "how a message is numbered and stored",
    "what is asked after a lost connection",
    "when somebody who is away is notified",
    "the mail's subject",
    "how a push is sent",
    "rate limit of sign-in",
    "rate limit of messages",
    "what a refusal says over HTTP",
    "which columns an import knows",
    "what the audit log records",
    "how long things are kept",
]


_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _names(tree: ast.Module) -> Iterator[str]:
    """Names of classes, functions and arguments."""
    for node in ast.walk(tree):
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg


@cache
def _segments(name: str) -> set[str]:
    """The words of a name, in small letters and the singular."""
    return {one.lower().removesuffix("s") for one in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def _replaced(name: str) -> str | None:
    """What should be said for a name, if it should be another one. A test's name is a sentence of its own."""
    if name.startswith("test_"):
        return None
    return next((say for word, say in REPLACED.items() if word in _segments(name)), None)


@pytest.mark.parametrize("name", ["AsyncDesk", "_desk", "read_parcels", "Fate"])
def test_a_replaced_word_is_found(name: str) -> None:
    assert _replaced(name)


@pytest.mark.parametrize("name", ["desktop", "line_of", "notice_id", "fated", "AsyncStore"])
def test_other_words_are_left_alone(name: str) -> None:
    assert _replaced(name) is None


def test_no_name_bears_a_word_that_the_glossary_replaced() -> None:
    assert offences(SOURCES, lambda tree: {name: _replaced(name) for name in _names(tree) if _replaced(name)}) == {}
    assert [path for path in SOURCES if _replaced(path.stem.removeprefix("test_"))] == []


def test_no_class_of_the_server_has_a_replaced_name() -> None:
    def replaced(tree: ast.Module) -> set[str]:
        return {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)} & REPLACED_NAMES.keys()

    assert offences(SERVER, replaced) == {}


def test_no_name_of_the_server_bears_a_word_with_many_meanings() -> None:
    def replaced(tree: ast.Module) -> set[str]:
        names = set(_names(tree)) - HAS_ITS_PLAIN_MEANING
        return {name for name in names if not _segments(name).isdisjoint(REPLACED_IN_SERVER)}

    assert offences(SERVER, replaced) == {}


def test_no_module_of_the_server_has_a_replaced_name() -> None:
    found = [
        path.relative_to(ROOT / "src" / "hallway").as_posix() for path in SOURCES if path.is_relative_to(ROOT / "src")
    ]
    assert {name for name in found if Path(name).stem in REPLACED_MODULES} == IS_FINE


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_newcomer_finds_where_a_behaviour_lives(behaviour: str) -> None:
    row = re.search(rf"^\| {re.escape(behaviour)} \| `([\w/.]+)` \| `(\w+)` \|$", ARCHITECTURE, re.MULTILINE)
    assert row, f"docs/architecture.md says nothing of: {behaviour}"
    tree = ast.parse((ROOT / row[1]).read_text("utf-8"))
    assert row[2] in {
        node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }


HEADLESS = re.compile(
    r"(?:Who|Whom|Whose|What|Which|How|Where|When|So many|One|Those|As|By|In|On|At|Of|The same|Nothing|Nobody|Everything|Everybody|Everyone|All|"
    r"Again|From|For|Before|After|It|Its|Not|No|Only|Also|Their)\b"
)
"""Beginnings of a docstring that does not say what a function does, in the imperative (PEP 257)."""


@pytest.mark.parametrize("text", ["Who may write.", "So many more.", "As above.", "One user.", "The same, later."])
def test_a_headless_docstring_is_found(text: str) -> None:
    assert HEADLESS.match(text)


@pytest.mark.parametrize("text", ["Return who may write.", "Withdraw a link.", "Ask again.", "Allow one more."])
def test_a_docstring_that_says_what_is_done_is_left_alone(text: str) -> None:
    assert HEADLESS.match(text) is None


def test_a_docstring_begins_with_what_its_function_does() -> None:
    def headless(tree: ast.Module) -> list[str]:
        functions = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
        described = ((one.name, ast.get_docstring(one) or "") for one in functions if not _is_property(one))
        return [name for name, text in described if HEADLESS.match(text)]

    assert offences(SERVER, headless) == {}


def _is_property(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id in {"property", "cached_property"} for one in node.decorator_list)
