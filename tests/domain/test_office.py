"""Office hours: when an expert answers, and by when a reply may be expected."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from hallway.domain.office import Office, expected_reply, is_open

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


def test_one_hour_a_week_is_enough_to_answer_some_day() -> None:
    seldom = Office(frozenset({2}), time(10), time(11), reply_hours=2)
    assert expected_reply(seldom, BERLIN, _at("2026-03-02T08:00")) == _at("2026-03-11T10:00")


def test_an_office_that_never_opens_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never"):
        expected_reply(Office(frozenset(), time(9), time(17), 1), BERLIN, _at("2026-03-02T08:00"))
