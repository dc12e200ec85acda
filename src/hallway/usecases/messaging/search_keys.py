"""Index what an older Hallway stored, for the search: a few messages at a time, so that nobody's message waits.

A revision of the schema queues the job. Processes of the version before may serve for a while beside newer ones, and store
messages behind what was indexed already: a day later it goes through all of them once more, and is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from hallway.domain.ids import AccountId, ConversationId
from hallway.domain.messages import Message
from hallway.usecases.jobs.queueing import Work
from hallway.usecases.transaction import Transaction

WORK = Work("search_keys", lease=timedelta(minutes=2))
AT_ONCE = 500
"""Messages in one transaction."""
MOST_AT_A_RUN = 100
"""Transactions, before the job says how far it has come."""
AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Position:
    """The position up to which the job has come, and whether it goes through all for the second time."""

    behind: tuple[ConversationId, int] | None = None
    is_second: bool = False


_POSITION = msgspec.json.Decoder(Position)


def position(payload: str) -> Position:
    """Decode a job's payload."""
    return _POSITION.decode(payload) if payload else Position()


def encoded(where: Position) -> str:
    """Encode a position as a job's payload."""
    return msgspec.json.encode(where).decode()


def unindexed(tx: Transaction, account_id: AccountId, where: Position) -> Sequence[Message]:
    """Find the next messages without a search key."""
    return tx.search.unindexed(account_id, where.behind, AT_ONCE)


def following(where: Position, messages: Sequence[Message]) -> Position:
    """Return the position behind these messages."""
    return replace(where, behind=(messages[-1].conversation_id, messages[-1].seq))


def after_all(where: Position, now: datetime) -> tuple[Position, datetime] | None:
    """Return what comes when none are left: the beginning again, a day later; None after that."""
    return None if where.is_second else (Position(is_second=True), now + AGAIN)
