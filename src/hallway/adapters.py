"""The world as it is: the system's clock, random ids and secrets, slow password hashing."""

import secrets
import time
from datetime import UTC, datetime

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

ROUNDS, LANES = 3, 4
"""Argon2's cost beside the memory, as RFC 9106 §4 recommends for 64 MiB."""
_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)


class SystemClock:
    """`runtime.Clock`: now, in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)


class RandomIds:
    """`runtime.Ids`: ids that sort by the time of their making, and secrets that cannot be guessed."""

    def new(self) -> str:
        """Make a UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 random bits."""
        number = (time.time_ns() // 1_000_000) << 80 | _VERSION_AND_VARIANT
        number |= secrets.randbits(12) << 64 | secrets.randbits(62)
        digits = f"{number:032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def secret(self) -> str:
        """Make 256 random bits, as URL-safe text."""
        return secrets.token_urlsafe(32)


class Argon2Passwords:
    """`runtime.Passwords` with argon2id; `memory_kib` is its cost, in KiB."""

    def __init__(self, memory_kib: int) -> None:
        """Prepare a hash of the same cost that no password has, to compare with where there is none."""
        hasher = Argon2Hasher(time_cost=ROUNDS, memory_cost=memory_kib, parallelism=LANES)
        self._hasher = PasswordHash((hasher,))
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={ROUNDS},p={LANES}${'A' * 22}${'A' * 43}"

    def hash(self, password: str) -> str:
        """Hash a password to be stored."""
        return self._hasher.hash(password)

    def verify(self, password: str, hashed: str | None) -> bool:
        """Return whether this is the password; just as slow when there is no hash."""
        return self._hasher.verify(password, hashed or self._nobody) and hashed is not None
