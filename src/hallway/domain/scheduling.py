"""Messages to be sent later (rules §18): when one is due, by whose clock, and how many may wait."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hallway.domain.ids import AccountId, ConversationId, CourseId, FileId, ScheduledId, UserId

LEAST_AHEAD = timedelta(minutes=1)
MOST_AHEAD = timedelta(days=366)
MOST_SCHEDULED = 100
"""Messages of one person that wait or were refused."""
MOST_IN_CHAT = 20
"""Of these, in one chat."""
_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What a clock shows, without a zone in itself, and the name of the zone in which it hangs."""

    time: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledMessage:
    """A message that is sent at `due_at`, under its own `key`: the key with which it was scheduled.

    `conversation_id` is that of its chat, which need not be there yet: then it goes to `person_id`. `local` is what its sender chose by a clock,
    None where they chose the moment itself. `reason` is the code for which it was refused at its time; None as long as it waits.
    """

    account_id: AccountId
    id: ScheduledId
    sender_id: UserId
    key: str
    conversation_id: ConversationId
    person_id: UserId | None
    body: str
    due_at: datetime
    created_at: datetime
    local: LocalTime | None = None
    course_id: CourseId | None = None
    reply_to: int | None = None
    files: tuple[FileId, ...] = ()
    revision: int = 1
    reason: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it is sent at its time."""
        return self.reason is None

    def changed(self, body: str, at: tuple[datetime, LocalTime | None] | None) -> "ScheduledMessage":
        """Return it with another text and, unless `at` is None, another time: then it waits (again)."""
        changed = replace(self, body=body, revision=self.revision + 1)
        return changed if at is None else replace(changed, due_at=at[0], local=at[1], reason=None)

    def refused(self, reason: str) -> "ScheduledMessage":
        """Return it as its sender gets it back."""
        return replace(self, reason=reason, revision=self.revision + 1)

    def due_again(self) -> datetime:
        """Return when it is due by what is known of its zone now; zones change their clocks, and people mean the clock."""
        return self.due_at if self.local is None else moment_of(self.local) or self.due_at


def moment_of(local: LocalTime) -> datetime | None:
    """Return the moment at which a clock shows this, in UTC; None for a zone that this machine does not know.

    Of two it is the first; where the clocks leave it out, it is the moment at which they go on.
    """
    try:
        zone = ZoneInfo(local.zone)
        first = local.time.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if first.astimezone(zone).replace(tzinfo=None) == local.time:
            return first
        return _end_of_gap(zone, local.time.replace(tzinfo=zone, fold=1).astimezone(UTC), first)
    except (KeyError, ValueError, OSError, OverflowError):
        return None


def _end_of_gap(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find the second at which the clocks of a zone were put forward, between two moments around it."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _TICK:
        middle = before + (after - before) // 2
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, after)
    return after.replace(microsecond=0)


def is_in_reach(due_at: datetime, now: datetime) -> bool:
    """Return whether a message may be scheduled for then: in a minute at the earliest, within a year (§18)."""
    return now + LEAST_AHEAD <= due_at <= now + MOST_AHEAD
