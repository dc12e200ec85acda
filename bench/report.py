"""Results as a table, as JSON, and as a picture."""

import json
import platform
from pathlib import Path
from statistics import median
from typing import Any

from bench.runs import contender
from bench.targets import Results, Target, judged


def written(results: Results, folder: Path) -> str:
    """Write `table.md`, `results.json` and, where there are rates, `plot.png`; the table is also the answer."""
    folder.mkdir(parents=True, exist_ok=True)
    text = table(results)
    (folder / "table.md").write_text(text, "utf-8")
    (folder / "results.json").write_text(json.dumps(results, indent=1), "utf-8")
    _draw(results, folder / "plot.png")
    return text


def table(results: Results) -> str:
    """Median (least to most) of each figure, then the targets."""
    machine = f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}"
    lines = [f"{machine}. Median (least to most) of the rounds."]
    for workload, by_contender in results.items():
        lines += ["", f"## {workload}", "", "| contender | figure | value | rounds |", "| --- | --- | ---: | ---: |"]
        for name, rounds in by_contender.items():
            lines += [
                f"| {contender(name).NAME} | {figure} | {_span([_flat(one)[figure] for one in rounds])} | {len(rounds)} |"
                for figure in _flat(rounds[0])
            ]
    lines += ["", "## Targets", "", "| what | wanted | measured | |", "| --- | --- | ---: | --- |"]
    lines += [_line(target) for target in judged(results)]
    return "\n".join(lines) + "\n"


def _flat(figures: Any, prefix: str = "") -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in figures.items():
        found |= _flat(value, f"{prefix}{name} ") if isinstance(value, dict) else {f"{prefix}{name}": float(value)}
    return found


def _span(values: list[float]) -> str:
    return f"{median(values):.4g} ({min(values):.4g} to {max(values):.4g})"


def _line(target: Target) -> str:
    value = "not measured" if target.value is None else f"{target.value:.3g}"
    verdict = {None: "", True: "met", False: "not met"}[target.is_met]
    return f"| {target.name} | {target.wanted} | {value} | {verdict} |"


def _draw(results: Results, file: Path) -> None:
    """Messages per second of W2 and deliveries of W3, on a logarithmic axis."""
    rates = {
        f"{workload}: {contender(name).NAME}": median(one["per_second"] for one in rounds)
        for workload, by_contender in results.items()
        for name, rounds in by_contender.items()
        if "per_second" in rounds[0]
    }
    if not rates:
        return
    import matplotlib as mpl  # noqa: PLC0415 - only whoever draws needs it

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415 - as above

    figure, axes = plt.subplots(figsize=(9, 1 + 0.35 * len(rates)), layout="constrained")
    bars = axes.barh(list(rates)[::-1], list(rates.values())[::-1], color="#3a6ea5")
    axes.bar_label(bars, fmt="{:,.0f}", padding=3)
    axes.set_xscale("log")
    axes.set_xlabel("a second")
    axes.margins(x=0.2)
    figure.savefig(file, dpi=120)
