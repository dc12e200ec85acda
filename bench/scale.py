"""How many machines so many people need: `python -m bench.scale` simulates a day and its busiest minutes.

Prints the tables of docs/scale.md. The costs are measured by `python -m bench.costs` and by the benchmark; the habits are
assumptions, and stand here to be changed.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

SEED = 20_261_125
MINUTES = 24 * 60
GIB, KIB = 2**30, 2**10


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of one core, and bytes, of each thing that happens."""

    message_server: float = 121e-6
    message_database: float = 46e-6
    look_server: float = 6.3e-3
    look_database: float = 1.9e-3
    commit: float = 0.0006
    """Seconds until a batch is on the disk, besides its messages."""
    delivery: float = 3.0e-6
    news: float = 12e-6
    """For each message that another process tells, whether it concerns somebody here or not."""
    line_bytes: float = 12.5 * KIB
    process_bytes: float = 96 * 2**20
    stored_bytes: float = 475
    log_bytes: float = 618


@dataclass(frozen=True, slots=True)
class Habits:
    """What people do on a working day."""

    messages: float = 4.0
    looks: float = 12.0
    """How often somebody loads the list or opens a chat."""
    online: float = 0.10
    """The share of all people whose page is open in the busiest minute."""
    devices: float = 1.3


COSTS = Costs()
HABITS = Habits()
FULL = 0.6
"""How busy a core may be in the busiest minute: the rest is for what is not foreseen, and for the loss of a machine."""
LINES_PER_PROCESS = 20_000
CORES_PER_MACHINE = 8
LARGEST_DISK = 4 * 2**40
"""Bytes that one PostgreSQL should keep: beyond, a restore takes a day."""
MANY, BATCH = 50, 1_000
"""So many are near enough to a normal distribution; so many messages go into one commit at most."""
CROWDS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def weight(minute: int) -> float:
    """How much of a day happens in a minute: lessons before noon, homework in the evening, little at night."""
    hour = minute / 60
    return 0.15 + math.exp(-((hour - 10.5) ** 2) / 4) + 0.8 * math.exp(-((hour - 19) ** 2) / 5)


@dataclass(frozen=True, slots=True)
class Day:
    """What a simulated day came to: the busiest minute's messages and looks for a second, and the whole day's messages."""

    messages: float
    looks: float
    in_all: int


def day(people: int, habits: Habits, random: Random) -> Day:
    """Each minute brings as many as chance gives, around the day's curve."""
    weights = [weight(minute) for minute in range(MINUTES)]
    whole = sum(weights)
    messages = [_poisson(people * habits.messages * one / whole, random) for one in weights]
    looks = [_poisson(people * habits.looks * one / whole, random) for one in weights]
    return Day(max(messages) / 60, max(looks) / 60, sum(messages))


def _poisson(mean: float, random: Random) -> int:
    """How many come when `mean` come on the average; near enough to a normal distribution where there are many."""
    if mean > MANY:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count, product = count + 1, product * random.random()
    return count


def waits(rate: float, costs: Costs, random: Random, *, seconds: float = 20.0) -> tuple[float, float]:
    """How long a message waits until it is stored, half of them and 99 of 100: one process at this rate, which writes
    together what has come while it wrote.
    """
    arrivals = list(_arrivals(rate, seconds, random))
    found: list[float] = []
    now, first = 0.0, 0
    while first < len(arrivals):
        now = max(now, arrivals[first])
        last = first
        while last < len(arrivals) and last - first < BATCH and arrivals[last] <= now:
            last += 1
        now += costs.commit + (last - first) * costs.message_server
        found += [now - at for at in arrivals[first:last]]
        first = last
    found.sort()
    return found[len(found) // 2], found[len(found) * 99 // 100]


def _arrivals(rate: float, seconds: float, random: Random) -> Iterator[float]:
    now = random.expovariate(rate)
    while now < seconds:
        yield now
        now += random.expovariate(rate)


@dataclass(frozen=True, slots=True)
class Site:
    """What a crowd needs."""

    people: int
    day: Day
    lines: float
    processes: int
    server_cores: float
    database_cores: float
    memory: float
    stored_a_year: float
    log_a_second: float
    databases: int
    wait: tuple[float, float]

    @property
    def machines(self) -> int:
        """For processes alone, with one more than needed where there are several."""
        needed = math.ceil(self.processes / CORES_PER_MACHINE)
        return needed + 1 if self.processes > 1 else 1


def planned(people: int, costs: Costs, habits: Habits) -> Site:
    """As many processes as the busiest minute needs; they hear of each other's messages, so that number is found by trying."""
    random = Random(SEED)  # noqa: S311 - the same day in each run
    one = day(people, habits, random)
    lines = people * habits.online * habits.devices
    base = one.messages * (costs.message_server + 2 * habits.devices * costs.delivery) + one.looks * costs.look_server
    processes = 1
    while processes < _wanted(base + _news(processes, one, costs), lines):
        processes += 1
    stored = one.in_all * 365 * costs.stored_bytes
    return Site(
        people=people,
        day=one,
        lines=lines,
        processes=processes,
        server_cores=base + _news(processes, one, costs),
        database_cores=one.messages * costs.message_database + one.looks * costs.look_database,
        memory=processes * costs.process_bytes + lines * costs.line_bytes,
        stored_a_year=stored,
        log_a_second=one.messages * costs.log_bytes,
        databases=max(1, math.ceil(stored / LARGEST_DISK)),
        wait=waits(max(0.2, one.messages / processes), costs, random),
    )


def _news(processes: int, one: Day, costs: Costs) -> float:
    """Cores that hear what the other processes tell."""
    return (processes - 1) * one.messages * costs.news


def _wanted(cores: float, lines: float) -> int:
    return max(1, math.ceil(cores / FULL), math.ceil(lines / LINES_PER_PROCESS))


def needs(costs: Costs, habits: Habits) -> str:
    """A table in Markdown."""
    rows = [
        "| people | messages/s | looks/s | lines | processes | their cores, busy | memory | machines of 8 cores | stored, p50 and p99 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for people in CROWDS:
        site = planned(people, costs, habits)
        half, most = site.wait
        rows.append(
            f"| {site.people:,} | {site.day.messages:,.1f} | {site.day.looks:,.0f} | {site.lines:,.0f} | {site.processes} | "
            f"{site.server_cores:,.2f} | {site.memory / GIB:,.1f} GiB | {site.machines} | {1000 * half:.1f} and {1000 * most:.1f} ms |"
        )
    return "\n".join(rows)


def database(costs: Costs, habits: Habits) -> str:
    """A table in Markdown."""
    rows = [
        "| people | its cores, busy | stored in a year | log, MB/s | PostgreSQL servers after a year |",
        "| --- | --- | --- | --- | --- |",
    ]
    for people in CROWDS:
        site = planned(people, costs, habits)
        year, log = f"{site.stored_a_year / GIB:,.0f} GiB", f"{site.log_a_second / 1e6:,.2f}"
        rows += [f"| {people:,} | {site.database_cores:,.2f} | {year} | {log} | {site.databases} |"]
    return "\n".join(rows)


def first_to_break(costs: Costs, habits: Habits) -> str:
    """A table in Markdown: how many people each part can serve while there is one of it."""
    rows = ["| with one … | it is enough for | then |", "| --- | --- | --- |"]
    for name, most, then in _limits(costs, habits):
        rows.append(f"| {name} | {most:,.0f} people | {then} |")
    return "\n".join(rows)


def _limits(costs: Costs, habits: Habits) -> Sequence[tuple[str, float, str]]:
    sample = day(1_000_000, habits, Random(SEED))  # noqa: S311 - as above
    messages, looks = sample.messages / 1_000_000, sample.looks / 1_000_000
    server = messages * (costs.message_server + 2 * habits.devices * costs.delivery) + looks * costs.look_server
    database = messages * costs.message_database + looks * costs.look_database
    found = [
        ("process, by its processor", FULL / server, "`--workers`, then more machines"),
        (
            "process, by its lines",
            LINES_PER_PROCESS / (habits.online * habits.devices),
            "`--workers`, then more machines",
        ),
        ("PostgreSQL of 16 cores, by its processor", 16 * FULL / database, "read from standbys, or Citus"),
        ("PostgreSQL, by 4 TiB after a year", LARGEST_DISK / (habits.messages * 365 * costs.stored_bytes), "Citus"),
        (
            "process hearing all news, by its processor",
            FULL / (messages * costs.news),
            "accounts on processes of their own",
        ),
    ]
    return sorted(found, key=lambda one: one[1])


def tables() -> str:
    """All of docs/scale.md's, each below a line that names it."""
    busy = replace(HABITS, messages=20.0, looks=40.0)
    return "\n\n".join(
        [
            "**Processes**\n\n" + needs(COSTS, HABITS),
            "**The database**\n\n" + database(COSTS, HABITS),
            "**What ends first**\n\n" + first_to_break(COSTS, HABITS),
            "**Processes, where people write five times as much**\n\n" + needs(COSTS, busy),
        ]
    )


if __name__ == "__main__":
    print(tables())
