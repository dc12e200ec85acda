"""What a run has to go through: how many accounts and people, and which faults how often. Every seed has faults of its own."""

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True, slots=True)
class Faults:
    """All chances are per occasion: per text on a line, request, batch of the writer, or event. With 0 there are none."""

    people: int = 3
    devices: int = 2
    deeds: int = 30
    pause: float = 0.4
    delay: float = 0.1
    breaks: float = 0.0
    lost_requests: float = 0.0
    late_requests: float = 0.0
    lost_answers: float = 0.0
    lost_events: float = 0.0
    repeated_events: float = 0.0
    late_events: float = 0.0
    store_fails: float = 0.0
    store_forgets_to_say: float = 0.0
    deaths: float = 0.0
    poison: float = 0.0
    disorder: float = 0.0
    changes: float = 0.05
    outbox: int = 1_000
    missed: int = 500
    page: int = 50
    accounts: int = 1

    @property
    def misleads(self) -> bool:
        """Whether a device may not notice that it knows less than the server, until it connects again."""
        return any((self.lost_events, self.store_forgets_to_say, self.late_events))

    def calm(self) -> "Faults":
        """After the storm: everything arrives, nothing breaks."""
        fair = Faults()
        return replace(self, **{name: getattr(fair, name) for name in (*FAULTS, "outbox", "delay")})


FAULTS = (
    *("breaks", "lost_requests", "late_requests", "lost_answers"),
    *("lost_events", "repeated_events", "late_events"),
    *("store_fails", "store_forgets_to_say", "deaths", "poison", "disorder"),
)
"""The names of all that can go wrong; a failing run is tried again without each."""


def of(seed: int) -> Faults:
    """The faults of a seed: each in about half of them; some have small buffers and pages."""
    random = Random(f"weather {seed}")
    chance = lambda most: random.choice([0.0, random.uniform(0, most)])  # noqa: E731
    faults = Faults(
        people=random.choice([2, 2, 3, 4]),
        devices=random.choice([1, 1, 2]),
        deeds=random.randint(6, 24),
        pause=random.choice([0.02, 0.2, 0.6]),
        delay=random.choice([0.01, 0.1, 0.5]),
        breaks=chance(0.12),
        lost_requests=chance(0.2),
        late_requests=chance(0.2),
        lost_answers=chance(0.2),
        lost_events=chance(0.3),
        repeated_events=chance(0.3),
        late_events=chance(0.3),
        store_fails=chance(0.15),
        store_forgets_to_say=chance(0.08),
        deaths=chance(0.06),
        poison=chance(0.1),
        disorder=random.choice([0.0, 0.2]),
        changes=random.choice([0.0, 0.05, 0.25]),
        outbox=random.choice([1_000, 1_000, 4]),
        missed=random.choice([500, 500, 3]),
        page=random.choice([50, 50, 3]),
        accounts=random.choice([1, 2]),
    )
    # A poisoned batch is tried again one by one: a store that fails meanwhile would let later messages overtake.
    return replace(faults, poison=0.0) if faults.store_fails or faults.store_forgets_to_say else faults
