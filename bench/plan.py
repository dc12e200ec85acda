"""What is measured: for each workload its contenders, and how it is run against one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bench import inserts, runs
from bench.library import library

HALLWAY, POSTGRES, ROOM = "hallway", "hallway_postgres", "hallway_room"
REDIS, ECHO = "redis_streams", "echo"
PEERS = ("ejabberd", "prosody", "prosody_postgres", "synapse")

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: for figures that count, or only to see that all works."""

    pairs: int = 100
    seconds: float = 4
    messages: int = 300
    members: int = 1_000
    lines: int = 10_000
    kills: int = 10
    libraries: tuple[tuple[int, int], ...] = ((10, 10_000), (1_000, 1_000_000), (50_000, 10_000_000))
    """Dialogs and messages."""


QUICK = Size(
    pairs=4,
    seconds=0.5,
    messages=20,
    members=20,
    lines=50,
    kills=1,
    libraries=((10, 1_000), (20, 2_000), (30, 3_000)),
)


def alone(name: str, size: Size) -> Figures:
    """W1, with one commit on this disk beside it."""
    return {**runs.measured(name, "alone", people=2, messages=size.messages), "commit": inserts.commit()}


def full(outstanding: int) -> Callable[[str, Size], Figures]:
    """W2, with so many messages under way for each pair. Slow peers get fewer pairs, and more time."""

    def run(name: str, size: Size) -> Figures:
        is_slow = name.startswith(("prosody", "synapse"))
        pairs = min(size.pairs, 10) if is_slow else size.pairs
        seconds = size.seconds * (5 if is_slow else 1)
        given = {"pairs": pairs, "outstanding": outstanding, "seconds": seconds}
        return runs.measured(name, "pairs", people=2 * pairs, **given)

    return run


def half(name: str, size: Size) -> Figures:
    """W2 at half of the rate that was just measured."""
    rate = full(16)(name, size)["per_second"] / 2
    given = {"pairs": size.pairs, "per_second": rate, "seconds": size.seconds}
    return {"rate": rate, **runs.measured(name, "paced", people=2 * size.pairs, **given)}


def room(name: str, size: Size) -> Figures:
    """W3."""
    return runs.measured(name, "room", people=size.members, members=size.members, seconds=size.seconds)


def reading(scale: int) -> Callable[[str, Size], Figures]:
    """W4 over a database of one size, and the time from the command to the first answer."""

    def run(name: str, size: Size) -> Figures:
        dialogs, messages = size.libraries[scale]
        with runs.over(library(dialogs, messages)) as (server, began):
            return {"start": began, **runs.loaded(name, server, "reading", requests=size.messages, dialogs=dialogs)}

    return run


def idle(name: str, size: Size) -> Figures:
    """W5; peers are asked for fewer, for each of their lines holds the more."""
    lines = size.lines if name == HALLWAY else min(size.lines, 500)
    return runs.measured(name, "idle", people=lines, lines=lines)


def killed(name: str, size: Size) -> Figures:
    """W6."""
    return runs.killed(name, times=size.kills, seconds=1)


@dataclass(frozen=True, slots=True)
class Workload:
    """One workload, its contenders, and the peers that have it."""

    run: Callable[[str, Size], Figures]
    contenders: tuple[str, ...]
    peers: tuple[str, ...] = ()
    is_once: bool = False
    """Whether one round tells enough."""


WORKLOADS: Mapping[str, Workload] = {
    "W1": Workload(alone, (HALLWAY, ECHO, REDIS), PEERS),
    "W2 with 1": Workload(full(1), (HALLWAY, POSTGRES, REDIS), PEERS),
    "W2 with 16": Workload(full(16), (HALLWAY, POSTGRES, REDIS, ECHO), PEERS),
    "W2 at half": Workload(half, (HALLWAY,)),
    "W3": Workload(room, (ROOM, ECHO, REDIS), ("ejabberd",)),
    "W4 small": Workload(reading(0), (HALLWAY,)),
    "W4 middle": Workload(reading(1), (HALLWAY,)),
    "W4 large": Workload(reading(2), (HALLWAY,)),
    "W5": Workload(idle, (HALLWAY,), ("ejabberd", "prosody"), is_once=True),
    "W6": Workload(killed, (HALLWAY,), is_once=True),
}
