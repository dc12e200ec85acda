"""Messages that are due while something goes wrong, put straight into the store, and what became of them."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import create_engine, text

from hallway.adapters import RandomIds
from hallway.client import new_key
from hallway.domain.ids import AccountId, ScheduledId, UserId, dialog_id
from hallway.domain.scheduling import ScheduledMessage
from hallway.storage.store import open_store
from hallway.usecases.transaction import Transaction

PATIENCE = 60
"""Seconds until what does not come will not."""
T = TypeVar("T")


def schedule_many(database_url: str, sender: UserId, people: Sequence[UserId], count: int) -> set[str]:
    """Let so many messages of somebody to these people be due at this moment; their keys. More than anybody may schedule."""

    def work(tx: Transaction) -> set[str]:
        account = tx.accounts.default()
        assert account is not None
        new = [_due(account.id, sender, people[number % len(people)], number) for number in range(count)]
        for one in new:
            tx.scheduled.add(one)
        return {one.key for one in new}

    return _written(database_url, work)


def _due(account_id: AccountId, sender: UserId, to: UserId, number: int) -> ScheduledMessage:
    now = datetime.now(UTC)
    return ScheduledMessage(
        account_id=account_id,
        id=ScheduledId(RandomIds().new()),
        sender_id=sender,
        key=new_key(),
        conversation_id=dialog_id(account_id, sender, to),
        person_id=to,
        body=f"Number {number}",
        due_at=now,
        created_at=now,
    )


def _written(database_url: str, work: Callable[[Transaction], T]) -> T:
    store = open_store(database_url)
    (outcome,) = store.write([work])
    store.close()
    assert outcome.failure is None, outcome.failure
    return outcome.value  # type: ignore[return-value]  # a work without failure has its value


def let_be_due(database_url: str) -> None:
    """As if the time of all that waits had come."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE scheduled_message SET due_at = 1, local_time = NULL, zone = NULL"))
    engine.dispose()


def stored(database_url: str, keys: set[str]) -> Counter[str]:
    """How often each of these messages is stored."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = [key for (key,) in connection.execute(text("SELECT key FROM message")) if key in keys]
    engine.dispose()
    return Counter(found)


def waiting(database_url: str) -> int:
    """How many messages wait, or were refused."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found: int = connection.execute(text("SELECT count(*) FROM scheduled_message")).scalar_one()
    engine.dispose()
    return found


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
