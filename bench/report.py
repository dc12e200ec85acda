"""The table, in Markdown: plain text made from plain data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.figures import Figure, Figures
from bench.targets import Target

MET = {True: "met", False: "**not met**", None: ""}
BOUNDED = "†"
"""Marks a figure whose load had no time left."""


@dataclass(frozen=True)
class Column:
    """One value of a workload, in the unit that people read; `is_more_better` where contenders are compared by it."""

    key: str
    heading: str
    factor: float = 1
    is_more_better: bool | None = None


def _ms(key: str, heading: str, *, is_more_better: bool | None = None) -> Column:
    return Column(key, f"{heading}, ms", 1000, is_more_better)


_MORE, _LESS = True, False

COLUMNS: Mapping[str, Sequence[Column]] = {
    "W1": (
        _ms("heard_p50", "at the recipient p50", is_more_better=_LESS),
        _ms("heard_p99", "at the recipient p99"),
        _ms("stored_p50", "acknowledged p50"),
        _ms("stored_p99", "acknowledged p99"),
        _ms("commit_p50", "one commit p50"),
    ),
    "W2": (
        Column("many_per_second", "messages/s, 16 under way", 1, _MORE),
        Column("many_processor_seconds", "server's seconds for a million", 1e6),
        Column("one_per_second", "messages/s, 1 under way"),
        _ms("half_heard_p50", "at half of that rate p50"),
        _ms("half_heard_p99", "at half of that rate p99"),
        Column("lost", "lost"),
        Column("doubled", "doubled"),
        Column("many_load_busy", "load busy, %", 100),
    ),
    "W3": (
        Column("per_second", "deliveries/s", 1, _MORE),
        Column("processor_seconds", "server's seconds for a million", 1e6),
        _ms("last_p50", "at the last member p50"),
        Column("lost", "lost"),
        Column("doubled", "doubled"),
        Column("load_busy", "load busy, %", 100),
    ),
    "W4": (
        *(
            _ms(f"{size}_{key}_p50", f"{called} p50, {size}")
            for key, called in (("list", "list"), ("open", "open"))
            for size in ("small", "middle", "large")
        ),
        Column("start", "start-up, s"),
    ),
    "W5": (
        Column("bytes_1", "kB each, larger crowd", 1e-3, _LESS),
        Column("bytes_0", "kB each, smaller crowd", 1e-3),
        Column("empty", "MB, nobody there", 1e-6),
    ),
    "W6": (
        Column("kills", "kills a round"),
        Column("acknowledged", "acknowledged"),
        Column("lost", "lost"),
        Column("doubled", "doubled"),
        Column("recovery", "longest until it answers again, s"),
    ),
}
OURS = {"hallway", "hallway_room"}
"""Against whom the others are compared."""


def table(
    environment: Mapping[str, str], titles: Mapping[str, str], figures: Figures, targets: Iterable[Target], rounds: int
) -> str:
    """The whole page."""
    parts = [
        "# Hallway's benchmark",
        "\n".join(f"- {name}: {value}" for name, value in environment.items()),
        f"Each figure is the median of {rounds} interleaved rounds (least to most). {BOUNDED}: the load was the limit.",
        "## Targets",
        _markdown(["what", "wanted", "found", ""], [[*one[:3], MET[one.is_met]] for one in targets]),
    ]
    for workload, title in titles.items():
        parts += [f"## {workload}: {title}", _of_workload(workload, figures)]
    if figures.failures():
        parts += ["## Not measured", "\n".join(_failures(figures))]
    return "\n\n".join(parts) + "\n"


def _of_workload(workload: str, figures: Figures) -> str:
    columns = [one for one in COLUMNS[workload] if _is_known(figures, workload, one)]
    compared = next((one for one in columns if one.is_more_better is not None), None)
    heads = ["", *(one.heading for one in columns), *(["Hallway is"] if compared else [])]
    rows = [
        [name, *(cell(figures, workload, contender, one) for one in columns)]
        + ([ratio(figures, workload, contender, compared)] if compared else [])
        for contender, name in figures.names(workload).items()
    ]
    return _markdown(heads, rows)


def _is_known(figures: Figures, workload: str, column: Column) -> bool:
    return any(figures.of(workload, one, column.key) for one in figures.names(workload))


def cell(figures: Figures, workload: str, contender: str, column: Column) -> str:
    """`median (least to most)`, or nothing."""
    found = figures.figure(workload, contender, column.key)
    if found is None:
        return ""
    mark = BOUNDED if figures.is_bounded_by_load(workload, contender, column.key) else ""
    return _spread(found, column.factor) + mark


def _spread(found: Figure, factor: float) -> str:
    middle, least, most = (number(value * factor) for value in (found.median, found.least, found.most))
    return middle if least == most else f"{middle} ({least} to {most})"


def number(value: float) -> str:
    """Three digits that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"  # noqa: PLR2004 - as it says


def ratio(figures: Figures, workload: str, contender: str, column: Column) -> str:
    """How many times better Hallway is than this one."""
    (ours,) = OURS & figures.names(workload).keys() or {""}
    mine, other = (figures.median(workload, one, column.key) for one in (ours, contender))
    if mine is None or other is None or contender == ours or min(mine, other) <= 0:
        return ""
    return f"{number(mine / other if column.is_more_better else other / mine)} times as good"


def _failures(figures: Figures) -> Iterator[str]:
    for one in figures.failures():
        yield f"- {one.workload}, {one.name}, round {one.turn}: {one.reason}"


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(one)} |" for one in lines)
