"""When an expert answers: their office hours, and by when a learner may expect a reply. It is a promise, never a rule."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = 400
"""Days that are looked through: a reply takes at most 99 office hours, and a week has at least one."""


@dataclass(frozen=True, slots=True)
class Office:
    """The days of the week (from Monday, 0) and the hours of them at which somebody answers.

    `reply_hours` is how many office hours an answer usually takes.
    """

    days: frozenset[int]
    opens: time
    closes: time
    reply_hours: int


def is_open(office: Office, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it is an office hour."""
    local = now.astimezone(zone)
    return local.weekday() in office.days and office.opens <= local.time() < office.closes


def expected_reply(office: Office, zone: ZoneInfo, asked: datetime) -> datetime:
    """When so many office hours will have gone by since a question."""
    left = timedelta(hours=office.reply_hours)
    day = asked.astimezone(zone).date()
    for _ in range(LONGEST):
        begins = max(asked, datetime.combine(day, office.opens, zone).astimezone(UTC))
        span = datetime.combine(day, office.closes, zone).astimezone(UTC) - begins
        if day.weekday() in office.days and span > timedelta():
            if left <= span:
                return begins + left
            left -= span
        day += timedelta(days=1)
    message = "These office hours never come."
    raise ValueError(message)
