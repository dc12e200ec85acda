"""Measure Hallway beside its bounds and, if asked, its peers, on the same work in the same run."""

import argparse
import importlib.util
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from math import ceil
from pathlib import Path
from subprocess import SubprocessError

from bench import plan, report
from bench.contenders import PEERS
from bench.environment import environment
from bench.figures import Figures, Sample
from bench.machine import allow_many_files
from bench.runs import LOAD_CORE, ROOT, contender
from bench.targets import Target, targets

KILLS = 10
MET = {True: "met", False: "NOT met", None: "not measured"}


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="also install and measure ejabberd, Prosody and Synapse")
    parser.add_argument("--phone", action="store_true", help="also measure the web client on a phone")
    parser.add_argument("--only", type=_words, default=[*plan.WORKLOADS], help="these workloads: W1,W2…")
    parser.add_argument("--contenders", type=_words, help="these contenders, by the names of their modules")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--seconds", type=float, help="how long each load lasts")
    parser.add_argument("--kills", type=int, default=KILLS, help="how often W6 kills, in all rounds together")
    parser.add_argument("--quick", action="store_true", help="everything small, to see that it works")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results", help="where table and plot go")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")  # noqa: S108
    return parser.parse_args()


def _words(text: str) -> list[str]:
    return text.split(",")


def main() -> None:
    """Install, measure, tell."""
    asked = options()
    allow_many_files()
    os.sched_setaffinity(0, {LOAD_CORE})
    size = _size(asked)
    where = environment(asked.disk)
    for name, value in where.items():
        print(f"{name}: {value}", flush=True)
    works = list(_works(asked))
    for one in dict.fromkeys(one for _, one in works):
        contender(one).install()
    samples: list[Sample] = []
    for turn in range(1, asked.rounds + 1):
        for workload, one in works:
            samples.append(_measured(workload, one, size, turn))
            print(f"round {turn} of {asked.rounds}, {_told(samples[-1])}", flush=True)
    figures = Figures(samples)
    _write(asked, where, figures, [*targets(figures), *_phone(asked)])


def _size(asked: argparse.Namespace) -> plan.Size:
    size = plan.quick(asked.disk) if asked.quick else plan.Size(asked.disk)
    size = size if asked.quick else replace(size, kills=ceil(asked.kills / asked.rounds))
    return size if asked.seconds is None else replace(size, seconds=asked.seconds)


def _works(asked: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Each workload with each of its contenders."""
    for workload in asked.only:
        for one in plan.WORKLOADS[workload].measures:
            if one in asked.contenders if asked.contenders else asked.peers or one not in PEERS:
                yield workload, one


def _measured(workload: str, one: str, size: plan.Size, turn: int) -> Sample:
    """A contender that fails does not keep the others from being measured."""
    name = contender(one).NAME
    try:
        return Sample(workload, one, name, turn, plan.WORKLOADS[workload].measures[one](one, size, turn))
    except (RuntimeError, OSError, SubprocessError) as failure:
        return Sample(workload, one, name, turn, failure=str(failure) or type(failure).__name__)


def _told(sample: Sample) -> str:
    """One line of progress, with what matters most."""
    told = f"{sample.workload}, {sample.name}: "
    if sample.failure:
        return f"{told}FAILED: {sample.reason}"
    columns = [one for one in report.COLUMNS[sample.workload] if one.key in sample.values]
    return told + ", ".join(f"{report.number(sample.values[one.key] * one.factor)} {one.heading}" for one in columns)


def _phone(asked: argparse.Namespace) -> list[Target]:
    if not asked.phone:
        return []
    from bench.phone import measure  # noqa: PLC0415 - it needs a browser, which nothing else here does

    return [Target(*row) for row in measure(asked.rounds)]


def _write(asked: argparse.Namespace, where: dict[str, str], figures: Figures, found: list[Target]) -> None:
    """The table, all samples, the picture; and the targets on the screen."""
    asked.out.mkdir(parents=True, exist_ok=True)
    titles = {one: plan.WORKLOADS[one].title for one in asked.only}
    table = report.table(where, titles, figures, found, asked.rounds)
    (asked.out / "table.md").write_text(table, "utf-8")
    kept = {
        "ground": where,
        "rounds": asked.rounds,
        "targets": [one._asdict() for one in found],
        "samples": [asdict(one) for one in figures.samples],
    }
    (asked.out / "results.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")
    if importlib.util.find_spec("matplotlib"):
        from bench.plot import plot  # noqa: PLC0415 - without the extra `bench` there is no picture

        plot(figures, asked.out / "plot.png")
    for one in found:
        print(f"{MET[one.is_met]:13} {one.what}: {one.found}, wanted {one.wanted}")
    print(f"\nThe whole table: {asked.out / 'table.md'}")


if __name__ == "__main__":
    main()
