"""The sources that these tests look at. Each is parsed once, and one test looks at all of them: thousands of tests, one for
each file and question, would take longer to collect than to run.
"""

import ast
from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for room in ("src/hallway", "tests", "bench") for path in (ROOT / room).rglob("*.py"))
SERVER = [path for path in SOURCES if path.is_relative_to(ROOT / "src")]


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a source file."""
    return ast.parse(path.read_text("utf-8"))


def offences(paths: Iterable[Path], look: Callable[[ast.Module], Collection[object]]) -> dict[str, Collection[object]]:
    """Return what `look` finds in the files, by their paths; nothing where all is as it should be."""
    found = {path.relative_to(ROOT).as_posix(): look(parsed(path)) for path in paths}
    return {name: offence for name, offence in found.items() if offence}
