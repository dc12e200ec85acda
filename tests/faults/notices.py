"""Kill servers while notices are due: everybody is told, and nobody twice but those whose mail was on its way.

python -m tests.faults.notices --due 10000
python -m tests.faults.notices --due 10000 --processes 2     # over PostgreSQL
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.contenders import hallway as crowd
from bench.notices import found, write_to_all
from hallway.storage.timestamps import to_micros
from hallway.usecases.notifications.delivery import CLAIMED
from hallway.usecases.notifications.jobs import WORK
from tests.servers.hallway import Hallway, installation
from tests.servers.mail import Relay
from tests.servers.postgres import Postgres

PATIENCE = 600
"""Seconds until what does not come will not."""


def tell_all(database: str, people: int, folder: Path, *, processes: int = 1, kills: int = 0) -> list[Counter[str]]:
    """Write to so many people, and kill a process so often while mails go out, one after the other.

    Answers how often each mail came, by its id, from each process: each has a mail server of its own.
    """
    found(database, people)
    write_to_all(database, people)
    with ExitStack() as stack:
        relays = [Relay() for _ in range(processes)]
        servers = [_serve(database, folder / str(number), relay) for number, relay in enumerate(relays)]
        for one in servers:
            stack.callback(one.kill)
        for relay in relays:
            stack.callback(relay.stop)
        for number in range(kills):
            _wait(relays, (number + 1) * people // (kills + 1))
            servers[number % processes].kill()
            killed = datetime.now(UTC)
            others = relays[: number % processes] + relays[number % processes + 1 :]
            _settle(others)
            _let_claims_run_out(database, killed)
            servers[number % processes].again()
        _wait(relays, people)
        assert [one.stop() for one in servers] == [0] * processes
    return [Counter(str(mail["Message-ID"]) for _, mail in relay.taken) for relay in relays]


def _serve(database: str, folder: Path, relay: Relay) -> Hallway:
    return installation(folder, database=database, smtp=relay.address, mail_from="noreply@hall.example")


def _settle(others: Sequence[Relay]) -> None:
    """Until the processes that live have done with what they had claimed at this moment: more than that must be left."""
    for relay in others:
        enough = len(relay.taken) + 2 * CLAIMED
        _until(lambda relay=relay: len(relay.taken), enough)


def _let_claims_run_out(database: str, killed: datetime) -> None:
    """What was claimed by then and is still is the killed process's: as if five minutes had gone by."""
    engine = create_engine(database)
    with engine.begin() as connection:
        run_out = text("UPDATE job SET due_at = 0 WHERE claim IS NOT NULL AND due_at <= :killed")
        connection.execute(run_out, {"killed": to_micros(killed + WORK.lease)})
    engine.dispose()


def _wait(relays: Sequence[Relay], people: int) -> None:
    """Until so many people have a mail."""
    _until(lambda: len(set(_told(relays))), people)


def _until(count: Callable[[], int], wanted: int) -> None:
    until = time.monotonic() + PATIENCE
    while (found := count()) < wanted:
        assert time.monotonic() < until, f"Of {wanted} came {found}."
        time.sleep(0.05)


def _told(relays: Sequence[Relay]) -> Iterator[str]:
    for relay in relays:
        for envelope, _ in list(relay.taken):
            yield from envelope.rcpt_tos


def doubled(came: Sequence[Counter[str]], people: int, *, kills: int = 0) -> int:
    """Everybody was told. Answers how many mails came twice: at most the one that was on its way at each kill."""
    times = sum(came, Counter[str]())
    assert len(times) == people
    assert max(times.values()) <= kills + 1
    twice = sum(1 for each in times.values() if each > 1)
    assert twice <= kills
    return twice


def main() -> None:
    """Do it once, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=1, help="more than one are over PostgreSQL")
    parser.add_argument("--kills", type=int, default=4)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        folder, database = Path(home), crowd.sqlite(Path(home))
        if chosen.processes > 1:
            server = Postgres()
            stack.callback(server.remove)
            database = server.new_database()
        begun = time.monotonic()
        came = tell_all(database, chosen.due, folder, processes=chosen.processes, kills=chosen.kills)
        twice = doubled(came, chosen.due, kills=chosen.kills)
        print(f"{chosen.due} people were told, {twice} mails came twice, in {time.monotonic() - begun:.0f} s.")  # noqa: T201


if __name__ == "__main__":
    main()
