"""The port to upkeep: rows that are needed no more, found without the writer and removed a few at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from hallway.domain.ids import AccountId, UserId

Key = tuple[str | int, ...]
"""What finds a row within its account."""


class What(StrEnum):
    """Kinds of rows that outlive their use. Messages are none of them."""

    SESSIONS = "sessions"
    LINK_REQUESTS = "link_requests"
    ATTEMPTS = "attempts"
    IMPORTS = "imports"
    BULK_ACTIONS = "bulk_actions"
    KEPT_MAILS = "kept_mails"
    REPLY_ADDRESSES = "reply_addresses"
    BOUNCES = "bounces"
    ORIGINALS = "originals"
    NOTICES = "notices"
    SET_ASIDE_JOBS = "set_aside_jobs"


@dataclass(frozen=True, slots=True)
class RowCounts:
    """About how many rows each table has, by its name: of one account, or of all accounts together."""

    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
    are_of_all: bool = True


class Upkeep(Protocol):
    """Rows that outlived their use."""

    def overdue(self, account_id: AccountId, what: What, before: datetime, limit: int) -> Sequence[Key]:
        """Return rows whose use ended before this moment."""
        ...

    def beyond(self, account_id: AccountId, what: What, most: int, limit: int) -> Sequence[Key]:
        """Return all rows but the newest `most`; none of a kind that has no time of its own."""
        ...

    def remove(self, account_id: AccountId, what: What, keys: Sequence[Key], before: datetime | None) -> int:
        """Delete rows, with `before` only those that are overdue still. Returns how many there were."""
        ...

    def pictures(self, account_id: AccountId, drawn: str, limit: int) -> Sequence[UserId]:
        """Return people with a picture whose version does not begin with `drawn`."""
        ...

    def rows(self, account_id: AccountId) -> RowCounts:
        """Count about how many rows each table has: of the account, or of the whole database where only that is known."""
        ...
