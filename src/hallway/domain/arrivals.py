"""Whether somebody has come in yet: what staff see as the state of a person, made of what is stored about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hallway.domain.people import State


class Status(StrEnum):
    """The state of a person as staff see it, in the order in which a list sorts them."""

    ACTIVE = "active"
    INVITED = "invited"
    LINK_EXPIRED = "link_expired"
    NOT_INVITED = "not_invited"
    DEACTIVATED = "deactivated"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of somebody's way in. `has_come_in`: they signed in at some time, or have a password.

    `seen_at` is when a browser of theirs was last seen, None for never; `invited_at` is when others last made a link for them,
    and `link_expires_at` until when the newest one is good, or was; None where none was made.
    """

    has_come_in: bool = False
    seen_at: datetime | None = None
    invited_at: datetime | None = None
    link_expires_at: datetime | None = None


def status(state: State, arrival: Arrival, now: datetime) -> Status:
    """Return the status to show; of an active person it depends on whether they came in, and on their link."""
    match state:
        case State.REMOVED:
            return Status.REMOVED
        case State.INACTIVE:
            return Status.DEACTIVATED
        case State.ACTIVE:
            return Status.ACTIVE if arrival.has_come_in else _invitation(arrival.link_expires_at, now)


def _invitation(link_expires_at: datetime | None, now: datetime) -> Status:
    if link_expires_at is None:
        return Status.NOT_INVITED
    return Status.INVITED if link_expires_at > now else Status.LINK_EXPIRED
