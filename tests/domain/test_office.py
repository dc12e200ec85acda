"""Office hours: when an expert answers, and by when a reply may be expected."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hallway.domain.office import LONGEST, Office, expected_reply, is_kept, is_open
from hallway.domain.zones import zone_named

REPLIES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "transport" / "golden" / "replies.json").read_text("utf-8")
)
"""Read by the client's tests too, which works out the same for the person at the screen."""
BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = Office(frozenset(range(5)), time(9), time(17), reply_hours=4)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T07:59", False),
        ("2026-03-02T08:00", True),
        ("2026-03-02T15:59", True),
        ("2026-03-02T16:00", False),
        ("2026-03-07T10:00", False),
    ],
)
def test_it_is_open_by_the_experts_own_clock(moment: str, expected: bool) -> None:
    assert is_open(WEEKDAYS, BERLIN, _at(moment)) is expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2026-03-02T08:00", "2026-03-02T12:00"),
        ("2026-03-02T05:00", "2026-03-02T12:00"),
        ("2026-03-02T14:00", "2026-03-03T10:00"),
        ("2026-03-06T15:00", "2026-03-09T11:00"),
        ("2026-03-07T15:00", "2026-03-09T12:00"),
        ("2026-03-27T14:00", "2026-03-30T09:00"),
    ],
)
def test_a_reply_takes_so_many_office_hours(asked: str, expected: str) -> None:
    assert expected_reply(WEEKDAYS, BERLIN, _at(asked)) == _at(expected)


@pytest.mark.parametrize("case", REPLIES, ids=lambda case: f"{case['time_zone']} {case['asked']}")
def test_the_client_expects_the_same_reply(case: dict[str, Any]) -> None:
    opens, closes = time.fromisoformat(case["opens"]), time.fromisoformat(case["closes"])
    office = Office(frozenset(case["days"]), opens, closes, case["reply_hours"])
    found = expected_reply(office, zone_named(case["time_zone"]), datetime.fromisoformat(case["asked"]))
    assert found == (case["expected"] and datetime.fromisoformat(case["expected"]))


def test_one_hour_a_week_is_enough_to_answer_some_day() -> None:
    seldom = Office(frozenset({2}), time(10), time(11), reply_hours=2)
    assert expected_reply(seldom, BERLIN, _at("2026-03-02T08:00")) == _at("2026-03-11T10:00")


def test_an_office_that_never_opens_promises_nothing() -> None:
    assert expected_reply(Office(frozenset(), time(9), time(17), 1), BERLIN, _at("2026-03-02T08:00")) is None


# Whatever is stored: an answer, within a bounded number of steps.

ANY_OFFICE = st.builds(
    Office,
    st.frozensets(st.integers(0, 6)),
    st.times(),
    st.times(),
    st.integers(-1, 10_000),
)
ANY_ZONE = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
EVER = st.datetimes(timezones=st.just(UTC))
TIME_OF_DAY = st.builds(time, st.integers(0, 23), st.integers(0, 59))
OUR_TIME = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - they get one


@given(ANY_OFFICE, ANY_ZONE, EVER)
@example(WEEKDAYS, ZoneInfo("Pacific/Kiritimati"), datetime.max.replace(tzinfo=UTC))
@example(WEEKDAYS, ZoneInfo("Pacific/Pago_Pago"), datetime.min.replace(tzinfo=UTC))
def test_any_office_gives_a_moment_or_none(office: Office, zone: ZoneInfo, asked: datetime) -> None:
    found = expected_reply(office, zone, asked)
    assert found is None or found - asked <= timedelta(days=LONGEST + 2)
    assert is_open(office, zone, asked) in {True, False}


@given(st.frozensets(st.integers(0, 6), min_size=1), TIME_OF_DAY, TIME_OF_DAY, st.integers(1, 99), ANY_ZONE, OUR_TIME)
def test_what_may_be_saved_comes_and_takes_its_hours(
    days: frozenset[int], opens: time, closes: time, hours: int, zone: ZoneInfo, asked: datetime
) -> None:
    """Across changes of clocks, leap days, and an hour that its only day of a week does not have."""
    office = Office(days, opens, closes, hours)
    found = expected_reply(office, zone, asked)
    assert found is not None or not is_kept(office)
    if found is not None:
        assert found - asked >= timedelta(hours=hours)


@pytest.mark.parametrize(
    ("opens", "closes", "hours", "expected"),
    [
        (time(10), time(11), 52, True),
        (time(10), time(11), 53, False),
        (time(10), time(10, 1), 1, False),
        (time(10), time(10), 1, False),
        (time(22), time(6), 1, False),
        (time(0), time(23, 59), 99, True),
    ],
)
def test_a_reply_within_a_year_is_a_promise(opens: time, closes: time, hours: int, expected: bool) -> None:
    assert is_kept(Office(frozenset({2}), opens, closes, hours)) is expected


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "a" * 5_000, "a\0b"])
def test_a_zone_that_is_not_there_counts_as_utc(name: str) -> None:
    assert zone_named(name).key == "UTC"
    assert zone_named("Europe/Berlin").key == "Europe/Berlin"
