"""One measurement: a contender started anew on one core, the load on the other."""

import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.contenders import Contender, Server, hallway
from bench.daemons import Daemons
from bench.machine import pinned

SERVER, LOAD = 0, 1
"""The cores."""
PATIENCE = 900
"""Seconds that one measurement may take."""


def contender(name: str) -> Contender:
    """The module of that name."""
    return importlib.import_module(f"bench.contenders.{name}")  # type: ignore[return-value]


@contextmanager
def started(name: str, *, people: int) -> Iterator[Server]:
    """A contender in a folder of its own, until the measurement is over."""
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        Path(home).chmod(0o755)
        folder = Path(home) / name
        folder.mkdir()
        server = contender(name).start(folder, people=people, core=SERVER)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def over(folder: Path) -> Iterator[tuple[Server, float]]:
    """Hallway over a folder that is there already, and the seconds from its command to its first answer."""
    one = hallway.daemon(folder, f"sqlite:///{folder.absolute()}/hallway.db", core=SERVER)
    server = Daemons(folder, {"port": one.port})
    began = time.perf_counter()
    server.start(one)
    took = time.perf_counter() - began
    try:
        yield server, took
    finally:
        server.stop()


def loaded(name: str, server: Server, workload: str, **arguments: Any) -> dict[str, Any]:
    """What a workload measured against a started contender."""
    job = {"contender": name, "details": server.details, "workload": workload, "arguments": arguments}
    command = pinned([sys.executable, "-m", "bench.load"], LOAD)
    done = subprocess.run(
        command, input=json.dumps(job), stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(name: str, workload: str, *, people: int, **arguments: Any) -> dict[str, Any]:
    """The same against one that is started for it; `pids` are told to workloads that ask for them."""
    with started(name, people=people) as server:
        if workload in {"pairs", "idle"}:
            arguments["pids"] = list(server.pids())
        return loaded(name, server, workload, **arguments)


def killed(name: str, *, times: int, seconds: float) -> dict[str, Any]:
    """Kill -9 in the middle of W2, so many times over the same data: what was lost, and what is there twice."""
    pairs, stored, back = 20, [set[int]() for _ in range(20)], []
    with started(name, people=2 * pairs) as server:
        for run in range(times):
            moment = seconds + (run * 37 % 100) / 100
            given = {"pids": list(server.pids()), "pairs": pairs, "outstanding": 16, "seconds": moment, "run": run}
            for known, more in zip(stored, loaded(name, server, "broken", **given)["stored"], strict=True):
                known |= set(more)
            server.kill()
            began = time.perf_counter()
            server.again()
            back.append(time.perf_counter() - began)
        found = loaded(name, server, "found", pairs=pairs)["found"]
    return {
        "acknowledged": sum(map(len, stored)),
        "lost": sum(len(known - set(there)) for known, there in zip(stored, found, strict=True)),
        "doubled": sum(len(there) - len(set(there)) for there in found),
        "back": max(back),
    }
