"""What a personal access token may do, of all that its person may."""

from collections.abc import Collection
from enum import StrEnum

from hallway.domain.verdicts import ALLOWED, Denial, Verdict


class Scope(StrEnum):
    """One part of what the API offers; each includes those before it. docs/integrators.md says what belongs to each."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


EVERY_SCOPE = frozenset(Scope)


def with_included(scopes: Collection[Scope]) -> frozenset[Scope]:
    """Add to scopes all that they include: whoever may write may read, and whoever may administer may do both."""
    ordered = tuple(Scope)
    return frozenset(included for one in scopes for included in ordered[: ordered.index(one) + 1])


def covers(scopes: Collection[Scope] | None, wanted: Collection[Scope] | None) -> bool:
    """Return whether `scopes` let their holder do, or hand on, all that is wanted; None stands for everything that a person may."""
    if scopes is None:
        return True
    return wanted is not None and set(wanted) <= set(scopes)


def allows(scopes: Collection[Scope] | None, needed: Scope) -> Verdict:
    """Return whether a token with these scopes may do what needs this one; browsers, and tokens from before, have None."""
    return ALLOWED if covers(scopes, {needed}) else Verdict(Denial.TOKEN_SCOPE)
