"""`python -m bench.phone [--runs 3] [--json FILE]`: measure, print the table, and keep every run's values."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from bench.phone import measured
from bench.phone.handset import SLOW_4G, SLOWER
from bench.runs import ROOT

MET = {True: "met", False: "NOT met", None: ""}
ENVIRONMENT = (
    f"A phone of 390 x 844 points, three pixels each; {SLOWER} times slower processor; slow 4G as in Lighthouse: "
    f"{SLOW_4G['latency']} ms for each request, 1.6 Mbit/s down, 750 kbit/s up; nothing in the cache. "
    "Chromium draws without a graphics processor here."
)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m bench.phone", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often; the table shows median, least and most")
    parser.add_argument(
        "--json", type=Path, default=ROOT / "bench" / "results" / "phone.json", help="where the values go"
    )
    chosen = parser.parse_args()
    found = measured(chosen.runs)
    print(ENVIRONMENT)
    print("| what | target | median (least to most) | |", "| --- | --- | --- | --- |", sep="\n")
    for name, target, value, is_met in (figure.row() for figure in found.values()):
        print(f"| {name} | {target} | {value} | {MET[is_met]} |")
    kept = {"ground": ENVIRONMENT, "figures": [asdict(figure) | {"met": figure.is_met()} for figure in found.values()]}
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
