"""Pin every package that runs, builds and tests Hallway, by its version and the hashes of its files.

What is pinned stays as it is until somebody asks for newer ones, so a new dependency changes its own lines alone. The
largest set is resolved first and binds the others: a package has one version, wherever it is used.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = Path("supply/locks")
GROUPS = {"test": ("build", "bench", "test"), "build": ("build",), "run": ()}
"""The groups of pyproject.toml in each lock, the largest first. All but `build` hold what Hallway itself needs, too."""
OLDEST = "3.11"
COMMAND = "python3 run.py lock"
"""What the head of each file says, instead of the words given to the tool."""


def lock(upgrades: Sequence[str] = (), *, upgrade_all: bool = False) -> None:
    """Write the lock files anew from pyproject.toml; of what is pinned, change only the packages named."""
    newer = ["--upgrade"] if upgrade_all else [word for name in upgrades for word in ("--upgrade-package", name)]
    for name in GROUPS:
        bound = [] if name == "test" else ["--constraints", str(LOCKS / "test.txt")]
        subprocess.run([*compiler(name), *bound, *newer], cwd=ROOT, check=True)


def compiler(name: str) -> list[str]:
    """The command that resolves one set for every platform and every Python that Hallway supports."""
    uv = Path(sys.executable).parent / "uv"
    sources = [] if name == "build" else ["pyproject.toml"]
    groups = [word for group in GROUPS[name] for word in ("--group", group)]
    everywhere = ["--universal", "--python-version", OLDEST, "--generate-hashes"]
    plain = ["--quiet", "--no-config", "--no-emit-index-url", "--no-emit-find-links"]
    written = ["--custom-compile-command", COMMAND, "--output-file", str(LOCKS / f"{name}.txt")]
    return [str(uv), "pip", "compile", *sources, *groups, *everywhere, *plain, *written]
