"""What it costs to tell people who are away, and how long a push takes: `python -m bench.notices`.

The server has one core, what takes the notices has the other (`bench/sinks.py`). The cost is the server's processor time,
by the kernel's clock, for as many people as `--people` says, each with one unread message in a chat of their own: over
what the same server needs from its start on when nobody is to be told. It has everything in it: deciding, claiming,
writing, encrypting, handing over, settling.

A push waits three seconds on purpose, so that nobody's phone rings for what they are just reading. What is told is the
time from a message's acknowledgement until the push service has the push, while 20 messages a second are sent.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from bench.contenders import hallway
from bench.contenders.hallway import ACCOUNT, secret, user_id
from bench.daemons import Daemons
from bench.machine import seconds
from bench.runs import SERVER_CORE, room_on
from bench.sinks import Hook, Mail, Sink
from hallway.adapters import RandomIds, SystemClock
from hallway.client import Client
from hallway.domain.ids import SessionId
from hallway.domain.notifications import EMAIL, Channel, Policy, When
from hallway.notifications.registry import declared
from hallway.usecases.actors import Actor
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.sending import Send
from hallway.usecases.notifications.records import Browser
from hallway.usecases.transaction import Transaction

PATIENCE = 600
"""Seconds until what does not come will not."""
REST = 5
"""Seconds after which a server that has nothing to do has done all of its starting."""
AT_ONCE = 500
PUSHED, PER_SECOND = 200, 20
PUSH = Channel("push")
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
"""A browser's public key, and below what it shares with its push service: the example of RFC 8291 §5."""
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


@dataclass(frozen=True, slots=True)
class Way:
    """A channel, the sink that takes what goes out by it, and the settings that lead there."""

    channel: Channel
    sink: Sink

    @property
    def settings(self) -> Mapping[str, str]:
        """As the environment has them; other channels are not there."""
        origin = f"http://127.0.0.1:{self.sink.port}"
        match self.channel:
            case "email":
                smtp = f"smtp://127.0.0.1:{self.sink.port}"
                return {"HALLWAY_SMTP": smtp, "HALLWAY_MAIL_FROM": "a@bench.example", "HALLWAY_PUSH_SERVICES": ""}
            case "push":
                return {"HALLWAY_PUSH_SERVICES": origin}
            case _:
                template = f"json://127.0.0.1:{self.sink.port}/{{login}}"
                return {"HALLWAY_MESSENGER": template, "HALLWAY_PUSH_SERVICES": ""}


def way(channel: Channel) -> Way:
    """A channel with a new sink."""
    return Way(channel, Sink(Mail if channel == EMAIL else Hook))


def found(database: str, people: int) -> None:
    """An academy in pairs, of which all are told at once, whatever the channel."""
    policy = Policy(choices={"messenger.message": When.NOW}, mail_after=0)
    hallway.found(database, lambda tx: hallway.found_academy(tx, 2 * people))
    hallway.found(database, lambda tx: tx.settings.set_policy(ACCOUNT, policy))


def write_to_all(database: str, people: int) -> None:
    """Everybody's partner writes to them."""
    ids, clock = RandomIds(), SystemClock()
    for start in range(0, people, AT_ONCE):
        commands = [
            Send(
                actor=Actor(account_id=ACCOUNT, user_id=user_id(2 * pair)),
                body="Are you there?",
                key=ids.new(),
                to_person=user_id(2 * pair + 1),
            )
            for pair in range(start, min(people, start + AT_ONCE))
        ]

        def send(tx: Transaction, commands: list[Send] = commands) -> None:
            refused = [one for one in send_all(tx, commands, clock=clock) if isinstance(one, Exception)]
            assert refused == []

        hallway.found(database, send)


def _sign_up(database: str, people: int, sink: Sink) -> None:
    """Everybody has a browser."""

    def sign_up(tx: Transaction) -> None:
        for person in range(1, 2 * people, 2):
            session, name = SessionId(str(UUID(int=(4 << 64) + person))), str(UUID(int=(5 << 64) + person))
            endpoint = f"http://127.0.0.1:{sink.port}/{person}"
            now = datetime.now(UTC)
            tx.browsers.add(
                Browser(
                    account_id=ACCOUNT,
                    id=name,
                    user_id=user_id(person),
                    session_id=session,
                    endpoint=endpoint,
                    p256dh=KEY,
                    auth=AUTH,
                    name="bench",
                    created_at=now,
                )
            )

    hallway.found(database, sign_up)


def _serve(one: Way, folder: Path, people: int, *, is_unread: bool) -> Daemons:
    database = hallway.sqlite(folder)
    with Daemons(folder, {}) as server:
        found(database, people)
        if one.channel == PUSH:
            _sign_up(database, people, one.sink)
        if is_unread:
            write_to_all(database, people)
        hallway.serve(server, database, SERVER_CORE, settings=one.settings)
    return server


def cost(channel: Channel, people: int, disk: Path) -> float:
    """Processor seconds of the server for one notice."""
    with room_on(disk) as folder:
        one = way(channel)
        idle = _serve(one, folder, people, is_unread=False)
        time.sleep(REST)
        start = seconds(idle.pids())
        idle.stop()
        one.sink.close()
    with room_on(disk) as folder:
        one = way(channel)
        server = _serve(one, folder, people, is_unread=True)
        one.sink.wait_for(people, PATIENCE)
        time.sleep(1)  # what came last is settled
        spent = seconds(server.pids()) - start
        server.stop()
        one.sink.close()
    return spent / people


def push_times(disk: Path) -> Sequence[float]:
    """Seconds from the acknowledgement of each message to the push service."""
    acknowledged: dict[str, float] = {}
    with room_on(disk) as folder:
        one = way(PUSH)
        server = _serve(one, folder, PUSHED, is_unread=False)
        begun = time.monotonic()
        for pair in range(PUSHED):
            time.sleep(max(0.0, begun + pair / PER_SECOND - time.monotonic()))
            with Client(f"http://127.0.0.1:{server.details['port']}", token=secret(2 * pair)) as client:
                client.send_to_person(user_id(2 * pair + 1), "Are you there?")
            acknowledged[f"/{2 * pair + 1}"] = time.monotonic()
        one.sink.wait_for(PUSHED, PATIENCE)
        server.stop()
        one.sink.close()
    return [one.sink.arrived[name] - since for name, since in acknowledged.items()]


def main(words: Sequence[str]) -> None:
    """Run all, in turn, and print the medians."""
    parser = argparse.ArgumentParser(
        description="What it costs to tell people who are away, and how long a push takes."
    )
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"))  # noqa: S108 - a disk, where /tmp may be memory
    chosen = parser.parse_args(words)
    costs: dict[Channel, list[float]] = {channel: [] for channel in declared()}
    times: list[tuple[float, float]] = []
    for _ in range(chosen.rounds):
        for channel, found_costs in costs.items():
            found_costs.append(cost(channel, chosen.people, chosen.disk))
        percent = quantiles(push_times(chosen.disk), n=100)
        times.append((percent[49], percent[98]))
    for channel, found_costs in costs.items():
        _tell(f"{channel}, notices/s of one core", [1 / one for one in found_costs])
    for name, at in (("p50", 0), ("p99", 1)):
        _tell(
            f"push service has it, {name}, s (of which {declared()[PUSH].delay(Policy()).seconds} on purpose)",
            [one[at] for one in times],
        )


def _tell(name: str, values: Sequence[float]) -> None:
    each = sorted(values)
    print(f"{name:65} {median(each):8.2f} ({each[0]:.2f} to {each[-1]:.2f})", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
