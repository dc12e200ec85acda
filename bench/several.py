"""What several processes cost and bring over one PostgreSQL: `python -m bench.several`.

Everything runs on one core and the load on the other, as in all other workloads, so two processes cannot show here that
two cores carry twice as much. What can be counted is what a message costs the processes, by the kernel's clock and
without PostgreSQL: so many cores carry so many of them. People are connected to the processes evenly, as a balancer does
it. Two that share a core and nothing else are measured as well: by how much each is dearer for the other's sake is no
matter of Hallway. W1's one pair is connected to two processes, of which the second has the load's core: it has little to do.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.contenders import hallway_several
from bench.contenders.hallway_several import NATS
from bench.runs import LOAD_CORE, SERVER_CORE, Served, Values, room_on

PAIRS, OUTSTANDING, MEMBERS = 100, 16, 1_000
ALONE, LISTEN = "in-process", "postgresql"
"""The broker of processes that know nothing of each other, where pairs are not parted, and PostgreSQL's own."""


def one_pair(processes: int, broker: str, disk: Path, length: float) -> Values:
    """W1: milliseconds until the recipient has a message, at the median."""
    cores = (SERVER_CORE, LOAD_CORE)[:processes]
    found = _measured("pairs", disk, cores, broker, people=2, pairs=1, outstanding=1, seconds=length)
    return {
        "acknowledged p50, ms": 1000 * found["stored_p50"],
        "at the recipient p50, ms": 1000 * found["heard_p50"],
        "lost": found["lost"],
    }


def many_pairs(processes: int, broker: str, disk: Path, length: float) -> Values:
    """W2, with as many pairs for each process: what a message costs Hallway's processes, without PostgreSQL."""
    load = {"pairs": PAIRS * processes, "outstanding": OUTSTANDING, "seconds": length}
    found = _measured("pairs", disk, [SERVER_CORE] * processes, broker, people=2 * PAIRS * processes, **load)
    return {
        "microseconds of Hallway's processors a message": 1e6 * found["processor_seconds"],
        "messages/s, all on one core": found["per_second"],
        "lost": found["lost"],
    }


def room(processes: int, broker: str, disk: Path, length: float) -> Values:
    """W3: a conversation whose members are spread over the processes."""
    load = {"members": MEMBERS, "outstanding": OUTSTANDING, "seconds": length}
    found = _measured("room", disk, [SERVER_CORE] * processes, broker, **load)
    return {
        "microseconds of Hallway's processors a delivery": 1e6 * found["processor_seconds"],
        "deliveries/s, all on one core": found["per_second"],
        "lost": found["lost"],
    }


Measure = Callable[[int, str, Path, float], Values]
PLAN: Mapping[str, tuple[Measure, Sequence[tuple[int, str]]]] = {
    "W1": (one_pair, ((1, ALONE), (2, LISTEN), (2, NATS))),
    "W2": (many_pairs, ((1, ALONE), (2, ALONE), (2, LISTEN), (2, NATS))),
    "W3": (room, ((1, ALONE), (3, LISTEN), (3, NATS))),
}
"""Each workload with the numbers of processes, and the brokers, that it is run with."""


def _measured(
    workload: str, disk: Path, cores: Sequence[int], broker: str, *, people: int = 0, **load: float
) -> Values:
    members = int(load.get("members", 0))
    with room_on(disk) as folder:
        servers, ours = hallway_several.start(folder, cores=cores, broker=broker, people=people, members=members)
        try:
            if broker == ALONE:
                servers.details["further"] = 0
            elif load.get("pairs") == 1:
                servers.details["further"] = 1
            one = Served("hallway_several", hallway_several, servers)
            return one.load(workload, pids=[pid for daemon in ours for pid in daemon.pids()], **load)
        finally:
            servers.stop()


def main(words: Sequence[str]) -> None:
    """Run all, in turn, and print the medians."""
    parser = argparse.ArgumentParser(description="What several processes cost and bring over one PostgreSQL.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"))  # noqa: S108 - a disk, where /tmp may be memory
    parser.add_argument("--only", choices=PLAN)
    chosen = parser.parse_args(words)
    hallway_several.install()
    for name, (measure, ways) in PLAN.items():
        if chosen.only in {None, name}:
            found: dict[tuple[int, str], list[Values]] = {way: [] for way in ways}
            for _ in range(chosen.rounds):
                for way in ways:
                    found[way].append(measure(*way, chosen.disk, chosen.seconds))
            for way, values in found.items():
                _tell(name, way, values)


def _tell(name: str, way: tuple[int, str], values: Sequence[Values]) -> None:
    processes, broker = way
    for key in values[0]:
        each = sorted(one[key] for one in values)
        line = f"{name}, {processes} with {broker:10} {key:50} {median(each):10.1f} ({each[0]:.1f} to {each[-1]:.1f})"
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
