"""The world as it is: the system's clock, random ids and secrets, slow password hashing."""

import secrets
import time
from datetime import UTC, datetime

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)


class SystemClock:
    """`ports.Clock`: now, in UTC."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class RandomIds:
    """`ports.Ids`: names that sort by the time of their making, and secrets that nobody guesses."""

    def new(self) -> str:
        """A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 random bits."""
        number = (time.time_ns() // 1_000_000) << 80 | _VERSION_AND_VARIANT
        number |= secrets.randbits(12) << 64 | secrets.randbits(62)
        digits = f"{number:032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def secret(self) -> str:
        """256 random bits as URL-safe text."""
        return secrets.token_urlsafe(32)


class Argon2Passwords:
    """`ports.Passwords` with argon2id; `memory_kib` is its cost, in KiB."""

    def __init__(self, memory_kib: int) -> None:
        """Make one hash to compare with when there is none, so that both take as long."""
        self._hasher = PasswordHash((Argon2Hasher(memory_cost=memory_kib),))
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """The text to keep."""
        return self._hasher.hash(password)

    def verify(self, password: str, hashed: str | None) -> bool:
        """Whether this is the password."""
        return self._hasher.verify(password, hashed or self._nobody) and hashed is not None
