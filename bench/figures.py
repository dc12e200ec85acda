"""What was measured, as plain data: samples of rounds, and their medians."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

TOO_BUSY = 0.95
"""A load that ran for a larger share of the time may have been the limit of what it measured."""


@dataclass(frozen=True)
class Sample:
    """What one workload measured of one contender in one round; nothing, and why, when it failed."""

    workload: str
    contender: str
    name: str
    """How tables call the contender."""
    turn: int
    values: dict[str, float] = field(default_factory=dict[str, float])
    failure: str = ""
    """All that is known of it; the last line says what it is."""

    @property
    def reason(self) -> str:
        """Why there is nothing."""
        return self.failure.strip().rpartition("\n")[2]


@dataclass(frozen=True)
class Figure:
    """Of all rounds."""

    median: float
    least: float
    most: float


class Figures:
    """All samples of a run."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        """In the order in which they were taken."""
        self.samples = samples

    def names(self, workload: str) -> dict[str, str]:
        """The contenders that took part, and how tables call them."""
        return {one.contender: one.name for one in self.samples if one.workload == workload}

    def failures(self) -> list[Sample]:
        """What could not be measured."""
        return [one for one in self.samples if one.failure]

    def of(self, workload: str, contender: str, key: str) -> list[float]:
        """One value in each round."""
        return [
            one.values[key]
            for one in self.samples
            if (one.workload, one.contender) == (workload, contender) and key in one.values
        ]

    def figure(self, workload: str, contender: str, key: str) -> Figure | None:
        """Median, least and most; None when it was not measured."""
        found = self.of(workload, contender, key)
        return Figure(median(found), min(found), max(found)) if found else None

    def median(self, workload: str, contender: str, key: str) -> float | None:
        """The median; None when it was not measured."""
        figure = self.figure(workload, contender, key)
        return None if figure is None else figure.median

    def is_bounded_by_load(self, workload: str, contender: str, key: str) -> bool:
        """Whether the load had no time left while this value was measured."""
        part, _, _ = key.rpartition("_per_second")
        busy = self.median(workload, contender, f"{part}_load_busy" if part else "load_busy")
        return key.endswith("per_second") and busy is not None and busy > TOO_BUSY
