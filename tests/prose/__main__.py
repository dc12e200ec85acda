"""Check the English of the docs: `python -m tests.prose`, or of some pages: `python -m tests.prose docs/people.md`."""

import sys
from pathlib import Path

from tests.prose.rules import faults

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def main(words: list[str]) -> int:
    """Print what is wrong. Answers 1 where something is."""
    found = [(page, one) for page in map(Path, words or PAGES) for one in faults(page.read_text("utf-8"))]
    for page, one in found:
        print(f"{page}:{one.line}: {one.rule}: {one.said!r}: {one.advice}")  # noqa: T201 - it speaks to the terminal
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
