"""How long a message takes while a file is imported: `python -m bench.imports`.

The server has one core, those who write have the other. 50 messages a second are sent to it, in turn with and without an
import that is uploaded, checked and applied meanwhile, and each message's time counts from the moment at which it was
to be sent. With an import the 99th percentile should be at most twice as long.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from bench.contenders import hallway
from bench.contenders.hallway import ACCOUNT, secret, user_id
from bench.daemons import Daemons
from bench.runs import SERVER_CORE, room_on
from hallway.client import Client
from hallway.domain.people import Role, User
from hallway.transport.wire import admin as wire_admin

PER_SECOND = 50
SENDERS = 8
OWNER = 1_000
"""The number of the person who imports."""
LOOK_EVERY = 0.3
"""Seconds between two looks at an import, as the portal does."""


class Environment:
    """A served academy, people who write in it, and its owner."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        database = hallway.sqlite(folder)
        self._server = Daemons(folder, {})
        with self._server:
            hallway.found(database, lambda tx: hallway.found_academy(tx, OWNER + 2))
            hallway.found(database, lambda tx: tx.people.save([_owner()]))
            hallway.serve(self._server, database, SERVER_CORE, settings={})
        self._address = f"http://127.0.0.1:{self._server.details['port']}"
        self._clients = [self.client(2 * number) for number in range(SENDERS)]
        self.owner = self.client(OWNER)

    def client(self, person: int) -> Client:
        """Somebody's client."""
        return Client(self._address, token=secret(person))

    def close(self) -> None:
        """Stop it."""
        for one in (*self._clients, self.owner):
            one.close()
        self._server.stop()

    def send(self, is_enough: Callable[[float], bool]) -> list[float]:
        """Send at an even pace until it is enough; how long each message took."""
        taken: list[float] = []
        free = list(range(SENDERS))

        def send(due: float) -> None:
            sender = free.pop()
            self._clients[sender].send_to_person(user_id(2 * sender + 1), "Are you there?")
            free.append(sender)
            taken.append(time.monotonic() - due)

        began = time.monotonic()
        with ThreadPoolExecutor(SENDERS) as senders:
            sent = 0
            while not is_enough(time.monotonic() - began):
                due = began + sent / PER_SECOND
                time.sleep(max(0.0, due - time.monotonic()))
                senders.submit(send, due)
                sent += 1
        return taken

    def import_people(self, lines: int, number: int) -> None:
        """Upload, check and apply a file of people who are not there yet."""
        rows = (f"Nora New,nora{number}x{line}@bench.example,nora{number}x{line},Learner" for line in range(lines))
        file = "\n".join(("name,email,login,title", *rows)).encode()
        job = self.owner.ask("POST", "/admin/imports", file, wire_admin.ImportJob, query={"kind": "users"})
        self._wait(job, "checking", "checked")
        self.owner.ask("POST", f"/admin/imports/{job.id}/apply")
        self._wait(job, "applying", "applied")

    def _wait(self, job: wire_admin.ImportJob, state: str, following: str) -> None:
        while (shown := self.owner.ask("GET", f"/admin/imports/{job.id}", None, wire_admin.ImportJob)).state == state:
            time.sleep(LOOK_EVERY)
        assert shown.state == following, shown


def _owner() -> User:
    return User(
        account_id=ACCOUNT,
        id=user_id(OWNER),
        name="Olga Owner",
        email="olga@bench.example",
        login="olga",
        role=Role.OWNER,
    )


def turn(environment: Environment, seconds: float, lines: int, number: int) -> tuple[float, float, float]:
    """The 99th percentile without and with an import, and how long the import took."""
    alone = environment.send(lambda passed: passed > seconds)
    importing = threading.Thread(target=environment.import_people, args=(lines, number))
    began = time.monotonic()
    importing.start()
    meanwhile = environment.send(lambda _: not importing.is_alive())
    return quantiles(alone, n=100)[98], quantiles(meanwhile, n=100)[98], time.monotonic() - began


def main(words: Sequence[str]) -> None:
    """Run all turns, and print them with their medians."""
    parser = argparse.ArgumentParser(description="How long a message takes while a file is imported.")
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"))  # noqa: S108 - a disk, where /tmp may be memory
    chosen = parser.parse_args(words)
    ratios: list[float] = []
    with room_on(chosen.disk) as folder:
        environment = Environment(folder)
        for number in range(chosen.turns):
            alone, meanwhile, took = turn(environment, chosen.seconds, chosen.lines, number)
            ratios.append(meanwhile / alone)
            print(
                f"p99 alone {alone * 1000:7.1f} ms, with an import {meanwhile * 1000:7.1f} ms,"
                f" {ratios[-1]:5.2f} times; {chosen.lines} lines took {took:.1f} s",
                flush=True,
            )
        environment.close()
    print(f"with an import, times as long: median {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main(sys.argv[1:])
