"""What ten thousand accounts cost one process beside a single one: `python -m bench.accounts`.

Start-up in seconds, memory in bytes and processor seconds a second while nobody asks, and the processor seconds of a
message, each as the ratio of many to one in the same run, in turns that change their order.
"""

import argparse
import shutil
import sqlite3
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import random
from uuid import UUID

from bench.contenders import hallway
from bench.daemons import Daemons
from bench.machine import memory
from bench.runs import SERVER_CORE, Served, Values, room_on
from bench.workloads.window import Window
from hallway.adapters import RandomIds, SystemClock
from hallway.domain.accounts import Account
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import Role, State, User
from hallway.usecases.jobs import queueing, upkeep
from hallway.usecases.transaction import Transaction

PEOPLE = 50
"""Of each account."""
PAIRS, OUTSTANDING, SECONDS = 25, 16, 5.0
REST = 3.0
"""Seconds after the start in which the server may tidy up."""
IDLE = 15.0
AT_ONCE = 200
"""Accounts that are made in one transaction."""


def found_accounts(tx: Transaction, numbers: Sequence[int]) -> None:
    """Make further accounts, each with an address and people of the same logins."""
    for number in numbers:
        account_id = AccountId(str(UUID(int=(5 << 64) + number)))
        tx.accounts.save(
            Account(id=account_id, name=f"Academy {number}", addresses=(f"https://academy-{number}.example",))
        )
        tx.people.add([_person(account_id, number, person) for person in range(PEOPLE)])
        _let_upkeep_have_run(tx, account_id)


def _let_upkeep_have_run(tx: Transaction, account_id: AccountId) -> None:
    """Let the account's next run be due at some moment of the usual pause, as it is on any day but the first."""
    clock, ids = SystemClock(), RandomIds()
    upkeep.schedule(tx, account_id, clock=clock)
    for job in queueing.claim(tx, account_id, upkeep.WORK, limit=1, clock=clock, ids=ids):
        last = random() * upkeep.QUIET  # noqa: S311 - no secret
        queueing.go_on(tx, job, upkeep.encoded(upkeep.Ran(clock.now() - last)), clock.now() - last + upkeep.QUIET)


def _person(account_id: AccountId, number: int, person: int) -> User:
    return User(
        account_id=account_id,
        id=UserId(str(UUID(int=(6 << 64) + number * PEOPLE + person))),
        name=f"Person {person}",
        email=f"p{person}@bench.example",
        login=f"p{person}",
        role=Role.LEARNER if person else Role.OWNER,
        state=State.ACTIVE,
    )


def build(folder: Path, accounts: int) -> Path:
    """Make a database file of so many accounts."""
    folder.mkdir()
    database = hallway.sqlite(folder)
    hallway.found(database, lambda tx: hallway.found_academy(tx, PEOPLE))
    for first in range(1, accounts, AT_ONCE):
        numbers = range(first, min(accounts, first + AT_ONCE))
        hallway.found(database, lambda tx, numbers=numbers: found_accounts(tx, numbers))
    return folder


def measured(built: Path, folder: Path) -> Values:
    """One turn over a copy of a built database."""
    shutil.copytree(built, folder)
    _let_no_time_have_passed(built, folder)
    began = time.monotonic()
    with _serving(folder) as one:
        started = time.monotonic() - began
        time.sleep(REST)
        pids = list(one.server.pids())
        resident = memory(pids)
        with Window(pids) as idle:
            time.sleep(IDLE)
        sent = one.watched("pairs", pairs=PAIRS, outstanding=OUTSTANDING, seconds=SECONDS)
    shutil.rmtree(folder)
    return {
        "start-up": started,
        "memory": resident,
        "idle": idle.used / idle.seconds,
        "message": sent["processor_seconds"],
    }


def _let_no_time_have_passed(built: Path, folder: Path) -> None:
    """Put off what has become due since the database was built, so that no turn has to catch up."""
    since = int((time.time() - (built / "hallway.db").stat().st_mtime) * 1_000_000)
    with closing(sqlite3.connect(folder / "hallway.db")) as connection, connection:
        connection.execute("UPDATE job SET due_at = due_at + ?", (since,))


@contextmanager
def _serving(folder: Path) -> Iterator[Served]:
    with Daemons(folder, {}) as server:
        hallway.serve(server, hallway.sqlite(folder), SERVER_CORE)
    try:
        yield Served("hallway", hallway, server)
    finally:
        server.stop()


def ratios(one: Sequence[Values], many: Sequence[Values]) -> Mapping[str, Sequence[float]]:
    """Many to one, turn by turn."""
    return {name: [after[name] / before[name] for before, after in zip(one, many, strict=True)] for name in one[0]}


def main() -> None:
    """Build both, measure them in turn, and print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench.accounts", description=__doc__)
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")  # noqa: S108
    asked = parser.parse_args()
    with room_on(asked.disk) as room:
        built = {count: build(room / f"built-{count}", count) for count in (1, asked.accounts)}
        found: dict[int, list[Values]] = {count: [] for count in built}
        for turn in range(asked.rounds):
            for count in sorted(built, reverse=turn % 2 == 1):
                found[count].append(measured(built[count], room / "turn"))
                print(f"turn {turn + 1}, {count} accounts: {found[count][-1]}", flush=True)
    for name, values in ratios(found[1], found[asked.accounts]).items():
        print(f"{name}: {statistics.median(values):.3f} ({min(values):.3f} to {max(values):.3f})")


if __name__ == "__main__":
    main()
