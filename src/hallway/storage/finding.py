"""What an examination finds."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether something must be done."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A thing that was looked at; `remedy` is the command or the change that comes first, `then` what follows it.

    The steps go from the harmless to the last resort: look, report, keep a copy, repair, restore beside what is there.
    """

    about: str
    verdict: Severity
    says: str
    remedy: str = ""
    then: tuple[str, ...] = ()


def ok(about: str, says: str) -> Finding:
    """Report that something is as it should be."""
    return Finding(about=about, verdict=Severity.OK, says=says)


def note(about: str, says: str, remedy: str) -> Finding:
    """Report that something works, and could be better."""
    return Finding(about=about, verdict=Severity.NOTE, says=says, remedy=remedy)


def problem(about: str, says: str, remedy: str, *then: str) -> Finding:
    """Report that something must be done."""
    return Finding(about=about, verdict=Severity.PROBLEM, says=says, remedy=remedy, then=then)
