"""How long a message takes while four people upload files: `python -m bench.uploads`.

Each uploads a file from a process of its own, at the pace of its line, as `bench/meanwhile.py` says.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from io import RawIOBase
from pathlib import Path
from typing import IO, cast

from bench.contenders.hallway import secret
from bench.machine import pinned
from bench.meanwhile import OWNER, Environment, compare
from bench.runs import LOAD_CORE, ROOT, room_on
from hallway.client import Client
from hallway.transport.wire import admin as wire_admin

PEOPLE = 4
FIRST = OWNER // 2
"""The number of the first of those who upload."""
MEGABYTE = 1_000_000


class SlowFile(RawIOBase):
    """A file of random bytes that is read as slowly as a line carries it."""

    def __init__(self, size: int, per_second: float) -> None:
        """Begin now; `per_second` in bytes."""
        self._size, self._per_second = size, per_second
        self._at, self._began = 0, time.monotonic()
        self._noise = os.urandom(MEGABYTE)

    def seek(self, at: int, _: int = 0) -> int:
        """Go on there."""
        self._at = at
        return at

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes once the line would have carried them."""
        size = min(size, self._size - self._at)
        self._at += size
        time.sleep(max(0.0, self._began + self._at / self._per_second - time.monotonic()))
        return (self._noise * (size // MEGABYTE + 1))[:size]


def upload(address: str, person: int, megabytes: int, per_second: float) -> None:
    """Upload one file; it is what each process does."""
    os.nice(19)  # those who write are not to wait for this core
    size = megabytes * MEGABYTE
    with closing(Client(address, token=secret(person))) as client:
        content = cast("IO[bytes]", SlowFile(size, per_second * MEGABYTE))
        assert client.upload("Lecture.bin", content, size).state == "ready"


def all_upload(address: str, megabytes: int, per_second: float) -> None:
    """Let all of them upload at the same time, and wait."""
    arguments = [address, str(megabytes), str(per_second)]
    processes = [
        subprocess.Popen(
            pinned([sys.executable, "-m", "bench.uploads", "--as-person", str(FIRST + one), *arguments], LOAD_CORE),
            cwd=ROOT,
        )
        for one in range(PEOPLE)
    ]
    assert [one.wait() for one in processes] == [0] * PEOPLE


def main(words: Sequence[str]) -> None:
    """Run all turns, and print them with their medians; with `--as-person` upload one file."""
    parser = argparse.ArgumentParser(description="How long a message takes while four people upload files.")
    parser.add_argument("--megabytes", type=int, default=256, help="Of each file.")
    parser.add_argument("--per-second", type=float, default=12.5, help="Megabytes of each line; 12.5 is 100 Mbit/s.")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"))  # noqa: S108 - a disk, where /tmp may be memory
    parser.add_argument("--as-person", nargs=4, help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.as_person:
        person, address, megabytes, per_second = chosen.as_person
        upload(address, int(person), int(megabytes), float(per_second))
        return
    with room_on(chosen.disk) as folder:
        environment = Environment(folder, {})
        largest = wire_admin.SettingsChange(largest_file=2 * chosen.megabytes * MEGABYTE)
        environment.owner.ask("PATCH", "/admin/settings", largest)
        address, megabytes, per_second = environment.address, chosen.megabytes, chosen.per_second
        compare(environment, chosen.seconds, chosen.turns, lambda _: all_upload(address, megabytes, per_second))
        environment.close()


if __name__ == "__main__":
    main(sys.argv[1:])
