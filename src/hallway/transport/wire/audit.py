"""The bodies of the audit log. See `wire` for what holds for all."""

from datetime import datetime

from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen


class AuditTarget(Frozen, frozen=True):
    """The thing that was acted on; `name` is what it was called then, empty for a person."""

    kind: str
    id: str
    name: str


class AuditEntry(Frozen, frozen=True, kw_only=True):
    """Who did what, to what, from where.

    `by` is who did it, None where nobody was signed in: `via` says through what. `person` is whom it concerns. `before` and
    `after` are facts and ids; `names` has what the ids in them are called now. `address` and `session_id` are empty where
    one may not see from where it was done.
    """

    seq: int
    at: datetime
    action: str
    via: str
    by: PersonCard | None
    person: PersonCard | None
    target: AuditTarget
    address: str
    session_id: str | None
    before: dict[str, str | int | bool | list[str] | None]
    after: dict[str, str | int | bool | list[str] | None]
    names: dict[str, str]


class AuditLog(Frozen, frozen=True):
    """A page, newest first; `next` is the cursor of the next page, `total` counts everything the filter matches."""

    entries: list[AuditEntry]
    next: str | None
    total: int
