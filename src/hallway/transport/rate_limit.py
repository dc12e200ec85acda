"""How often something may be done, counted inside the process by a clock that nobody can set."""

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from math import ceil

from hallway.domain.accounts import Limits
from hallway.domain.events import Event, MessagePosted
from hallway.transport.networks import networks
from hallway.usecases.access.logins import EVERYBODY, SITE
from hallway.usecases.errors import TooMany


class RateLimiter:
    """Limits how often somebody may do something: a minute's worth at once, then evenly (the generic cell rate algorithm).

    Our own, because it is asked for every message and must cost next to nothing. It hears of what other processes
    accepted.
    """

    def __init__(self, per_minute: int) -> None:
        """Allow `per_minute` in a minute, on average."""
        self.per_minute = per_minute
        self._gap = 60 / per_minute
        self._even_at: dict[str, float] = {}

    def spend(self, person: str, wanted: int = 1) -> int:
        """Count as many of the wanted messages as may be sent now, and return their number."""
        now = time.monotonic()
        even_at = max(self._even_at.get(person, now), now)
        granted = max(0, min(wanted, int((now + 60 - even_at) / self._gap + ROUNDING)))
        self._count(person, granted, now)
        return granted

    def hear(self, events: Sequence[Event]) -> None:
        """Count messages sent through other processes."""
        now = time.monotonic()
        for event in events:
            if isinstance(event, MessagePosted):
                self._count(event.message.sender_id, 1, now)

    def _count(self, person: str, sent: int, now: float) -> None:
        self._even_at[person] = max(self._even_at.get(person, now), now) + sent * self._gap
        if len(self._even_at) > REMEMBERED:
            self._even_at = {one: at for one, at in self._even_at.items() if at > now}

    def is_spent(self, whoever: str) -> bool:
        """Return whether nothing is left at the moment."""
        now = time.monotonic()
        return self._even_at.get(whoever, now) + self._gap > now + 60 + ROUNDING

    def give_back(self, whoever: str) -> None:
        """Undo the counting of a single use."""
        if whoever in self._even_at:
            self._even_at[whoever] -= self._gap

    def require(self, whoever: str) -> None:
        """Count a single use. Raises TooMany."""
        if not self.spend(whoever):
            raise self.too_many(whoever)

    def too_many(self, person: str) -> TooMany:
        """Return the refusal of somebody who has spent all, with the seconds until the next message may be sent."""
        return TooMany(max(1, ceil(self._even_at.get(person, 0) + self._gap - 60 - time.monotonic())))


class MessageRates:
    """How often people may send: as the installation says, or as the operator granted their account."""

    def __init__(self, per_minute: int) -> None:
        """Allow `per_minute` to each person of an account that was granted no other rate."""
        self._usual = per_minute
        self._limiters = {per_minute: RateLimiter(per_minute)}

    def of(self, limits: Limits) -> RateLimiter:
        """Return the limiter for the people of an account."""
        per_minute = limits.messages_per_minute or self._usual
        if per_minute not in self._limiters:
            self._limiters[per_minute] = RateLimiter(per_minute)
        return self._limiters[per_minute]

    def hear(self, events: Sequence[Event]) -> None:
        """Count messages sent through other processes."""
        for limiter in self._limiters.values():
            limiter.hear(events)


ROUNDING = 1e-6
REMEMBERED = 100_000
"""People whose pace is kept at most, beyond those who are writing at the moment."""


class FailureLimiter:
    """Limits tries of secrets too long to be guessed: for each network, for all of a customer's, and for everybody.

    Passwords, which can be guessed, are counted in the store, for all processes together.
    """

    def __init__(self, per_minute: int) -> None:
        """Allow `per_minute` failures in a network in a minute."""
        self.per_minute = per_minute
        self._network, self._site = RateLimiter(per_minute), RateLimiter(per_minute * SITE)
        self._everybody = RateLimiter(per_minute * EVERYBODY)

    @contextmanager
    def one(self, what: str, address: str) -> Generator[None]:
        """Count a try before it is made; undo that when nothing is raised. Raises TooMany."""
        counted = self._count(what, address)
        yield
        for pace, key in counted:
            pace.give_back(key)

    def fail(self, what: str, address: str) -> None:
        """Count a try that failed. Raises TooMany."""
        self._count(what, address)

    def _count(self, what: str, address: str) -> Sequence[tuple[RateLimiter, str]]:
        near, *wide = networks(address)
        counted = [(self._everybody, what), *((self._site, f"{what} {one}") for one in wide)]
        counted.append((self._network, f"{what} {near}"))
        for pace, key in counted:
            if pace.is_spent(key):
                raise pace.too_many(key)
        for pace, key in counted:
            pace.spend(key)
        return counted
