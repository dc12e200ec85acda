"""Two processes over one PostgreSQL: what happens at one is seen at the other, whatever carries the news, and loses it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from hallway.client import Client, Refusal, WebSocketClient
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import frames as wire_frames
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation
from tests.servers.nats import Nats
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow


class Two(Protocol):
    """Starts two processes."""

    def __call__(self, broker: str, **settings: str) -> tuple[Hallway, Hallway]:
        """Both, which answer."""
        ...


@pytest.fixture
def nats() -> Iterator[Nats]:
    """A node of its own, to be harmed."""
    server = Nats()
    yield server
    server.remove()


@pytest.fixture
def exits() -> Iterator[ExitStack]:
    """What is left at the end of a test."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def two(postgres: Postgres, tmp_path: Path, exits: ExitStack) -> Two:
    """Starts two processes over one academy, with the pub/sub that the test names, and settings."""

    def start(broker: str, **settings: str) -> tuple[Hallway, Hallway]:
        database = postgres.new_copy(build_academy)
        common = {"database": database, "broker": broker, **settings}
        here, there = (installation(tmp_path / name, **common) for name in ("here", "there"))
        for one in (here, there):
            exits.callback(one.kill)
        return here, there

    return start


@pytest.mark.parametrize("pub_sub", ["postgresql", "nats"])
def test_what_is_done_at_one_process_is_seen_at_the_other(
    two: Two, pub_sub: str, request: pytest.FixtureRequest, exits: ExitStack
) -> None:
    broker = request.getfixturevalue("nats").addresses if pub_sub == "nats" else ""
    here, there = two(broker)
    samuel, maya = (exits.enter_context(one.client(name)) for one, name in ((here, "samuel"), (there, "maya")))
    line = exits.enter_context(maya.connect())
    chat = samuel.send_to_person(maya.me().person.id, "Welcome").conversation_id
    assert _next(line, wire_frames.MessageFrame).message.body == "Welcome"
    back = exits.enter_context(samuel.connect())
    line.send(chat, "Thank you")
    assert _next(back, wire_frames.MessageFrame).message.body == "Thank you"
    line.read(chat, 1)
    assert _next(back, wire_frames.ReadMarkFrame).read_seq == 1
    _as_through_a_balancer(maya, here).sign_out()
    assert [type(frame) for frame in line][-1] == wire_frames.SignedOutFrame


def test_what_was_lost_while_nothing_was_carried_is_asked_for_and_sessions_that_ended_end(
    two: Two, nats: Nats, exits: ExitStack
) -> None:
    here, there = two(nats.addresses)
    samuel, maya, omar = (
        exits.enter_context(one.client(name)) for one, name in ((here, "samuel"), (there, "maya"), (there, "omar"))
    )
    chat = samuel.send_to_person(maya.me().person.id, "Before").conversation_id
    line, his = exits.enter_context(maya.connect()), exits.enter_context(omar.connect())
    nats.kill(0)
    samuel.send(chat, "Meanwhile")
    _as_through_a_balancer(omar, here).sign_out()
    nats.start(0)
    assert _next(line, wire_frames.WelcomeFrame).user_id == maya.me().person.id
    missed = line.sync(chat, rev=1, own_rev=0)
    assert [one.body for one in missed.messages] == ["Meanwhile"]
    assert [type(frame) for frame in his][-1] == wire_frames.SignedOutFrame


def test_failed_sign_ins_are_counted_together(two: Two, exits: ExitStack) -> None:
    here, there = two("", sign_in_attempts_per_minute="3")
    one, other = (exits.enter_context(process.client()) for process in (here, there))
    codes = [_refusal(lambda guest=guest: guest.sign_in("maya", "a guess")) for guest in (one, other, one, other, one)]
    assert codes == ["sign_in_failed"] * 3 + ["too_many"] * 2


def test_messages_a_minute_are_counted_together(two: Two, exits: ExitStack) -> None:
    here, there = two("", messages_per_minute="4")
    samuel, samuel_too, maya = (
        exits.enter_context(one.client(name)) for one, name in ((here, "samuel"), (there, "samuel"), (there, "maya"))
    )
    line = exits.enter_context(maya.connect())
    to = maya.me().person.id
    for number in range(3):
        samuel.send_to_person(to, str(number))
        assert _next(line, wire_frames.MessageFrame).message.body == str(number)
    samuel_too.send_to_person(to, "the fourth")
    assert _refusal(lambda: samuel_too.send_to_person(to, "the fifth")) == "too_many"


def test_an_import_is_checked_here_looked_at_there_and_applied_once(two: Two, exits: ExitStack) -> None:
    here, there = two("")
    ingrid, ingrid_too = (exits.enter_context(one.client("ingrid")) for one in (here, there))
    file = b"title\n" + b"".join(b"Course %d\n" % number for number in range(500))
    job = ingrid.ask("POST", "/admin/imports", file, wire_admin.ImportJob, query={"kind": "courses"})
    assert _until(ingrid_too, job.id, "checking").state == "checked"
    ingrid_too.ask("POST", f"/admin/imports/{job.id}/apply")
    assert _refusal(lambda: ingrid.ask("POST", f"/admin/imports/{job.id}/apply")) == "not_checked"
    applied = _until(ingrid, job.id, "applying")
    assert (applied.state, applied.done, applied.to_add) == ("applied", 500, 500)


def _until(client: Client, job_id: str, state: str) -> wire_admin.ImportJob:
    """The job once it is in this state no more."""
    while True:
        job = client.ask("GET", f"/admin/imports/{job_id}", None, wire_admin.ImportJob)
        if job.state != state:
            return job


def _refusal(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        work()
    return refused.value.problem.code


def _as_through_a_balancer(client: Client, process: Hallway) -> Client:
    """The same browser, whose next request another process gets."""
    client._http.base_url = process.address
    return client


def _next(line: WebSocketClient, kind: type) -> wire_frames.ServerFrame:
    """The next frame of this kind."""
    while True:
        frame = line.next_frame()
        if isinstance(frame, kind):
            return frame
