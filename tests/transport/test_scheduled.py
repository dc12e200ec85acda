"""Send later over HTTP and the socket (rules §18)."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hallway.client import Refusal, WebSocketClient
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import scheduled as wire_scheduled
from tests.transport.cast import Browser, Cast, as_problem, without_request_id

NOTHING = "00000000-0000-7000-8000-00000000dead"


def tomorrow() -> datetime:
    """A moment at which nothing is due while a test runs."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)


def later(cast: Cast, body: str = "Later") -> wire_scheduled.Scheduled:
    """The learner schedules a question."""
    return cast.learner.client.schedule_to_person(cast.expert.id, body, tomorrow(), course_id=cast.course.id)


def told(line: WebSocketClient) -> wire_frames.ScheduledFrame:
    """The next word about what is scheduled."""
    return next(frame for frame in line if isinstance(frame, wire_frames.ScheduledFrame))


def test_what_is_scheduled_is_answered_with_its_moment_and_listed(cast: Cast) -> None:
    at = tomorrow()
    clock = wire_scheduled.LocalTime(at.replace(tzinfo=None), "Europe/Berlin")
    learner = cast.learner.client
    first = learner.schedule_to_person(cast.expert.id, "By the clock", clock, course_id=cast.course.id)
    assert (first.local, first.state, first.refusal, first.title) == (clock, "waiting", None, cast.expert.name)
    assert first.due_at in {at - timedelta(hours=1), at - timedelta(hours=2)}
    assert first.course is not None
    assert first.course.id == cast.course.id
    chat = cast.asks().conversation_id
    second = learner.schedule(chat, "At a moment", at, reply_to=1)
    assert (second.due_at, second.local, second.conversation_id, second.reply_to) == (at, None, chat, 1)
    assert learner.scheduled() == learner.scheduled(chat) == [first, second]
    assert cast.expert.client.scheduled() == []


def test_all_own_devices_hear_of_it_and_nobody_else(cast: Cast) -> None:
    chat = cast.asks().conversation_id
    with cast.learner.client.connect() as mine, cast.expert.client.connect() as theirs:
        one = later(cast)
        assert told(mine).conversation_id == chat
        one = cast.learner.client.change_scheduled(one, body="Other")
        told(mine)
        cast.learner.client.cancel_scheduled(one.id)
        told(mine)
        two = later(cast)
        told(mine)
        cast.learner.client.send_scheduled(two.id)
        told(mine)
        first = next(iter(theirs))
        assert isinstance(first, wire_frames.MessageFrame)
        assert first.message.body == "Later"


def test_text_and_time_change_as_they_were_seen(cast: Cast) -> None:
    one = later(cast)
    at = tomorrow() + timedelta(days=1)
    changed = cast.learner.client.change_scheduled(one, body="Other", at=at)
    assert (changed.body, changed.due_at, changed.revision) == ("Other", at, one.revision + 1)
    with pytest.raises(Refusal) as refused:
        cast.learner.client.change_scheduled(one, body="Mine")
    assert (refused.value.problem.status, refused.value.problem.code) == (409, "scheduled_changed")


def test_sent_now_it_is_the_message_of_its_key(cast: Cast) -> None:
    one = later(cast)
    message = cast.learner.client.send_scheduled(one.id)
    assert (message.key, message.body) == (one.key, "Later")
    assert cast.learner.client.scheduled() == []
    with pytest.raises(Refusal) as refused:
        cast.learner.client.send_scheduled(one.id)
    assert refused.value.problem.code == "not_found"
    with pytest.raises(Refusal) as refused:
        cast.learner.client.schedule_to_person(cast.expert.id, "Later", tomorrow(), key=one.key)
    assert refused.value.problem.code == "already_sent"


def test_a_file_waits_with_its_message(cast: Cast) -> None:
    learner = cast.learner.client
    file = learner.upload("plan.txt", io.BytesIO(b"Left."), 5)
    one = learner.schedule_to_person(cast.expert.id, "", tomorrow(), files=[file.id])
    assert [each.name for each in one.files] == ["plan.txt"]
    assert [each.id for each in learner.send_scheduled(one.id).files] == [file.id]


@pytest.mark.parametrize(
    ("at", "field", "code"),
    [
        ("2026-12-24T09:00:00", "/at", "invalid"),
        ("now", "/at", "invalid"),
        (17, "/at", "not_ahead"),
        (None, "/at", "invalid"),
        ("1999-12-24T09:00:00Z", "/at", "not_ahead"),
        ("9999-12-31T23:59:59-23:59", "/at", "not_ahead"),
        ({"time": "2026-12-24T09:00:00Z", "zone": "Europe/Berlin"}, "/at/time", "invalid"),
        ({"time": "2026-12-24T09:00:00"}, "/at", "invalid"),
        ({"time": "2026-12-24T09:00:00", "zone": "Mars/Olympus"}, "/at/zone", "no_time_zone"),
        ({"time": "2026-12-24T09:00:00", "zone": "../../etc/passwd"}, "/at/zone", "no_time_zone"),
        ({"time": "2026-12-24T09:00:00", "zone": "x" * 65}, "/at/zone", "invalid"),
        ({"time": "1999-12-24T09:00:00", "zone": "Europe/Berlin"}, "/at", "not_ahead"),
        ({"time": "0001-01-01T00:00:00", "zone": "Asia/Tokyo"}, "/at", "not_ahead"),
        ({"time": "2026-12-24T09:00:00", "zone": "Europe/Berlin", "fold": 1}, "/at", "invalid"),
    ],
)
def test_a_time_that_is_none_is_refused_with_its_field(cast: Cast, at: Any, field: str, code: str) -> None:
    body = {"body": "Later", "key": "key-of-later", "at": at}
    answer = cast.learner.browser.request("POST", f"/people/{cast.expert.id}/scheduled", json=body)
    document = as_problem(answer, 422, "invalid")
    assert [one["code"] for one in document["errors"]] == [code]
    assert document["errors"][0]["pointer"] == field


def test_what_others_scheduled_is_answered_like_what_is_not_there(cast: Cast) -> None:
    one = later(cast)
    requests: list[tuple[str, str, dict[str, Any] | None]] = [
        ("PATCH", "/scheduled/{id}", {"revision": 1, "body": "Mine"}),
        ("DELETE", "/scheduled/{id}", None),
        ("POST", "/scheduled/{id}/send", None),
    ]
    for stranger in (cast.outsider.browser, cast.expert.browser):
        for method, path, body in requests:
            theirs, nothing = (_asked(stranger, method, path, each, body) for each in (one.id, NOTHING))
            assert without_request_id(theirs) == without_request_id(nothing)
            as_problem(theirs, 404, "not_found")
    assert cast.learner.client.scheduled() == [one]


def _asked(browser: Browser, method: str, path: str, scheduled_id: str, body: dict[str, Any] | None) -> Any:
    return browser.request(method, path.format(id=scheduled_id), json=body)


def test_nobody_schedules_to_whom_they_may_not_write(cast: Cast) -> None:
    for who in (cast.outsider.id, NOTHING):
        with pytest.raises(Refusal) as refused:
            cast.learner.client.schedule_to_person(who, "Hello", tomorrow())
        assert refused.value.problem.code == "no_relation"
    with pytest.raises(Refusal) as refused:
        cast.outsider.client.schedule(cast.asks().conversation_id, "Let me in", tomorrow())
    assert refused.value.problem.code == "not_found"


def test_scheduling_counts_like_sending(cast: Cast) -> None:
    """The twentieth in a chat is the last."""
    for number in range(20):
        later(cast, str(number))
    with pytest.raises(Refusal) as refused:
        later(cast)
    assert (refused.value.problem.status, refused.value.problem.code) == (409, "too_many_scheduled_in_chat")
