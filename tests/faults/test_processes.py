"""Two processes over one PostgreSQL: what happens at one is seen at the other, whatever carries the news, and loses it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hallway.client import Client, Line
from hallway.transport import wire
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation
from tests.servers.nats import Nats
from tests.servers.postgres import Postgres


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
def two(postgres: Postgres, tmp_path: Path, exits: ExitStack) -> Callable[[str], tuple[Hallway, Hallway]]:
    """Starts two processes over one academy, with the carrier that the test names."""

    def start(broker: str) -> tuple[Hallway, Hallway]:
        database = postgres.new_database()
        build_academy(database)
        here, there = (installation(tmp_path / name, database=database, broker=broker) for name in ("here", "there"))
        for one in (here, there):
            exits.callback(one.kill)
        return here, there

    return start


@pytest.mark.parametrize("carrier", ["postgresql", "nats"])
def test_what_is_done_at_one_process_is_seen_at_the_other(
    two: Callable[[str], tuple[Hallway, Hallway]], carrier: str, request: pytest.FixtureRequest, exits: ExitStack
) -> None:
    broker = request.getfixturevalue("nats").addresses if carrier == "nats" else ""
    here, there = two(broker)
    samuel, maya = (exits.enter_context(one.client(name)) for one, name in ((here, "samuel"), (there, "maya")))
    line = exits.enter_context(maya.line())
    chat = samuel.send_to_person(maya.me().person.id, "Welcome").conversation_id
    assert _next(line, wire.MessageFrame).message.body == "Welcome"
    back = exits.enter_context(samuel.line())
    line.send(chat, "Thank you")
    assert _next(back, wire.MessageFrame).message.body == "Thank you"
    line.read(chat, 1)
    assert _next(back, wire.ReadMarkFrame).read_seq == 1
    _as_through_a_balancer(maya, here).sign_out()
    assert [type(frame) for frame in line][-1] == wire.SignedOutFrame


def test_what_was_lost_while_nothing_was_carried_is_asked_for_and_sessions_that_ended_end(
    two: Callable[[str], tuple[Hallway, Hallway]], nats: Nats, exits: ExitStack
) -> None:
    here, there = two(nats.addresses)
    samuel, maya, omar = (
        exits.enter_context(one.client(name)) for one, name in ((here, "samuel"), (there, "maya"), (there, "omar"))
    )
    chat = samuel.send_to_person(maya.me().person.id, "Before").conversation_id
    line, his = exits.enter_context(maya.line()), exits.enter_context(omar.line())
    nats.kill(0)
    samuel.send(chat, "Meanwhile")
    _as_through_a_balancer(omar, here).sign_out()
    nats.start(0)
    assert _next(line, wire.WelcomeFrame).user_id == maya.me().person.id
    missed = line.sync(chat, rev=1, own_rev=0)
    assert [one.body for one in missed.messages] == ["Meanwhile"]
    assert [type(frame) for frame in his][-1] == wire.SignedOutFrame


def _as_through_a_balancer(client: Client, process: Hallway) -> Client:
    """The same browser, whose next request another process gets."""
    client._http.base_url = process.address
    return client


def _next(line: Line, kind: type) -> wire.ServerFrame:
    """The next frame of this kind."""
    while True:
        frame = line.next_frame()
        if isinstance(frame, kind):
            return frame
