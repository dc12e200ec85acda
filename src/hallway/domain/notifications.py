"""How people who are away hear of messages: by which channel, when, and never while they want quiet.

Everything is computed from what the account decided, what the person wishes, and their own clock.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from hallway.domain.messages import Message

Channel = NewType("Channel", str)
"""The name of a way out of Hallway; which ones there are, they declare. The Messages area itself is none of them."""
EMAIL = Channel("email")
"""The one channel that the rules know by name: a link in each mail ends all mails."""


class NotificationKind(StrEnum):
    """What somebody may be notified of: a question about a course (rules §8), or any other message."""

    MESSAGE = "message"
    QUESTION = "question"


class When(StrEnum):
    """When somebody wants to be notified; hourly and daily gather what came meanwhile."""

    NOW = "now"
    HOURLY = "hourly"
    DAILY = "daily"
    NEVER = "never"


DAYS = 7


def choice(channel: Channel, kind: NotificationKind) -> str:
    """Return the name of a choice, by channel and kind, as it is kept: `email.question`."""
    return f"{channel}.{kind}"


def channel_of_choice(name: str) -> Channel:
    """Return the channel of such a choice."""
    return Channel(name.partition(".")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The account's decisions: the choices for people who made none, those that nobody may change, and whether texts stay in.

    `mail_after` is for how many minutes a message may be found and read in Hallway before a mail tells of it;
    `mail_colour` is how mails look: `#` and six hexadecimal digits, or nothing for Hallway's own.
    """

    choices: Mapping[str, When] = field(default_factory=dict[str, When])
    locked: frozenset[str] = frozenset()
    hides_text: bool = False
    mail_after: int = 10
    mail_colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The choices of a person. Quiet hours go from one time of day to another, over midnight too; days off count from Monday.

    `digest_at` is when the daily gathering comes. `mails_ended` is set by the link in each mail, and leaves the choices
    as they were.
    """

    choices: Mapping[str, When] = field(default_factory=dict[str, When])
    quiet_from: time | None = None
    quiet_until: time | None = None
    days_off: frozenset[int] = frozenset()
    digest_at: time = time(8)
    hides_text: bool = False
    mails_ended: bool = False


Delay = Callable[[Policy], timedelta]
"""How long a message may be found and read in Hallway before a channel tells of it right away."""


def when(policy: Policy, wishes: Wishes, channel: Channel, kind: NotificationKind, *, default: When) -> When:
    """Return the choice in force: that the person ended mails, a locked choice of the account, their own, the account's, the channel's
    default.

    Ending mails goes before the lock: whoever says so by the link in a mail gets none (RFC 8058 §1), or calls it spam.
    """
    if channel == EMAIL and wishes.mails_ended:
        return When.NEVER
    return chosen(policy, wishes, channel, kind, default=default)


def chosen(policy: Policy, wishes: Wishes, channel: Channel, kind: NotificationKind, *, default: When) -> When:
    """Return the choice whether or not mails were ended: what holds again when they are wanted again."""
    name = choice(channel, kind)
    theirs = None if name in policy.locked else wishes.choices.get(name)
    return theirs or policy.choices.get(name) or default


def hides_text(policy: Policy, wishes: Wishes) -> bool:
    """Return whether a notification says only that there is a message."""
    return policy.hides_text or wishes.hides_text


def kind_of(message: Message) -> NotificationKind:
    """Return the kind of notification for a message."""
    return NotificationKind.MESSAGE if message.course_id is None else NotificationKind.QUESTION


def due(how: When, since: datetime, wishes: Wishes, zone: ZoneInfo, *, after: timedelta) -> datetime | None:
    """Return when to notify of a message of that moment; None for never. `after` is how long `now` waits."""
    try:
        moment = _wanted(how, since, wishes, zone, after)
    except OverflowError:  # the end of the calendar
        return None
    return None if moment is None else after_quiet(moment, wishes, zone)


def _wanted(how: When, since: datetime, wishes: Wishes, zone: ZoneInfo, after: timedelta) -> datetime | None:
    """Return when a message is due, as if nothing were quiet."""
    match how:
        case When.NEVER:
            return None
        case When.NOW:
            return since + after
        case When.HOURLY:
            return _next_hour(since, zone)
        case When.DAILY:
            return _next(wishes.digest_at, since, zone)


def after_quiet(moment: datetime, wishes: Wishes, zone: ZoneInfo) -> datetime | None:
    """Return the moment itself, or the end of the quiet that it falls into; None where quiet never ends."""
    try:
        return _after_quiet(moment, wishes, zone)
    except OverflowError:  # the end of the calendar
        return None


def _after_quiet(moment: datetime, wishes: Wishes, zone: ZoneInfo) -> datetime | None:
    for _ in range(3 * DAYS):
        local = moment.astimezone(zone)
        if local.weekday() in wishes.days_off:
            moment = _next(time(0), moment, zone)
        elif _is_quiet(local.time(), wishes.quiet_from, wishes.quiet_until):
            moment = _next(wishes.quiet_until or time(0), moment, zone)
        else:
            return moment
    return None


def _is_quiet(now: time, begins: time | None, ends: time | None) -> bool:
    if begins is None or ends is None:
        return False
    return begins <= now < ends if begins <= ends else now >= begins or now < ends


def _next_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the next full hour of the person's clock, which in some places is half past ours."""
    local = moment.astimezone(zone)
    return (
        moment
        + timedelta(hours=1)
        - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    )


def _next(at: time, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when that zone's clock next shows a time of day. One that a change of clocks leaves out counts as the hour after."""
    day = moment.astimezone(zone).date()
    while (found := datetime.combine(day, at, zone).astimezone(UTC)) <= moment:
        day += timedelta(days=1)
    return found
