"""When people who are away are told: their choices, the account's, their own clock, quiet hours, changes of clocks."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain import notifications
from hallway.domain.notifications import EMAIL, Channel, NotificationKind, Policy, When, Wishes

BERLIN, KOLKATA, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata"), ZoneInfo("UTC")
MONDAY = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)
NIGHT = Wishes(quiet_from=time(22), quiet_until=time(7))
NOTHING = timedelta()
WEEKEND = Wishes(days_off=frozenset({5, 6}))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Which choice is in force.


@pytest.mark.parametrize(
    ("policy", "wishes", "expected"),
    [
        (Policy(), Wishes(), When.NOW),
        (Policy(choices={"email.question": When.DAILY}), Wishes(), When.DAILY),
        (Policy(choices={"email.question": When.DAILY}), Wishes(choices={"email.question": When.NEVER}), When.NEVER),
        (
            Policy(choices={"email.question": When.DAILY}, locked=frozenset({"email.question"})),
            Wishes(choices={"email.question": When.NEVER}),
            When.DAILY,
        ),
        (Policy(locked=frozenset({"email.question"})), Wishes(choices={"email.question": When.NEVER}), When.NOW),
        (Policy(choices={"email.message": When.DAILY}), Wishes(choices={"email.message": When.NEVER}), When.NOW),
    ],
)
def test_a_locked_choice_goes_before_the_persons_own_and_that_before_the_accounts(
    policy: Policy, wishes: Wishes, expected: When
) -> None:
    assert notifications.when(policy, wishes, EMAIL, NotificationKind.QUESTION, default=When.NOW) is expected


@pytest.mark.parametrize("policy", [Policy(), Policy(locked=frozenset({"email.message"}))])
def test_who_ended_mails_gets_none_even_where_they_are_locked(policy: Policy) -> None:
    wishes = Wishes(choices={"email.message": When.HOURLY}, mails_ended=True)
    assert notifications.when(policy, wishes, EMAIL, NotificationKind.MESSAGE, default=When.NOW) is When.NEVER
    assert notifications.when(policy, wishes, Channel("push"), NotificationKind.MESSAGE, default=When.NOW) is When.NOW
    wanted = When.NOW if policy.locked else When.HOURLY
    assert notifications.chosen(policy, wishes, EMAIL, NotificationKind.MESSAGE, default=When.NOW) is wanted


@pytest.mark.parametrize("default", When)
def test_a_channels_own_default_holds_until_somebody_chooses(default: When) -> None:
    assert notifications.when(Policy(), Wishes(), Channel("sms"), NotificationKind.MESSAGE, default=default) is default


@pytest.mark.parametrize(("account", "person", "expected"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1)])
def test_texts_stay_in_where_either_wants_that(account: int, person: int, expected: int) -> None:
    policy, wishes = Policy(hides_text=bool(account)), Wishes(hides_text=bool(person))
    assert notifications.hides_text(policy, wishes) is bool(expected)


# When it is due.


def test_now_waits_a_moment_for_who_is_reading_anyway() -> None:
    moment = timedelta(seconds=3)
    assert notifications.due(When.NOW, MONDAY, Wishes(), UTC_ZONE, after=moment) == MONDAY + moment


def test_never_is_never() -> None:
    assert notifications.due(When.NEVER, MONDAY, Wishes(), UTC_ZONE, after=NOTHING) is None


@pytest.mark.parametrize(
    ("zone", "expected"), [(UTC_ZONE, "2026-03-02T13:00"), (BERLIN, "2026-03-02T13:00"), (KOLKATA, "2026-03-02T12:30")]
)
def test_hourly_comes_at_the_full_hour_of_ones_own_clock(zone: ZoneInfo, expected: str) -> None:
    assert notifications.due(When.HOURLY, MONDAY, Wishes(), zone, after=NOTHING) == _at(expected)


@pytest.mark.parametrize(
    ("zone", "expected"), [(UTC_ZONE, "2026-03-03T08:00"), (BERLIN, "2026-03-03T07:00"), (KOLKATA, "2026-03-03T02:30")]
)
def test_daily_comes_in_the_morning_of_ones_own_clock(zone: ZoneInfo, expected: str) -> None:
    assert notifications.due(When.DAILY, MONDAY, Wishes(), zone, after=NOTHING) == _at(expected)


def test_daily_comes_on_the_same_day_where_its_time_is_still_ahead() -> None:
    evening = Wishes(digest_at=time(18))
    assert notifications.due(When.DAILY, MONDAY, evening, UTC_ZONE, after=NOTHING) == _at("2026-03-02T18:00")


# Quiet hours and days off.


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T20:59:59", "2026-03-02T20:59:59"),
        ("2026-03-02T21:00", "2026-03-03T06:00"),
        ("2026-03-03T05:59", "2026-03-03T06:00"),
        ("2026-03-03T06:00", "2026-03-03T06:00"),
    ],
)
def test_what_falls_into_quiet_hours_comes_when_they_end(moment: str, expected: str) -> None:
    assert notifications.after_quiet(_at(moment), NIGHT, BERLIN) == _at(expected)


def test_quiet_hours_may_lie_within_a_day() -> None:
    lunch = Wishes(quiet_from=time(12), quiet_until=time(13))
    assert notifications.after_quiet(MONDAY, lunch, UTC_ZONE) == _at("2026-03-02T13:00")
    assert notifications.after_quiet(_at("2026-03-02T11:59"), lunch, UTC_ZONE) == _at("2026-03-02T11:59")


def test_days_off_are_left_out_by_ones_own_calendar() -> None:
    assert notifications.after_quiet(_at("2026-03-06T23:30"), WEEKEND, BERLIN) == _at("2026-03-08T23:00")
    assert notifications.after_quiet(_at("2026-03-06T22:30"), WEEKEND, BERLIN) == _at("2026-03-06T22:30")


def test_after_days_off_the_night_is_quiet_still() -> None:
    both = Wishes(quiet_from=time(22), quiet_until=time(7), days_off=frozenset({5, 6}))
    assert notifications.after_quiet(_at("2026-03-07T12:00"), both, BERLIN) == _at("2026-03-09T06:00")


def test_who_is_off_every_day_hears_nothing() -> None:
    assert notifications.after_quiet(MONDAY, Wishes(days_off=frozenset(range(7))), BERLIN) is None


# Clocks that change: in Berlin 2026-03-29 has no half past two, and 2026-10-25 has two.


def test_a_time_that_a_day_does_not_have_comes_an_hour_later() -> None:
    early = Wishes(digest_at=time(2, 30))
    assert notifications.due(When.DAILY, _at("2026-03-28T20:00"), early, BERLIN, after=NOTHING) == _at(
        "2026-03-29T01:30"
    )


def test_a_time_that_a_day_has_twice_comes_once() -> None:
    early = Wishes(digest_at=time(2, 30))
    first = notifications.due(When.DAILY, _at("2026-10-24T20:00"), early, BERLIN, after=NOTHING)
    assert first == _at("2026-10-25T00:30")
    assert notifications.due(When.DAILY, first, early, BERLIN, after=NOTHING) == _at("2026-10-26T01:30")


@pytest.mark.parametrize(
    ("moment", "expected"), [("2026-03-28T23:00", "2026-03-29T05:00"), ("2026-10-24T23:00", "2026-10-25T06:00")]
)
def test_the_night_of_a_change_ends_by_the_clock_on_the_wall(moment: str, expected: str) -> None:
    assert notifications.after_quiet(_at(moment), NIGHT, BERLIN) == _at(expected)


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0, fold=0))
WISHES = st.builds(
    Wishes,
    choices=st.just({}),
    quiet_from=st.none() | TIMES,
    quiet_until=st.none() | TIMES,
    days_off=st.frozensets(st.integers(0, 6), max_size=6),
    digest_at=TIMES,
)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]
)


@given(MOMENTS, WISHES, ZONES.map(ZoneInfo), st.sampled_from([When.NOW, When.HOURLY, When.DAILY]))
def test_it_is_never_told_before_it_was_written_nor_in_quiet(
    moment: datetime, wishes: Wishes, zone: ZoneInfo, chosen: When
) -> None:
    due = notifications.due(chosen, moment, wishes, zone, after=NOTHING)
    if due is not None:
        assert due >= moment
        assert notifications.after_quiet(due, wishes, zone) == due
        assert due.astimezone(zone).weekday() not in wishes.days_off


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=2)), WISHES, ZONES.map(ZoneInfo), st.sampled_from(When))
def test_what_was_written_later_is_never_told_earlier(
    moment: datetime, later: timedelta, wishes: Wishes, zone: ZoneInfo, chosen: When
) -> None:
    first, second = (
        notifications.due(chosen, one, wishes, zone, after=timedelta(minutes=10)) for one in (moment, moment + later)
    )
    assert (first is None) is (second is None)
    if first is not None and second is not None:
        assert first <= second


# Whatever is stored: an answer, within a bounded number of steps.


DAYS_OFF = st.frozensets(st.integers(0, 6))
TIMES = st.times()
ANY_WISHES = st.builds(
    Wishes, quiet_from=st.none() | TIMES, quiet_until=st.none() | TIMES, days_off=DAYS_OFF, digest_at=TIMES
)
EVER = st.datetimes(timezones=st.just(UTC))
ANY_ZONE = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


@given(EVER, ANY_WISHES, ANY_ZONE, st.sampled_from(When), st.timedeltas(NOTHING, timedelta(days=400)))
def test_any_wishes_give_a_moment_or_never(
    since: datetime, wishes: Wishes, zone: ZoneInfo, how: When, after: timedelta
) -> None:
    found = notifications.due(how, since, wishes, zone, after=after)
    assert found is None or found >= since


@given(EVER, ANY_WISHES, ANY_ZONE)
def test_quiet_ends_within_some_days_or_never(moment: datetime, wishes: Wishes, zone: ZoneInfo) -> None:
    found = notifications.after_quiet(moment, wishes, zone)
    assert found is None or moment <= found <= moment + timedelta(days=3 * notifications.DAYS + 1)
