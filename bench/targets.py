"""The targets: each a comparison of figures of the same run. Ratios are those of the medians."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bench.contenders import HALLWAY, PEERS
from bench.figures import Figures

ON_POSTGRES = ("ejabberd", "prosody_postgres", "synapse")
NOT_MEASURED = "not measured"


class Target(NamedTuple):
    """A row of the table: what, what is wanted, what was found, and whether that is met (None: not measured)."""

    what: str
    wanted: str
    found: str
    is_met: bool | None


Named = tuple[str, float | None]
"""Whose value it is, and the value, if it was measured."""


def targets(figures: Figures) -> list[Target]:
    """All of them, in the order of the workloads."""
    return [
        *_sending(figures),
        *_waiting(figures),
        *_room(figures),
        *_screens(figures),
        *_memory(figures),
        *_kept(figures),
    ]


def _sending(figures: Figures) -> Iterator[Target]:
    key = "many_per_second"
    mine, over_postgres = (figures.median("W2", one, key) for one in HALLWAY)
    redis = _of(figures, "W2", "redis_streams", key)
    what = "W2, messages a second, 16 under way, SQLite"
    yield _at_least(what, 15, mine, _best(figures, "W2", PEERS, key, max))
    yield _at_least(what, 0.5, mine, redis)
    yield _at_least(f"{what} (moonshot)", 1, mine, redis)
    yield _at_least(
        what.replace("SQLite", "PostgreSQL"), 10, over_postgres, _best(figures, "W2", ON_POSTGRES, key, max)
    )


def _waiting(figures: Figures) -> Iterator[Target]:
    what = "W1, from sending to the recipient, median"
    mine = figures.median("W1", "hallway", "heard_p50")
    yield _at_most(what, 1, mine, _best(figures, "W1", PEERS, "heard_p50", min), milliseconds)
    commit, round_trip = figures.median("W1", "inserts", "commit_p50"), figures.median("W1", "echo", "stored_p50")
    both = None if commit is None or round_trip is None else commit + round_trip
    yield _at_most(what, 1.5, mine, ("(one commit + one round trip)", both), milliseconds)
    what = "W2 at half of the full rate, 99th percentile"
    usual = figures.median("W2", "hallway", "half_heard_p50")
    yield _at_most(what, 5, figures.median("W2", "hallway", "half_heard_p99"), ("its median", usual), milliseconds)


def _room(figures: Figures) -> Iterator[Target]:
    what, key = "W3, deliveries a second", "per_second"
    mine = figures.median("W3", "hallway_room", key)
    yield _at_least(what, 10, mine, _best(figures, "W3", PEERS, key, max))
    yield _at_least(what, 0.6, mine, _of(figures, "W3", "echo", key))


def _screens(figures: Figures) -> Iterator[Target]:
    for what, key in (("the list", "list_p50"), ("opening a chat", "open_p50")):
        small, large = (figures.median("W4", "hallway", f"{size}_{key}") for size in ("small", "large"))
        yield _at_most(f"W4, {what}, largest archive", 1.3, large, ("on the smallest archive", small), milliseconds)
    start = figures.median("W4", "hallway", "start")
    yield _below("W4, from the command to the first answer, largest archive", 1.5, start, seconds)


def _memory(figures: Figures) -> Iterator[Target]:
    what, key = "W5, memory per idle connection, the larger crowd", "bytes_1"
    mine = figures.median("W5", "hallway", key)
    yield _below(what, 24_000, mine, kilobytes)
    yield _below(f"{what} (stretch)", 12_000, mine, kilobytes)
    yield _at_most(what, 1, mine, _best(figures, "W5", PEERS, key, min), kilobytes)


def _kept(figures: Figures) -> Iterator[Target]:
    for one, called in zip(HALLWAY, ("SQLite", "PostgreSQL"), strict=True):
        what, wanted = f"W6, acknowledged messages after kill -9, {called}", "0 lost, 0 doubled"
        kills, acknowledged, lost, doubled = (
            sum(figures.of("W6", one, key)) for key in ("kills", "acknowledged", "lost", "doubled")
        )
        found = f"{lost:.0f} lost, {doubled:.0f} doubled of {acknowledged:,.0f} in {kills:.0f} kills"
        yield Target(what, wanted, found, lost + doubled == 0) if kills else Target(what, wanted, NOT_MEASURED, None)


def _of(figures: Figures, workload: str, contender: str, key: str) -> Named:
    return figures.names(workload).get(contender, contender), figures.median(workload, contender, key)


def _best(figures: Figures, workload: str, among: Sequence[str], key: str, choose: Callable[..., float]) -> Named:
    """The best of those that were measured."""
    found = {name: value for name, value in (_of(figures, workload, one, key) for one in among) if value is not None}
    if not found:
        return "the best peer", None
    best = choose(found.values())
    return next(f"the best peer, {name}" for name, value in found.items() if value == best), best


def _at_least(what: str, factor: float, mine: float | None, other: Named) -> Target:
    name, theirs = other
    if mine is None or theirs is None:
        return Target(what, f"≥ {factor:g} times {name}", NOT_MEASURED, None)
    found = f"{mine / theirs:.2f} times ({mine:,.0f} to {theirs:,.0f})"
    return Target(what, f"≥ {factor:g} times {name}", found, mine >= factor * theirs)


def _at_most(what: str, factor: float, mine: float | None, other: Named, told: Callable[[float], str]) -> Target:
    name, theirs = other
    if mine is None or theirs is None:
        return Target(what, f"≤ {factor:g} times {name}", NOT_MEASURED, None)
    found = f"{mine / theirs:.2f} times ({told(mine)} to {told(theirs)})"
    return Target(what, f"≤ {factor:g} times {name}", found, mine <= factor * theirs)


def _below(what: str, most: float, mine: float | None, told: Callable[[float], str]) -> Target:
    found = NOT_MEASURED if mine is None else told(mine)
    return Target(what, f"≤ {told(most)}", found, None if mine is None else mine <= most)


def milliseconds(value: float) -> str:
    """From seconds."""
    return f"{value * 1000:.3g} ms"


def seconds(value: float) -> str:
    """As they are."""
    return f"{value:.2f} s"


def kilobytes(value: float) -> str:
    """From bytes."""
    return f"{value / 1000:.1f} kB"
