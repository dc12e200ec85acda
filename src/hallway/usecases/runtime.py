"""The ports to the clock, to ids and secrets, and to slow password hashing."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time, always in UTC."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """New names and secrets."""

    def new(self) -> str:
        """Return a fresh UUIDv7."""
        ...

    def secret(self) -> str:
        """Return a fresh URL-safe secret of at least 256 bits."""
        ...


class Passwords(Protocol):
    """Slow hashing; called outside of transactions."""

    def hash(self, password: str) -> str: ...
    def verify(self, password: str, hashed: str | None) -> bool:
        """Return whether the password has this hash. Takes as long when there is no hash, so that nobody learns who exists."""
        ...
