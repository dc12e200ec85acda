"""Reads the lock files as pip does."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "supply" / "locks"
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package as a lock has it."""

    requirement: Requirement
    hashes: int

    @property
    def version(self) -> str:
        """The one version that fits."""
        (only,) = self.requirement.specifier
        assert only.operator == "=="
        return only.version


@cache
def pins(lock: str) -> dict[str, Pin]:
    """The packages of a lock, by their normal names."""
    found: dict[str, Pin] = {}
    for line in lines(lock):
        words = re.split(r" +(?=--)", line)
        requirement = Requirement(words[0])
        name = canonicalize_name(requirement.name)
        assert name not in found, f"{name} is there twice"
        assert all(HASH.fullmatch(word) for word in words[1:]), line
        found[name] = Pin(requirement, len(words) - 1)
    return found


def lines(lock: str) -> list[str]:
    """What pip reads: without comments, and one line for each package."""
    text = (LOCKS / f"{lock}.txt").read_text("utf-8").replace("\\\n", " ")
    plain = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in plain if line]
