"""Pub/sub over core NATS: one subject for each account, heard by the processes that follow it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from hallway.domain.ids import AccountId

RETRY = 1
"""Seconds between two tries to reach a node."""
PATIENCE = 2
"""Seconds that a start waits for the first node, and an end for what is still to be sent."""
WAITING = 10_000
"""Payloads that wait to be sent; beyond, they are lost, and noticed as that."""

_log = structlog.get_logger("hallway.broker")


class Nats:
    """Pub/sub (`cluster.PubSub`) over a cluster of NATS servers, of which any may go and come back."""

    largest = 900_000
    """A NATS server takes a million bytes unless it is told otherwise."""

    def __init__(self, servers: Sequence[str]) -> None:
        """Take the addresses of the cluster's nodes, as nats://host:4222."""
        self._servers = list(servers)
        self._client = Client()
        self._followed: list[AccountId] = []
        self._waiting: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(WAITING)
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, hear: Callable[[bytes], Awaitable[None]]) -> None:
        """Connect; where no node answers, keep trying in the background, and let the server start."""
        self._hear = hear
        connecting = asyncio.create_task(self._connect())
        self._tasks = [connecting, asyncio.create_task(self._send_all())]
        await asyncio.wait([connecting], timeout=PATIENCE)

    async def _connect(self) -> None:
        while not self._client.is_connected:
            try:
                await self._client.connect(
                    self._servers,
                    name="hallway",
                    no_echo=True,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=RETRY,
                    connect_timeout=PATIENCE,
                    ping_interval=5,
                    max_outstanding_pings=2,
                    error_cb=_failed,
                    disconnected_cb=_lost,
                    reconnected_cb=_back,
                )
            except (TimeoutError, OSError, Error) as failure:
                await _failed(failure)
                await asyncio.sleep(RETRY)
        for account_id in self._followed:
            await self._subscribe(account_id)

    async def follow(self, account_id: AccountId) -> None:
        """Subscribe to an account's subject; where no node answers, as soon as one does."""
        self._followed.append(account_id)
        if self._client.is_connected:
            await self._subscribe(account_id)

    async def _subscribe(self, account_id: AccountId) -> None:
        with suppress(Error, asyncio.TimeoutError):  # it subscribes anew when it is connected again
            await self._client.subscribe(_subject(account_id), cb=self._take)  # pyright: ignore[reportUnknownMemberType]
            await self._client.flush()

    async def _take(self, message: Msg) -> None:
        await self._hear(message.data)

    @property
    def is_busy(self) -> bool:
        """Whether payloads wait to be sent."""
        return not self._waiting.empty()

    def send(self, account_id: AccountId, payload: bytes) -> None:
        """Queue a payload; where too many wait, it is lost."""
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait((_subject(account_id), payload))

    async def _send_all(self) -> None:
        """Send what waits. What cannot be sent now is lost: the others notice by the numbers."""
        while True:
            subject, payload = await self._waiting.get()
            if self._client.is_connected:
                with suppress(Error):
                    await self._client.publish(subject, payload)
            self._waiting.task_done()

    async def close(self) -> None:
        """Send what waits, and disconnect."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._waiting.join(), PATIENCE)
        for task in self._tasks:
            await _end(task)
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self._client.drain(), PATIENCE)


async def _end(task: asyncio.Task[None]) -> None:
    """Cancel a task until it has ended: the library swallows a cancellation that comes just as a try to connect fails."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=0.1)


def _subject(account_id: AccountId) -> str:
    return f"hallway.{account_id}"


async def _failed(failure: Exception) -> None:
    _log.warning("nats_failed", reason=str(failure) or type(failure).__name__)


async def _lost() -> None:
    _log.warning("nats_lost", hint="Until a node answers, events from other processes arrive late.")


async def _back() -> None:
    _log.info("nats_back")
