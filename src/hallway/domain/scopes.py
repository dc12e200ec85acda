"""What a personal access token may do, of all that its person may."""

from collections.abc import Collection
from enum import StrEnum


class Scope(StrEnum):
    """One part of what the API offers. docs/integrators.md says what belongs to each."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


EVERY_SCOPE = frozenset(Scope)


def covers(scopes: Collection[Scope] | None, wanted: Collection[Scope] | None) -> bool:
    """Whether who has `scopes` may do, or hand on, all that is wanted; None stands for everything that a person may."""
    if scopes is None:
        return True
    return wanted is not None and set(wanted) <= set(scopes)
