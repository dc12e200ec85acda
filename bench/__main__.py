"""`python -m bench`: measure Hallway beside its bounds and, with --peers, its peers; docs/benchmark.md explains."""

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench import report
from bench.machine import allow_many_files
from bench.plan import QUICK, WORKLOADS, Size
from bench.runs import contender

HERE = Path(__file__).parent


def main() -> None:
    """Contenders take turns: the first round of all, then the second of all."""
    words = argparse.ArgumentParser(prog="python -m bench", description="How fast Hallway is, beside others.")
    words.add_argument("--peers", action="store_true", help="install and run ejabberd, Prosody and Synapse as well")
    words.add_argument("--phone", action="store_true", help="measure the web client on a slow phone, and nothing else")
    words.add_argument("--only", default="", help="workloads that begin so, separated by commas: W1,W2")
    words.add_argument("--without", default="", help="contenders that are left out, separated by commas")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--kills", type=int, default=10, help="how often W6 kills the server")
    words.add_argument("--quick", action="store_true", help="small numbers, to see that all works")
    words.add_argument("--out", type=Path, default=HERE / "results")
    chosen = words.parse_args()
    if chosen.phone:
        from bench import phone  # noqa: PLC0415 - a browser is needed for this alone

        for row in phone.measure():
            print(row)
        return
    allow_many_files()
    size = QUICK if chosen.quick else Size(kills=chosen.kills)
    print(report.written(measure(chosen, size), chosen.out))


def measure(chosen: argparse.Namespace, size: Size) -> dict[str, dict[str, list[Any]]]:
    """All that is asked for; what has been measured is kept on the way."""
    results: dict[str, dict[str, list[Any]]] = {}
    for title, workload in WORKLOADS.items():
        if not title.startswith(tuple(chosen.only.split(","))):
            continue
        names = [*workload.contenders, *(workload.peers if chosen.peers else ())]
        names = [name for name in names if name not in chosen.without.split(",")]
        by_contender: defaultdict[str, list[Any]] = defaultdict(list)
        for turn in range(1 if workload.is_once else chosen.rounds):
            for name in names:
                contender(name).install()
                by_contender[name].append(workload.run(name, size))
                told = json.dumps(by_contender[name][-1])
                print(f"{title}, round {turn + 1}: {contender(name).NAME}: {told}", flush=True)
        results[title] = dict(by_contender)
    return results


if __name__ == "__main__":
    main()
