"""When an expert answers: their office hours, and by when a learner may expect a reply. It is a promise, never a rule."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKS = 52
"""A reply that takes more of these is no promise to anybody."""
LONGEST = WEEKS * 7 + 36
"""Days that are looked through: some more, because a change of clocks may take a week's only hour."""
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Office:
    """The days of the week (from Monday, 0) and the hours of them at which somebody answers.

    `reply_hours` is how many office hours an answer usually takes.
    """

    days: frozenset[int]
    opens: time
    closes: time
    reply_hours: int


def is_kept(office: Office) -> bool:
    """Return whether a week has enough of these hours for a reply to come within a year."""
    hours = datetime.combine(_ANY_DAY, office.closes) - datetime.combine(_ANY_DAY, office.opens)
    return office.reply_hours > 0 and timedelta(hours=office.reply_hours) <= WEEKS * len(office.days) * hours


def is_open(office: Office, zone: ZoneInfo, now: datetime) -> bool:
    """Return whether it is an office hour; at the ends of the calendar there are none."""
    try:
        local = now.astimezone(zone)
    except OverflowError:
        return False
    return local.weekday() in office.days and office.opens <= local.time() < office.closes


def expected_reply(office: Office, zone: ZoneInfo, asked: datetime) -> datetime | None:
    """Return when the office hours of a reply will have gone by since a question; None when that takes more than LONGEST days.

    Whatever is stored of somebody's office, others can open their chat with them.
    """
    try:
        return _expected_reply(office, zone, asked)
    except OverflowError:
        return None


def _expected_reply(office: Office, zone: ZoneInfo, asked: datetime) -> datetime | None:
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
    return None
