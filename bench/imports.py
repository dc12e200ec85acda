"""How long a message takes while a file is imported: `python -m bench.imports`.

A file of people is uploaded, checked and applied, as `bench/meanwhile.py` says.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.meanwhile import Environment, compare
from bench.runs import room_on
from hallway.client import Client
from hallway.transport.wire import admin as wire_admin

LOOK_EVERY = 0.3
"""Seconds between two looks at an import, as the portal does."""


def import_people(owner: Client, lines: int, number: int) -> None:
    """Upload, check and apply a file of people who are not there yet."""
    rows = (f"Nora New,nora{number}x{line}@bench.example,nora{number}x{line},Learner" for line in range(lines))
    file = "\n".join(("name,email,login,title", *rows)).encode()
    job = owner.ask("POST", "/admin/imports", file, wire_admin.ImportJob, query={"kind": "users"})
    _wait(owner, job, "checking", "checked")
    owner.ask("POST", f"/admin/imports/{job.id}/apply")
    _wait(owner, job, "applying", "applied")


def _wait(owner: Client, job: wire_admin.ImportJob, state: str, following: str) -> None:
    while (shown := owner.ask("GET", f"/admin/imports/{job.id}", None, wire_admin.ImportJob)).state == state:
        time.sleep(LOOK_EVERY)
    assert shown.state == following, shown


def main(words: Sequence[str]) -> None:
    """Run all turns, and print them with their medians."""
    parser = argparse.ArgumentParser(description="How long a message takes while a file is imported.")
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"))  # noqa: S108 - a disk, where /tmp may be memory
    chosen = parser.parse_args(words)
    with room_on(chosen.disk) as folder:
        environment = Environment(folder, {})
        owner = environment.owner
        compare(environment, chosen.seconds, chosen.turns, lambda number: import_people(owner, chosen.lines, number))
        environment.close()


if __name__ == "__main__":
    main(sys.argv[1:])
