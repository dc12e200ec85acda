"""Ask the registries what is known against the packages that are locked.

A weakness that is known fails, unless `supply/accepted.toml` says why it is borne, and until when. A registry that cannot
be asked fails nothing, for it is no fault of a change, and it is said as plainly: nothing was asked is not nothing is known.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from supply.npm import CLIENT, npm

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "supply" / "locks" / "test.txt"
"""The largest one; the others are parts of it."""
ACCEPTED = ROOT / "supply" / "accepted.toml"
PATIENCE = 120
"""Seconds for which a registry may take to answer."""
FOUND, NOT_ASKED = 1, 77


@dataclass(frozen=True, slots=True, order=True)
class Weakness:
    """Something that is known against a package."""

    package: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A weakness that is borne, with the reason, and the day on which somebody must look again."""

    package: str
    id: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a registry knows, and of how many packages it did not say."""

    known: frozenset[Weakness] = frozenset()
    unasked: int = 0


def audit() -> int:
    """Ask both registries, say what came of it, and answer 0, `FOUND`, or `NOT_ASKED` where one did not answer."""
    outcomes = [told("Python", python_packages()), told("The web client", client_packages())]
    return FOUND if FOUND in outcomes else max(outcomes)


def told(what: str, answer: Answer) -> int:
    """Say what is known, and what nobody could be asked about."""
    open_ones = unaccepted(answer.known, accepted(), datetime.now(UTC).date())
    for weakness in open_ones:
        print(f"{what}: {weakness.package}: {weakness.id}: {weakness.title}")
    borne = len(answer.known) - len(open_ones)
    print(f"{what}: {len(open_ones)} known weaknesses, and {borne} that are accepted.")
    if answer.unasked:
        print(f"{what}: NOT ASKED about {answer.unasked} packages: the registry does not say what it knows of them.")
    if open_ones:
        return FOUND
    return NOT_ASKED if answer.unasked else 0


def accepted() -> list[Accepted]:
    """What is borne, as the file has it."""
    rows = tomllib.loads(ACCEPTED.read_text("utf-8")).get("accepted", [])
    return [Accepted(**row) for row in rows]


def unaccepted(known: Iterable[Weakness], borne: Iterable[Accepted], today: date) -> list[Weakness]:
    """Those that nobody gave a reason for, or whose reason has run out."""
    good = {(one.package, one.id) for one in borne if today <= one.until}
    return sorted(one for one in known if (one.package, one.id) not in good)


# The registries.


def python_packages() -> Answer:
    """Ask about each locked package of Python: first about one, so as not to ask in vain about all."""
    pins = [line.split()[0] for line in LOCK.read_text("utf-8").splitlines() if line[:1].isalnum()]
    with TemporaryDirectory() as folder:
        one = Path(folder) / "one.txt"
        one.write_text(f"{pins[0]}\n", "utf-8")
        if pip_audit("--no-deps", "--requirement", str(one)).unasked:
            return Answer(unasked=len(pins))
    return pip_audit("--require-hashes", "--requirement", str(LOCK))


def pip_audit(*words: str) -> Answer:
    """What pip-audit finds. Where it ends without a document, it asked about nothing."""
    program = Path(sys.executable).parent / "pip-audit"
    command = [program, "--disable-pip", "--format=json", "--progress-spinner=off", *words]
    try:
        made = subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE, cwd=ROOT)
    except subprocess.TimeoutExpired:
        return Answer(unasked=1)
    packages: list[dict[str, Any]] = document(made.stdout).get("dependencies", [])
    known = {
        Weakness(one["name"], found["id"], found["description"].partition("\n")[0])
        for one in packages
        for found in one.get("vulns", ())
    }
    return Answer(frozenset(known), sum("skip_reason" in one for one in packages) if packages else 1)


def client_packages() -> Answer:
    """Ask about the packages of the web client."""
    made = npm("audit", "--json", "--package-lock-only", "--audit=true", "--fetch-retries=0", "--loglevel=silent")
    found = document(made.stdout)
    if "vulnerabilities" not in found:
        return Answer(unasked=len(document((CLIENT / "package-lock.json").read_bytes())["packages"]) - 1)
    causes = [cause for one in found["vulnerabilities"].values() for cause in one["via"] if isinstance(cause, dict)]
    return Answer(frozenset(Weakness(one["name"], one["url"].rpartition("/")[2], one["title"]) for one in causes))


def document(text: bytes) -> dict[str, Any]:
    """A JSON document, or an empty one where a tool printed something else."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
