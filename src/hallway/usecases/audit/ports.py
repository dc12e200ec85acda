"""The port to the audit log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.audit import Draft, Entry, Head, Target
from hallway.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The criteria by which entries are looked for; None is all of them.

    `user_id` is who acted, `about` whom it concerns, `since` and `until` are from which moment on and up to which.
    """

    group: str | None = None
    user_id: UserId | None = None
    about: UserId | None = None
    target: Target | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """The amount that is kept: entries, and about how many bytes."""

    entries: int
    bytes: int


class Audit(Protocol):
    """The audit log of every account."""

    def append(self, draft: Draft, /) -> None:
        """Add an entry. It is numbered, stamped and chained at the end of the transaction, the last thing that locks."""
        ...

    def page(self, account_id: AccountId, chosen: Chosen, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Return the newest entries below a number, the newest first."""
        ...

    def count(self, account_id: AccountId, chosen: Chosen) -> int:
        """Count the entries that are found."""
        ...

    def whole(self, account_id: AccountId) -> Iterator[Entry]:
        """Yield all entries from the first on, read in blocks."""
        ...

    def head(self, account_id: AccountId) -> Head | None:
        """Return the newest entry's number and hash."""
        ...

    def heads(self) -> Sequence[Head]:
        """Return the newest entry's number and hash of every account that has one, in the accounts' order."""
        ...

    def size(self) -> Size:
        """Return how much is kept of all accounts."""
        ...
