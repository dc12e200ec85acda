"""One contender at a time: started anew on its core, with the load's process on the other."""

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.contenders import Contender, Server
from bench.machine import pinned

ROOT = Path(__file__).parents[1]
SERVER_CORE, LOAD_CORE = 0, 1
PATIENCE = 1800
"""Seconds that one load may take; some peers let in ten people a second."""

Values = dict[str, float]
"""What one workload measured, in seconds, bytes and pieces."""


def contender(name: str) -> Contender:
    """The module of that name."""
    found: Any = importlib.import_module(f"bench.contenders.{name}")
    return found


@dataclass(frozen=True)
class Served:
    """A contender whose server runs."""

    name: str
    contender: Contender
    server: Server

    def load(self, workload: str, **arguments: Any) -> Values:
        """What a workload measured against it."""
        job = {"contender": self.name, "details": self.server.details, "workload": workload, "arguments": arguments}
        command = pinned([sys.executable, "-m", "bench.load"], LOAD_CORE)
        done = subprocess.run(
            command, input=json.dumps(job), capture_output=True, text=True, check=True, cwd=ROOT, timeout=PATIENCE
        )
        values: dict[str, Any] = json.loads(done.stdout)
        if "failure" in values:
            raise RuntimeError(values["failure"])
        return values

    def watched(self, workload: str, **arguments: Any) -> Values:
        """The same for a workload that looks at the server's processes."""
        return self.load(workload, pids=list(self.server.pids()), **arguments)


@contextmanager
def served(name: str, *, people: int, disk: Path) -> Iterator[Served]:
    """A contender in a new folder on the disk, until its work is done."""
    with serving(name, lambda folder: contender(name).start(folder, people=people, core=SERVER_CORE), disk) as one:
        yield one


@contextmanager
def serving(name: str, start: Callable[[Path], Server], disk: Path) -> Iterator[Served]:
    """The same, started in a way of its own."""
    with room_on(disk) as folder:
        server = start(folder)
        try:
            yield Served(name, contender(name), server)
        finally:
            server.stop()


@contextmanager
def room_on(disk: Path) -> Iterator[Path]:
    """An empty folder of its own that other users may pass through; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hallway-bench-", dir=disk) as home:
        Path(home).chmod(0o755)
        folder = Path(home) / "contender"
        folder.mkdir()
        yield folder
