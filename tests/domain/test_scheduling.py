"""When a message is due whose time was chosen by a clock (rules §18)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hallway.domain.ids import AccountId, ConversationId, ScheduledId, UserId
from hallway.domain.scheduling import LEAST_AHEAD, MOST_AHEAD, LocalTime, ScheduledMessage, is_in_reach, moment_of

CLOCKS: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "transport" / "golden" / "clocks.json").read_text("utf-8")
)
"""The web client reads the same cases."""
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(time: str, zone: str) -> LocalTime:
    return LocalTime(datetime.fromisoformat(time), zone)


@pytest.mark.parametrize("case", CLOCKS, ids=lambda case: f"{case['zone']} {case['time']}")
def test_a_clock_shows_a_time_at_one_moment(case: dict[str, str]) -> None:
    """Of two it is the first, and after a gap the moment at which the clocks go on: in Berlin, and by half an hour on Lord Howe Island."""
    assert moment_of(at(case["time"], case["zone"])) == datetime.fromisoformat(case["due"])


def test_where_a_whole_day_was_left_out_it_is_the_next_one() -> None:
    assert moment_of(at("2011-12-30T09:00:00", "Pacific/Apia")) == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "zone"),
    [
        ("2026-12-24T09:00:00", "Mars/Olympus"),
        ("2026-12-24T09:00:00", "../../etc/passwd"),
        ("2026-12-24T09:00:00", ""),
        ("9999-12-31T23:59:59", "America/New_York"),
        ("0001-01-01T00:00:00", "Asia/Tokyo"),
    ],
)
def test_what_no_clock_shows_is_no_moment(time: str, zone: str) -> None:
    assert moment_of(at(time, zone)) is None


@pytest.mark.parametrize(
    ("ahead", "is_possible"),
    [
        (LEAST_AHEAD, True),
        (LEAST_AHEAD - timedelta(microseconds=1), False),
        (MOST_AHEAD, True),
        (MOST_AHEAD + timedelta(microseconds=1), False),
        (-timedelta(days=1), False),
    ],
)
def test_a_message_waits_between_a_minute_and_a_year(ahead: timedelta, is_possible: bool) -> None:
    assert is_in_reach(NOON + ahead, NOON) is is_possible


WAITING = ScheduledMessage(
    account_id=AccountId("a"),
    id=ScheduledId("1"),
    sender_id=UserId("u"),
    key="key",
    conversation_id=ConversationId("c"),
    person_id=None,
    body="Hello",
    due_at=NOON,
    created_at=NOON,
)


def test_a_new_time_makes_a_refused_message_wait_again_and_a_new_text_does_not() -> None:
    refused = WAITING.refused("messaging_off")
    assert (refused.is_waiting, refused.revision) == (False, 2)
    assert not refused.changed("Hi", None).is_waiting
    later = refused.changed("Hi", (NOON + timedelta(days=1), None))
    assert (later.is_waiting, later.due_at, later.body, later.revision) == (True, NOON + timedelta(days=1), "Hi", 3)


def test_a_moment_stays_and_a_clock_s_time_follows_what_is_known_of_its_zone() -> None:
    assert WAITING.due_again() == NOON
    by_clock = replace(WAITING, local=at("2026-12-24T09:00:00", "Europe/Berlin"))
    assert by_clock.due_again() == datetime(2026, 12, 24, 8, 0, tzinfo=UTC)
    assert replace(WAITING, local=at("2026-12-24T09:00:00", "Gone/Zone")).due_again() == NOON
