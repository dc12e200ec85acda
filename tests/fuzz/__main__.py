"""Hunts for inputs that parsers stumble over: `python -m tests.fuzz [PARSER…] [--seconds 120]`, for each one.

What is found lies in `tests/fuzz/failed/PARSER/` afterwards, and from then on is tried with the everyday tests. What the
hunt learned by the way is kept in `.fuzz/`, which is in no commit, so that the next one goes on from there.
"""

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.parsers import PARSERS
from tests.fuzz.seeds import FAILED

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".fuzz"
SKIPPED = 77
MOST_FINDS = 5
"""Of one parser at a time; after that somebody should look at them."""


@dataclass(slots=True)
class Hunt:
    """What came of one parser's."""

    tried: int = 0
    finds: tuple[Path, ...] = ()


def main() -> int:
    """Hunt for each parser that is asked for, and say what was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("parsers", nargs="*", metavar="PARSER", help=", ".join(PARSERS))
    asked.add_argument("--seconds", type=int, default=120, help="for each parser")
    options = asked.parse_args()
    if find_spec("atheris") is None:
        print("NOT HUNTED: atheris is not to be had for this platform.")
        return SKIPPED
    hunts = {name: hunt(name, options.seconds) for name in options.parsers or PARSERS}
    for name, one in hunts.items():
        print(f"{name}: {one.tried} inputs tried, {len(one.finds)} found.")
        for find in one.finds:
            print(f"  {find.relative_to(ROOT)}")
    return 1 if any(one.finds for one in hunts.values()) else 0


def hunt(name: str, seconds: int) -> Hunt:
    """Hunt for so long, again after each find."""
    found = Hunt()
    until = time.monotonic() + seconds
    while (left := int(until - time.monotonic())) > 0 and len(found.finds) < MOST_FINDS:
        command = [sys.executable, "-m", "tests.fuzz.hunt", name, str(KEPT / name), str(left)]
        made = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, errors="replace")
        found.tried += sum(map(int, re.findall(r"stat::number_of_executed_units: (\d+)", made.stdout + made.stderr)))
        new = tuple(kept(name))
        if made.returncode and not new:
            sys.exit(f"{made.stderr[-4_000:]}\nThe hunt for {name} did not begin.")
        for find in new:
            print(f"{name}: found {find.relative_to(ROOT)}\n{reason(made.stderr)}", flush=True)
        found.finds += new
    return found


def kept(name: str) -> Iterator[Path]:
    """Move what was found to where it is tried from now on."""
    for find in sorted((KEPT / name / "finds").glob("*")):
        place = FAILED / name / find.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(find, place)
        yield place


def reason(said: str) -> str:
    """The end of what Python said of it."""
    lines = [line for line in said.splitlines() if line.strip()]
    ends = next((number for number, line in enumerate(lines) if line.startswith("==")), len(lines))
    return "\n".join(lines[max(0, ends - 6) : ends])


if __name__ == "__main__":
    sys.exit(main())
