"""The targets, as ratios of figures of one run. Pure: figures in, met or not out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.plan import ECHO, HALLWAY, PEERS, POSTGRES, REDIS, ROOM

Results = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""By workload and contender: the figures of each round."""


@dataclass(frozen=True, slots=True)
class Target:
    """One line: what was wanted, what was measured (None when it was not), and whether that is enough."""

    name: str
    wanted: str
    value: float | None
    is_met: bool | None


def middle(results: Results, workload: str, contender: str, *names: str) -> float | None:
    """The median over the rounds of one figure, named by its path."""
    rounds = [_at(one, names) for one in results.get(workload, {}).get(contender, ())]
    return median(rounds) if rounds else None


def _at(figures: Any, names: Sequence[str]) -> float:
    for name in names:
        figures = figures[name]
    return float(figures)


def _best(results: Results, workload: str, *names: str, is_low: bool = False) -> float | None:
    found = [middle(results, workload, peer, *names) for peer in PEERS]
    there = [one for one in found if one is not None]
    return None if not there else min(there) if is_low else max(there)


def _ratio(name: str, one: float | None, other: float | None, bound: float, *, is_most: bool = False) -> Target:
    wanted = f"{'≤' if is_most else '≥'} {bound:g}"
    if one is None or other is None:
        return Target(name, wanted, None, None)
    value = one / other
    return Target(name, wanted, value, value <= bound if is_most else value >= bound)


def judged(results: Results) -> list[Target]:
    """Every target for which something was measured, or not."""
    rate: Callable[[str, str], float | None] = lambda work, who: middle(results, work, who, "per_second")  # noqa: E731
    sqlite, over_postgres = rate("W2 with 16", HALLWAY), rate("W2 with 16", POSTGRES)
    peer = _best(results, "W2 with 16", "per_second")
    heard = middle(results, "W1", HALLWAY, "heard", "p50")
    commit, trip = middle(results, "W1", HALLWAY, "commit"), middle(results, "W1", ECHO, "heard", "p50")
    floor = None if commit is None or trip is None else commit + trip
    p50, p99 = (middle(results, "W2 at half", HALLWAY, "heard", name) for name in ("p50", "p99"))
    return [
        _ratio("W2 on SQLite, to the best archiving peer", sqlite, peer, 15),
        _ratio("W2 on SQLite, to Redis Streams", sqlite, rate("W2 with 16", REDIS), 0.5),
        _ratio("W2 on PostgreSQL, to the best archiving peer", over_postgres, peer, 10),
        _ratio(
            "W1 until heard, to the best peer",
            heard,
            _best(results, "W1", "heard", "p50", is_low=True),
            1,
            is_most=True,
        ),
        _ratio("W1 until heard, to a commit and a round trip", heard, floor, 1.5, is_most=True),
        _ratio("W2 at half of the rate, p99 to p50", p99, p50, 5, is_most=True),
        _ratio("W3, to the best peer", rate("W3", ROOM), _best(results, "W3", "per_second"), 10),
        _ratio("W3, to a bare broadcast", rate("W3", ROOM), rate("W3", ECHO), 0.6),
        *(
            _ratio(f"W4, {what}, large to small", large, small, 1.3, is_most=True)
            for what in ("list", "open")
            for small, large in [[middle(results, f"W4 {size}", HALLWAY, what, "p50") for size in ("small", "large")]]
        ),
        _ratio(
            "start-up on the large database, to 1.5 s",
            middle(results, "W4 large", HALLWAY, "start"),
            1.5,
            1,
            is_most=True,
        ),
        _ratio("W5, bytes to 24,000", middle(results, "W5", HALLWAY, "bytes"), 24_000, 1, is_most=True),
        *_losses(results),
    ]


def _losses(results: Results) -> list[Target]:
    lost, doubled = (middle(results, "W6", HALLWAY, name) for name in ("lost", "doubled"))
    value = None if lost is None or doubled is None else lost + doubled
    return [Target("W6, lost or doubled", "0", value, None if value is None else value == 0)]
