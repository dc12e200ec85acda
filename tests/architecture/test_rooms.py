"""What holds of every source file: its size, its docstring, and that the rules know no library."""

import ast
import sys
from collections.abc import Iterator

from tests.architecture.sources import ROOT, SERVER, offences, parsed

LONGEST = 500
DOMAIN = ROOT / "src" / "hallway" / "domain"
RULES = [path for path in SERVER if path.is_relative_to(DOMAIN)]


def test_there_is_something_to_look_at() -> None:
    assert len(SERVER) > 50
    assert DOMAIN / "permissions.py" in RULES


def test_no_source_file_is_longer_than_one_wants_to_read() -> None:
    assert [path for path in SERVER if len(path.read_text("utf-8").splitlines()) > LONGEST] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path in SERVER if not ast.get_docstring(parsed(path))] == []


def test_the_rules_import_the_standard_library_and_each_other_alone() -> None:
    assert offences(RULES, lambda tree: [name for name in _imports(tree) if _is_foreign(name)]) == {}


def test_a_library_among_the_rules_is_found() -> None:
    tree = ast.parse("import re\nimport msgspec\nfrom hallway.domain.ids import new\nfrom hallway.usecases import me")
    assert [name for name in _imports(tree) if _is_foreign(name)] == ["msgspec", "hallway.usecases"]


def _is_foreign(imported: str) -> bool:
    is_own = imported == "hallway.domain" or imported.startswith("hallway.domain.")
    return not is_own and imported.partition(".")[0] not in sys.stdlib_module_names


def test_what_is_replaced_is_named() -> None:
    """Fields that come from elsewhere by ** could be others than those that a rule has looked at."""
    assert offences(SERVER, _unnamed_replacements) == {}


def test_an_unnamed_replacement_is_found() -> None:
    assert _unnamed_replacements(ast.parse("replace(one, name=name)\n'a'.replace('a', 'b')")) == []
    assert _unnamed_replacements(ast.parse("replace(one, **changes)\ndataclasses.replace(one, **changes)")) == [1, 2]


def _unnamed_replacements(module: ast.Module) -> list[int]:
    """The lines on which the fields that are replaced are not named."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    replacing = [one for one in calls if ast.unparse(one.func).rpartition(".")[2] == "replace"]
    return [one.lineno for one in replacing if any(word.arg is None for word in one.keywords)]


def _imports(module: ast.Module) -> Iterator[str]:
    """Every imported module, wherever the import stands; one that is relative counts as foreign."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
