"""How long a message takes while something large happens.

The server has one core, those who write have the other. 50 messages a second are sent to it, in turn with and without the large work
meanwhile, and each message's time counts from the moment at which it was to be sent. With the work the 99th percentile should be at most twice
as long.
"""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from bench.contenders import hallway
from bench.contenders.hallway import ACCOUNT, secret, user_id
from bench.daemons import Daemons
from bench.runs import SERVER_CORE
from hallway.client import Client
from hallway.domain.people import Role, User

PER_SECOND = 50
SENDERS = 8
OWNER = 1_000
"""The number of the person who manages the academy."""


class Environment:
    """A served academy, people who write in it, and its owner."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        """Start it."""
        database = hallway.sqlite(folder)
        self._server = Daemons(folder, {})
        with self._server:
            hallway.found(database, lambda tx: hallway.found_academy(tx, OWNER + 2))
            hallway.found(database, lambda tx: tx.people.save([_owner()]))
            hallway.serve(self._server, database, SERVER_CORE, settings=settings)
        self.address = f"http://127.0.0.1:{self._server.details['port']}"
        self._clients = [self.client(2 * number) for number in range(SENDERS)]
        self.owner = self.client(OWNER)

    def client(self, person: int) -> Client:
        """Somebody's client."""
        return Client(self.address, token=secret(person))

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


def _owner() -> User:
    return User(
        account_id=ACCOUNT,
        id=user_id(OWNER),
        name="Olga Owner",
        email="olga@bench.example",
        login="olga",
        role=Role.OWNER,
    )


def compare(environment: Environment, seconds: float, turns: int, work: Callable[[int], None]) -> None:
    """Print the 99th percentile without and with the work of each turn, by number, and the ratios' median."""
    ratios: list[float] = []
    for number in range(turns):
        alone = environment.send(lambda passed: passed > seconds)
        working = threading.Thread(target=work, args=(number,))
        began = time.monotonic()
        working.start()
        meanwhile = environment.send(lambda _, working=working: not working.is_alive())
        took = time.monotonic() - began
        before, after = (quantiles(one, n=100)[98] for one in (alone, meanwhile))
        ratios.append(after / before)
        print(
            f"p99 alone {before * 1000:7.1f} ms, meanwhile {after * 1000:7.1f} ms, {ratios[-1]:5.2f} times; it took {took:.1f} s",
            flush=True,
        )
    print(f"meanwhile, times as long: median {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
