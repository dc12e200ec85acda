"""Pub/sub over PostgreSQL's own LISTEN and NOTIFY: no further part to run, for a few processes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from re import compile as pattern
from typing import Any

import psycopg
import structlog
from psycopg.conninfo import make_conninfo

from hallway.domain.ids import AccountId

CHANNEL = "hallway"
RETRY = 0.5
"""Seconds between two tries to reach the database."""
PATIENCE = 2.0
"""Seconds that a start waits for the database to listen, and an end for what is still to be sent."""
WAITING = 10_000
"""Payloads that wait to be sent; beyond, they are lost, and noticed as that."""
TOGETHER = 100
"""Payloads in one transaction."""
PATIENT = {
    "application_name": "hallway news",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""How soon a connection to a machine that is gone counts as lost."""

_SCHEME = pattern(r"^postgres(ql)?(\+\w+)?:")
_NOTIFY = "SELECT count(pg_notify(%s, payload)) FROM unnest(%s::text[]) AS given (payload)"
_log = structlog.get_logger("hallway.broker")


class Postgres:
    """Pub/sub over the database that stores everything (`cluster.PubSub`): one connection listens, another notifies."""

    largest = 7_900
    """NOTIFY takes less than 8,000 bytes."""

    def __init__(self, address: str) -> None:
        """Take the address of the database, as postgresql://user:password@host/name."""
        self._address = make_conninfo(_SCHEME.sub("postgresql:", address), **PATIENT)
        self._is_listening = asyncio.Event()
        self._waiting: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, hear: Callable[[bytes], Awaitable[None]]) -> None:
        """Listen, and be ready to notify; where the database does not answer, keep trying."""
        self._hear = hear
        self._tasks = [asyncio.create_task(self._for_ever(one)) for one in (self._listen, self._notify)]
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_listening.wait(), PATIENCE)

    async def follow(self, account_id: AccountId) -> None:
        """Do nothing: all accounts of the database are heard."""

    @property
    def is_busy(self) -> bool:
        """Whether payloads wait to be sent."""
        return not self._waiting.empty()

    def send(self, account_id: AccountId, payload: bytes) -> None:
        """Queue a payload, whose envelope names its account; where too many wait, it is lost."""
        del account_id
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait(payload.decode())

    async def close(self) -> None:
        """Send what waits, and disconnect."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._waiting.join(), PATIENCE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _for_ever(self, work: Callable[["psycopg.AsyncConnection[Any]"], Awaitable[None]]) -> None:
        """Work over a connection, and over a new one whenever it is lost."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as connection:
                    await work(connection)
            except psycopg.Error as failure:
                _log.warning("notify_lost", reason=str(failure).partition("\n")[0])
                await asyncio.sleep(RETRY)

    async def _listen(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        self._is_listening.set()
        async for notice in connection.notifies():
            await self._hear(notice.payload.encode())

    async def _notify(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        """Notify the other processes. What was taken and could not be sent is lost: the others notice by the numbers."""
        await connection.execute("SET synchronous_commit = off")  # an envelope need not survive
        while True:
            payloads = [await self._waiting.get()]
            while len(payloads) < TOGETHER and not self._waiting.empty():
                payloads.append(self._waiting.get_nowait())
            try:
                await connection.execute(_NOTIFY, (CHANNEL, payloads))
            finally:
                for _ in payloads:
                    self._waiting.task_done()
