"""Kill the server while notices are due: everybody is told, and nobody twice but those whose mail was on its way.

python -m tests.faults.notices --due 10000
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.contenders import hallway as crowd
from hallway.adapters import RandomIds, SystemClock
from hallway.domain.ids import SessionId
from hallway.domain.notices import Policy
from hallway.storage.store import open_store
from hallway.usecases.actors import Actor
from hallway.usecases.messages import send_all
from hallway.usecases.notices import CLAIMED
from hallway.usecases.ports import Transaction
from hallway.usecases.sending import Send
from tests.servers.hallway import Hallway, installation
from tests.servers.mail import Relay

AT_ONCE = 500
PATIENCE = 600
"""Seconds until what does not come will not."""


def write_to(database: str, people: int) -> None:
    """An academy in which so many got a message that they do not read; mails are due at once."""
    crowd.found(database, lambda tx: crowd.found_academy(tx, 2 * people))
    crowd.found(database, lambda tx: tx.settings.set_policy(crowd.ACCOUNT, Policy(mail_after=0)))
    ids, clock = RandomIds(), SystemClock()
    for start in range(0, people, AT_ONCE):
        commands = [
            Send(
                Actor(crowd.ACCOUNT, crowd.user_id(2 * number), SessionId("")),
                "Are you there?",
                ids.new(),
                to_person=crowd.user_id(2 * number + 1),
            )
            for number in range(start, min(people, start + AT_ONCE))
        ]

        def send(tx: Transaction, commands: list[Send] = commands) -> None:
            refused = [one for one in send_all(tx, commands, clock=clock) if isinstance(one, Exception)]
            assert refused == []

        crowd.found(database, send)


def let_claims_run_out(database: str) -> None:
    """As if five minutes had gone by."""
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE notice SET due_at = 0 WHERE claim IS NOT NULL"))
    engine.dispose()


def kill_while_due(people: int, folder: Path, kills: int = 2) -> tuple[Counter[str], int]:
    """Kill so often while mails go out. How many each mail's id came, and how many people got one."""
    relay, database = Relay(), crowd.sqlite(folder / "data")
    (folder / "data").mkdir(parents=True)
    write_to(database, people)
    open_store(database).close()
    settings = {"smtp": relay.address, "mail_from": "noreply@hall.example"}
    server: Hallway = installation(folder, **settings)
    try:
        for number in range(1, kills + 1):
            _wait(relay, number * people // (kills + 1))
            server.kill()
            let_claims_run_out(database)
            server.again()
        _wait(relay, people, whole=True)
        assert server.stop() == 0
    finally:
        server.kill()
        relay.stop()
    came = Counter(str(mail["Message-ID"]) for _, mail in relay.taken)
    return came, len({address for envelope, _ in relay.taken for address in envelope.rcpt_tos})


def _wait(relay: Relay, count: int, *, whole: bool = False) -> None:
    """Until so many mails came, or so many people have one."""
    until = time.monotonic() + PATIENCE
    while (len({str(mail["To"]) for _, mail in list(relay.taken)}) if whole else len(relay.taken)) < count:
        assert time.monotonic() < until, f"Of {count} came {len(relay.taken)}."
        time.sleep(0.1)


def require_once(came: Counter[str], told: int, people: int, kills: int = 2) -> int:
    """Everybody was told. Answers how many mails came twice: at most those that were on their way at a kill."""
    assert told == people
    twice = [one for one, times in came.items() if times > 1]
    assert max(came.values()) <= kills + 1
    assert len(twice) <= kills * CLAIMED
    return len(twice)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        begun = time.monotonic()
        mails, reached = kill_while_due(chosen.due, Path(home))
        doubled = require_once(mails, reached, chosen.due)
        print(f"{reached} people were told, {doubled} mails came twice, in {time.monotonic() - begun:.0f} s.")  # noqa: T201
