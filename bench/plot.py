"""The picture: one bar for each contender in each workload, from the least to the most of its rounds."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from bench.contenders import BOUNDS, HALLWAY, UNINDEXED
from bench.figures import Figures
from bench.report import OURS

PANELS: Mapping[str, tuple[str, str, float]] = {
    "W1: send to recipient, median, ms": ("W1", "heard_p50", 1000),
    "W2: messages a second, 16 under way": ("W2", "many_per_second", 1),
    "W3: deliveries a second": ("W3", "per_second", 1),
    "W5: kB per idle connection": ("W5", "bytes_1", 1e-3),
}
COLOURS = {"ours": "#2f6f5e", "bound": "#c9a227", "peer": "#8a94a6"}


def plot(figures: Figures, path: Path) -> None:
    """Draw all workloads that were measured."""
    drawings: list[Callable[[Any], None]] = [
        lambda axes, title=title, panel=panel: _bars(axes, figures, title, *panel)
        for title, panel in PANELS.items()
        if any(figures.of(panel[0], one, panel[1]) for one in figures.names(panel[0]))
    ]
    if figures.names("W4"):
        drawings.append(lambda axes: _curves(axes, figures))
    if not drawings:
        return
    picture = Figure(figsize=(9, 2.6 * len(drawings)), layout="constrained")
    places = picture.subplots(len(drawings), squeeze=False)
    for draw, axes in zip(drawings, places[:, 0], strict=True):
        draw(axes)
    picture.savefig(path, dpi=120)


def _bars(axes: Any, figures: Figures, title: str, workload: str, key: str, factor: float) -> None:
    known = {one: name for one, name in figures.names(workload).items() if figures.of(workload, one, key)}
    for place, (one, name) in enumerate(known.items()):
        found = figures.figure(workload, one, key)
        assert found is not None
        middle, least, most = (value * factor for value in (found.median, found.least, found.most))
        axes.barh(place, middle, xerr=[[middle - least], [most - middle]], color=_colour(one), label=name)
        axes.annotate(f" {middle:,.3g}" if middle < 100 else f" {middle:,.0f}", (most, place), va="center", fontsize=8)  # noqa: PLR2004
    axes.set_yticks(range(len(known)), known.values(), fontsize=8)
    axes.set_xscale("log")
    axes.margins(x=0.15)
    axes.invert_yaxis()
    axes.set_title(title, fontsize=10, loc="left")


def _colour(contender: str) -> str:
    if contender in {*OURS, *HALLWAY, *UNINDEXED}:
        return COLOURS["ours"]
    return COLOURS["bound"] if contender in {*BOUNDS, "inserts"} else COLOURS["peer"]


def _curves(axes: Any, figures: Figures) -> None:
    sizes = ("small", "middle", "large")
    for key, name, style in (("list_p50", "the list", "o-"), ("open_p50", "opening a chat", "s--")):
        found = [figures.median("W4", "hallway", f"{size}_{key}") or 0 for size in sizes]
        axes.plot(sizes, [value * 1000 for value in found], style, color=COLOURS["ours"], label=name)
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=8)
    axes.set_title("W4: median, ms, as the archive grows", fontsize=10, loc="left")
