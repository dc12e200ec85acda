"""Constructors of more than four fields take keywords alone, so that a call says what each argument is."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.sources import ROOT, SERVER, offences, parsed

SOURCE = ROOT / "src"
MOST = 4
MOST_BY_POSITION = 2
"""In a constructor that is written by hand and takes more than `MOST`."""
HOT = {
    "hallway.domain.conversations.Member": "four for each message sent; keywords make it 2.18 microseconds instead of 1.60",
    "hallway.domain.conversations.Conversation": "three for each message sent; keywords make it 1.57 microseconds instead of 1.15",
}
"""Classes that are made by position, with what was measured (Python 3.11, the least of 600 rounds; over SQLite)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A class of the server: the fields that it adds, and whether they and what it does not inherit are taken by position."""

    name: str
    bases: tuple[str, ...]
    fields: tuple[str, ...]
    is_made_by_fields: bool
    is_kw_only: bool


def _declared(path: Path) -> Iterator[Declared]:
    module = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    tree = parsed(path)
    known = {alias.asname or alias.name: f"{origin}.{alias.name}" for origin, alias in _imported(tree)}
    known |= {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            decorators = [ast.unparse(one) for one in node.decorator_list if ast.unparse(one).startswith("dataclass")]
            words = [*decorators, *(f"{one.arg}={ast.unparse(one.value)}" for one in node.keywords)]
            yield Declared(
                name=f"{module}.{node.name}",
                bases=tuple(known.get(name, name) for name in map(ast.unparse, node.bases)),
                fields=tuple(_fields(node)),
                is_made_by_fields=bool(decorators),
                is_kw_only="kw_only=True" in " ".join(words),
            )


def _imported(tree: ast.Module) -> Iterator[tuple[str, ast.alias]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias) for alias in node.names)


def _fields(node: ast.ClassDef) -> Iterator[str]:
    for one in node.body:
        match one:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                is_made = value is None or "init=False" not in ast.unparse(value)
                if is_made and not ast.unparse(annotation).startswith("ClassVar"):
                    yield name
            case _:
                pass


@cache
def _classes() -> dict[str, Declared]:
    """All classes of the server, by their names."""
    return {one.name: one for path in SERVER for one in _declared(path)}


def _is_made_by_fields(one: Declared) -> bool:
    """Whether it is a dataclass or a msgspec Struct."""
    bases = (_classes()[base] for base in one.bases if base in _classes())
    return one.is_made_by_fields or "msgspec.Struct" in one.bases or any(map(_is_made_by_fields, bases))


def _lineage(one: Declared) -> Iterator[Declared]:
    """The class and all that it inherits from."""
    yield one
    for base in one.bases:
        if base in _classes():
            yield from _lineage(_classes()[base])


@cache
def _large() -> dict[str, Declared]:
    """The classes that are made of more than `MOST` fields."""
    made = (one for one in _classes().values() if _is_made_by_fields(one))
    return {one.name: one for one in made if len({name for each in _lineage(one) for name in each.fields}) > MOST}


def test_more_than_four_fields_are_given_by_name() -> None:
    by_position = {
        name: [each.name for each in _lineage(one) if each.fields and not each.is_kw_only]
        for name, one in _large().items()
        if name not in HOT
    }
    assert {name: classes for name, classes in by_position.items() if classes} == {}


def test_those_that_are_made_by_position_are_large() -> None:
    assert set(HOT) <= set(_large())
    assert not any(_classes()[name].is_kw_only for name in HOT)


def test_more_than_four_parameters_of_a_constructor_are_given_by_name() -> None:
    assert offences(SERVER, _given_by_position) == {}


def test_parameters_of_a_constructor_that_are_given_by_position_are_found() -> None:
    assert _given_by_position(ast.parse("class A:\n def __init__(self, a, b, c, d, e): ...")) == [5]
    assert _given_by_position(ast.parse("class A:\n def __init__(self, a, b, *, c, d, e): ...")) == []


def _given_by_position(tree: ast.Module) -> list[int]:
    """How many parameters the constructors with too many take by position."""
    found = (node.args for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__init__")
    counts = [len(one.posonlyargs) + len(one.args) - 1 for one in found if _parameters(one) > MOST]
    return [count for count in counts if count > MOST_BY_POSITION]


def _parameters(args: ast.arguments) -> int:
    """How many there are beside `self`."""
    return len(args.posonlyargs) + len(args.args) + len(args.kwonlyargs) - 1


def test_the_classes_are_found() -> None:
    assert {
        "hallway.domain.messages.Message",
        "hallway.transport.wire.me.Me",
        "hallway.usecases.notifications.compose.Facts",
    } <= set(_large())
