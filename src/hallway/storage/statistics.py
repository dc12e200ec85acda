"""What the writer counts, for those who watch the server."""

from bisect import bisect_left
from dataclasses import dataclass, field

SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
"""Upper bounds of the commands in a batch."""
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the time from taking a batch to its answers."""


@dataclass(slots=True)
class Histogram:
    """How often a value was at most each bound; the last count is of those beyond all bounds."""

    bounds: tuple[float, ...]
    counts: list[int] = field(init=False)
    total: float = 0

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def observe(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


@dataclass(slots=True)
class WriterStatistics:
    """Counts since the start: commands refused because too much waited, or failed with the store; and batches."""

    busy: int = 0
    failures: int = 0
    sizes: Histogram = field(default_factory=lambda: Histogram(SIZES))
    seconds: Histogram = field(default_factory=lambda: Histogram(SECONDS))

    def count(self, size: int, seconds: float) -> None:
        """Count a batch."""
        self.sizes.observe(size)
        self.seconds.observe(seconds)
