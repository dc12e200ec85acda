"""What holds of every source file: its size, its docstring, and that the rules know no library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "hallway"
LONGEST = 500
MODULES = {path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}
RULES = [name for name in MODULES if name.startswith("domain/")]


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 50
    assert "domain/permissions.py" in RULES


@pytest.mark.parametrize("name", MODULES)
def test_no_source_file_is_longer_than_one_wants_to_read(name: str) -> None:
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(_parsed(name))


@pytest.mark.parametrize("name", RULES)
def test_the_rules_import_the_standard_library_and_each_other_alone(name: str) -> None:
    for imported in _imports(_parsed(name)):
        is_own = imported == "hallway.domain" or imported.startswith("hallway.domain.")
        assert is_own or imported.partition(".")[0] in sys.stdlib_module_names, imported


@pytest.mark.parametrize("name", MODULES)
def test_what_is_replaced_is_named(name: str) -> None:
    """Fields that come from elsewhere by ** could be others than those that a rule has looked at."""
    assert _unnamed_replacements(_parsed(name)) == []


def test_an_unnamed_replacement_is_found() -> None:
    assert _unnamed_replacements(ast.parse("replace(one, name=name)\n'a'.replace('a', 'b')")) == []
    assert _unnamed_replacements(ast.parse("replace(one, **changes)\ndataclasses.replace(one, **changes)")) == [1, 2]


def _unnamed_replacements(module: ast.Module) -> list[int]:
    """The lines on which the fields that are replaced are not named."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    replacing = [one for one in calls if ast.unparse(one.func).rpartition(".")[2] == "replace"]
    return [one.lineno for one in replacing if any(word.arg is None for word in one.keywords)]


def _parsed(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text("utf-8"))


def _imports(module: ast.Module) -> Iterator[str]:
    """Every imported module, wherever the import stands; one that is relative counts as foreign."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
