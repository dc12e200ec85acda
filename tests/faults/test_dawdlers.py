"""Clients that never finish what they begin: they are let go, keep little of the server, and hinder nobody."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hallway.client import Client
from hallway.demo.academy import PASSWORD
from hallway.transport import timeouts
from tests.servers.academy import Serving, serve_academy

MANY = 200
HEAD = b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
SOON = 1.0
PATIENCE = 30
BUFFERS = 32 * 1024 * 1024
"""Bytes that two kernels may hold of what the server does not read."""

Dawdling = Callable[[asyncio.StreamWriter, "asyncio.Task[bytes]"], Awaitable[None]]
"""Something to do until the server ends the connection; the task holds what it said before."""


@pytest.fixture(scope="module")
def serving(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The demo academy, with even less patience."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timeouts, "HEAD_SECONDS", SOON)
        patch.setattr(timeouts, "BODY_SECONDS", SOON)
        served = serve_academy(built_academy, tmp_path_factory.mktemp("impatient"))
        yield served
        served.stop()


@pytest.mark.slow
@pytest.mark.parametrize(
    "beginning",
    [b"", HEAD, b"GET /api/v1/socket HTTP/1.1\r\nUpgrade: websocket\r\n", HEAD + b"Content-Length: 90\r\n\r\n{"],
    ids=["nothing", "half a head", "half a handshake", "half a body"],
)
def test_who_begins_and_does_not_go_on_is_let_go(serving: Serving, beginning: bytes) -> None:
    async def fall_silent(writer: asyncio.StreamWriter, ending: "asyncio.Task[bytes]") -> None:
        writer.write(beginning)
        await ending

    asyncio.run(_at_once(serving, fall_silent, MANY))


def test_a_byte_now_and_then_buys_no_time(serving: Serving) -> None:
    async def trickle(writer: asyncio.StreamWriter, ending: "asyncio.Task[bytes]") -> None:
        writer.write(HEAD + b"X: ")
        while not ending.done():
            writer.write(b"x")
            await asyncio.wait([ending], timeout=SOON / 3)

    asyncio.run(_at_once(serving, trickle, MANY))


def test_a_head_without_an_end_is_not_kept(serving: Serving) -> None:
    sent = 0

    async def go_on(writer: asyncio.StreamWriter, ending: "asyncio.Task[bytes]") -> None:
        nonlocal sent
        writer.write(HEAD)
        while not ending.done():
            writer.write(b"X-More: " + b"x" * 4096 + b"\r\n")
            sent += 4096
            await asyncio.sleep(0)
            assert sent < BUFFERS

    asyncio.run(_at_once(serving, go_on, 1))


async def _at_once(serving: Serving, dawdling: Dawdling, many: int) -> None:
    """Let so many dawdle until they are let go; somebody else is served meanwhile."""

    async def dawdle() -> None:
        async with _connected(serving) as (writer, ending):
            await dawdling(writer, ending)

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        for _ in range(many):
            tasks.create_task(dawdle())
        await asyncio.to_thread(_is_served, serving)


@asynccontextmanager
async def _connected(serving: Serving) -> AsyncIterator[tuple[asyncio.StreamWriter, "asyncio.Task[bytes]"]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", serving.settings.port)
    try:
        yield writer, asyncio.create_task(_rest(reader))
    finally:
        writer.transport.abort()


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """What comes until the connection ends; a reset is an end, too."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


def _is_served(serving: Serving) -> None:
    with Client(serving.address) as client:
        client.sign_in("maya", PASSWORD)
        assert client.me().login == "maya"
        with client.connect() as line:
            line.ping()
