"""What is measured: the workloads, who takes part in each, and how large it is."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.archives import archive
from bench.contenders import BOUNDS, HALLWAY, PEERS, UNINDEXED, hallway
from bench.daemons import Daemons
from bench.kills import killed
from bench.machine import pinned
from bench.runs import ROOT, SERVER_CORE, Values, room_on, served, serving

EVERYBODY = (*HALLWAY, *UNINDEXED, *BOUNDS, *PEERS)
ARCHIVES = ("small", "middle", "large")
OUTSTANDING = 16
BEHIND_THE_NEXT_COMMIT = 2
"""While one half of what is under way is committed, the other half waits: so large are Hallway's batches."""
MANY_RUN, HALF_RUN = 3_000_000, 6_000_000
"""From these numbers on each pair sends in the second and the third part of W2."""


@dataclass(frozen=True)
class Size:
    """How large the workloads are, and where the databases lie."""

    disk: Path
    seconds: float = 10
    pairs: int = 100
    members: int = 1_000
    idlers: tuple[int, int] = (2_000, 10_000)
    archives: Sequence[tuple[int, int]] = ((10, 10_000), (1_000, 1_000_000), (50_000, 10_000_000))
    """Dialogs and messages, of the three in `ARCHIVES`."""
    requests: int = 300
    kills: int = 4
    """In each round."""


Measure = Callable[[str, Size, int], Values]
"""What a contender, by name, was measured in a round, by number."""


def quick(disk: Path) -> Size:
    """So small that everything is tried in minutes; the figures mean nothing."""
    return Size(disk, 1, 10, 50, (100, 300), ((10, 1_000), (100, 10_000), (1_000, 100_000)), 50, 2)


def one_pair(name: str, size: Size, _: int) -> Values:
    """W1."""
    with served(name, people=2, disk=size.disk) as one:
        return one.watched("pairs", pairs=1, outstanding=1, seconds=size.seconds)


def one_commit(_name: str, size: Size, _: int) -> Values:
    """W1's bound: a row in a commit of its own."""
    return _inserts(size, 1)


def many_pairs(name: str, size: Size, _: int) -> Values:
    """W2: one message each under way, then many, then half as many as that brought."""
    with served(name, people=2 * size.pairs, disk=size.disk) as one:
        few = one.watched("pairs", pairs=size.pairs, outstanding=1, seconds=size.seconds)
        many = one.watched("pairs", pairs=size.pairs, outstanding=OUTSTANDING, seconds=size.seconds, first=MANY_RUN)
        rate = many["per_second"] / 2
        half = one.watched("paced", pairs=size.pairs, per_second=rate, seconds=size.seconds, first=HALF_RUN)
    wrong = {key: few[key] + many[key] + half[key] for key in ("lost", "doubled")}
    return {**_called("one", few), **_called("many", many), **_called("half", half), **wrong}


def batched_commits(_name: str, size: Size, _: int) -> Values:
    """W2's bound."""
    few, many = (size.pairs * each // BEHIND_THE_NEXT_COMMIT for each in (1, OUTSTANDING))
    return {**_called("one", _inserts(size, few)), **_called("many", _inserts(size, many))}


def room(name: str, size: Size, _: int) -> Values:
    """W3."""
    with served(name, people=size.members, disk=size.disk) as one:
        return one.watched("room", members=size.members, outstanding=OUTSTANDING, seconds=size.seconds)


def screens(name: str, size: Size, _: int) -> Values:
    """W4, and the start-up on the largest archive."""
    found: Values = {}
    for called, (dialogs, messages) in zip(ARCHIVES, size.archives, strict=True):
        database = archive(size.disk / "hallway-bench-archives", dialogs=dialogs, messages=messages)
        began = time.perf_counter()
        with serving(name, lambda folder, file=database: _over(folder, file), size.disk) as one:
            found["start"] = time.perf_counter() - began
            found |= _called(called, one.load("screens", dialogs=dialogs, requests=size.requests))
    return found


def _over(folder: Path, database: Path) -> Daemons:
    with Daemons(folder, {}) as server:
        hallway.serve(server, f"sqlite:///{database.absolute()}", SERVER_CORE)
    return server


def idlers(name: str, size: Size, _: int) -> Values:
    """W5."""
    with served(name, people=max(size.idlers), disk=size.disk) as one:
        return one.watched("idlers", counts=size.idlers)


def kills(name: str, size: Size, turn: int) -> Values:
    """W6."""
    with served(name, people=2 * size.pairs * size.kills, disk=size.disk) as one:
        return killed(one, times=size.kills, pairs=size.pairs, seed=turn)


def _inserts(size: Size, batch: int) -> Values:
    with room_on(size.disk) as folder:
        words = [sys.executable, "-m", "bench.contenders.inserts", str(folder), str(batch), str(size.seconds / 2)]
        done = subprocess.run(pinned(words, SERVER_CORE), capture_output=True, text=True, check=True, cwd=ROOT)
    values: Values = json.loads(done.stdout)
    return values


def _called(name: str, values: Values) -> Values:
    return {f"{name}_{key}": value for key, value in values.items()}


@dataclass(frozen=True)
class Workload:
    """One of W1 to W6, and how each contender that can do it is measured."""

    title: str
    measures: Mapping[str, Measure]


WORKLOADS: Mapping[str, Workload] = {
    "W1": Workload("one pair, one message at a time", {**dict.fromkeys(EVERYBODY, one_pair), "inserts": one_commit}),
    "W2": Workload("many pairs", {**dict.fromkeys(EVERYBODY, many_pairs), "inserts": batched_commits}),
    "W3": Workload("a conversation of many members", dict.fromkeys(("hallway_room", *BOUNDS, *PEERS), room)),
    "W4": Workload("the list and the opening of a chat, as the archive grows", {"hallway": screens}),
    "W5": Workload("memory of idle connections", dict.fromkeys(("hallway", *BOUNDS, *PEERS), idlers)),
    "W6": Workload("kill -9 in the middle of W2", dict.fromkeys(HALLWAY, kills)),
}
