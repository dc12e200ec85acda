"""Messages whose time comes while servers are killed, are down, or are several: each is sent once (rules §18)."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import sleep

import pytest

from hallway.client import Client, WebSocketClient
from hallway.domain.ids import UserId
from hallway.transport.wire import frames as wire_frames
from tests.faults.scheduled import let_be_due, schedule_many, stored, wait_until, waiting
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation
from tests.servers.postgres import Postgres

KILLS = 5
MANY = 2_000


def _people(client: Client) -> tuple[UserId, list[UserId]]:
    """Somebody who may write to many, and these."""
    return UserId(client.me().person.id), [UserId(one.id) for one in client.people(limit=50).people]


def _told(line: WebSocketClient) -> str:
    return next(frame.conversation_id for frame in line if isinstance(frame, wire_frames.ScheduledFrame))


def test_what_was_due_while_the_server_was_down_goes_when_it_is_back_and_once(academy: Hallway) -> None:
    with academy.client("samuel") as samuel, academy.client("maya") as maya:
        at = datetime.now(UTC) + timedelta(hours=1)
        one = samuel.schedule_to_person(maya.me().person.id, "At nine", at)
        academy.kill()
        let_be_due(academy.database_url)
        back = datetime.now(UTC)
        academy.again()
        wait_until(lambda: samuel.scheduled() == [])
        found = maya.history(one.conversation_id).messages
        assert [message.body for message in found if message.key == one.key] == ["At nine"]
        assert found[-1].sent_at >= back - timedelta(seconds=1)
        academy.kill()
        academy.again()
        assert stored(academy.database_url, {one.key}) == {one.key: 1}


def test_what_is_refused_at_its_time_comes_back_live_with_the_reason(academy: Hallway) -> None:
    with academy.client("samuel") as samuel, academy.client("ingrid") as ingrid, academy.client("maya") as maya:
        person = maya.me().person.id
        chat = samuel.send_to_person(person, "Hello").conversation_id
        samuel.schedule(chat, "At nine", datetime.now(UTC) + timedelta(hours=1))
        ingrid.ask("POST", f"/admin/users/{person}/deactivate")
        let_be_due(academy.database_url)
        with samuel.connect() as line:
            other = samuel.schedule(chat, "Looks again", datetime.now(UTC) + timedelta(hours=1))
            while other not in samuel.scheduled() or len(_refused(samuel)) == 0:
                assert _told(line) == chat
        (refused,) = _refused(samuel)
        assert refused == ("At nine", "other_deactivated")
        ingrid.ask("POST", f"/admin/users/{person}/activate")
        one = next(each for each in samuel.scheduled() if each.state == "refused")
        assert samuel.send_scheduled(one.id).body == "At nine"


def _refused(client: Client) -> list[tuple[str, str]]:
    return [(one.body, one.refusal.code) for one in client.scheduled() if one.refusal is not None]


@pytest.mark.slow
def test_kills_at_the_moment_of_many_lose_and_double_none(academy: Hallway) -> None:
    random = Random(7)
    with academy.client("samuel") as samuel:
        sender, people = _people(samuel)
    academy.kill()
    keys = schedule_many(academy.database_url, sender, people, MANY)
    counts: list[int] = []
    for _ in range(KILLS):
        academy.again()
        sleep(random.uniform(0, 0.15))  # no event: any moment must do
        academy.kill()
        counts.append(stored(academy.database_url, keys).total())
        assert counts[-1] + waiting(academy.database_url) == MANY
    academy.again()
    wait_until(lambda: not waiting(academy.database_url))
    assert stored(academy.database_url, keys) == dict.fromkeys(keys, 1)
    assert any(0 < count < MANY for count in counts), "no kill came in between"


@pytest.fixture
def exits() -> Iterator[ExitStack]:
    """What is left at the end of a test."""
    with ExitStack() as stack:
        yield stack


@pytest.mark.slow
def test_two_processes_share_what_is_due_and_send_nothing_twice_though_one_is_killed(
    postgres: Postgres, tmp_path: Path, exits: ExitStack
) -> None:
    database = postgres.new_copy(build_academy)
    here, there = (installation(tmp_path / name, database=database) for name in ("here", "there"))
    for one in (here, there):
        exits.callback(one.kill)
    with here.client("samuel") as samuel:
        sender, people = _people(samuel)
    for one in (here, there):
        one.kill()
    keys = schedule_many(database, sender, people, MANY)
    here.again()
    there.again()
    wait_until(lambda: stored(database, keys).total() > MANY // 4)
    here.kill()
    wait_until(lambda: not waiting(database))
    assert stored(database, keys) == dict.fromkeys(keys, 1)
