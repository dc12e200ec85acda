"""A bound: Redis keeps each chat as a stream, and syncs its log to the disk before it answers (`appendfsync always`).

It knows no accounts, no rules and no conversations: what remains is the way of a message to the disk and to a reader.
A message is acknowledged by XADD's reply, and heard by an XREAD that waits; own messages come back there too, and are
told apart by the sender that each entry names.
"""

import asyncio
import socket
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import hiredis

from bench.contenders import Details
from bench.daemons import Daemon, Daemons
from bench.machine import free_port, install_debian
from bench.texts import text

NAME = "Redis streams, fsync always"
ARCHIVES = True
PROGRAM = "/usr/bin/redis-server"
PAGE = 10_000
"""Entries that are asked for at once when the history is read."""


def install() -> None:
    """Debian's package."""
    install_debian({"redis-server": PROGRAM})


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Anybody may connect; `people` only says how many will."""
    port = free_port()
    options = {
        "--bind": "127.0.0.1",
        "--port": str(port),
        "--appendonly": "yes",
        "--appendfsync": "always",
        "--save": "",
        "--maxclients": str(3 * people + 100),
    }
    command = [PROGRAM, *(word for option in options.items() for word in option)]
    with Daemons(folder, {"port": port}) as server:
        server.start(Daemon(command, folder / "redis", port, core, user="redis", is_ready=_pongs))
    return server


def _pongs(port: int) -> bool:
    """Whether it answers; while it reads its log anew it refuses."""
    try:
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"PING\r\n")
            return client.recv(64) == b"+PONG\r\n"
    except OSError:
        return False


def _command(*words: str | bytes) -> bytes:
    return hiredis.pack_command(words)


class _Wire(asyncio.Protocol):
    """A connection that hands each reply to its owner."""

    def __init__(self, on_reply: Callable[[Any], None]) -> None:
        self._on_reply = on_reply
        self._reader = hiredis.Reader()
        self._transport: asyncio.Transport

    def connection_made(self, transport: Any) -> None:
        """Keep it."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Hand on each whole reply."""
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            self._on_reply(reply)

    def write(self, commands: bytes) -> None:
        """Send these bytes."""
        self._transport.write(commands)

    def close(self) -> None:
        """Hang up."""
        self._transport.abort()


async def _wire(port: int, on_reply: Callable[[Any], None]) -> _Wire:
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(lambda: _Wire(on_reply), "127.0.0.1", port)
    return wire


class RedisReader:
    """`contenders.Reader` of a stream: a connection that waits in XREAD."""

    def __init__(self, port: int, person: int, stream: str) -> None:
        """Not connected yet."""
        self.heard: Callable[[int], None] = int
        self.port = port
        self.person = str(person).encode()
        self.stream = stream
        self._hearing: _Wire

    async def open(self) -> None:
        """Hear what comes from now on."""
        newest = await self.ask("XREVRANGE", self.stream, "+", "-", "COUNT", "1")
        self._hearing = await _wire(self.port, self._on_news)
        self._hear_after(newest[0][0] if newest else b"0")

    def _hear_after(self, entry: bytes) -> None:
        self._hearing.write(_command("XREAD", "BLOCK", "0", "STREAMS", self.stream, entry))

    def _on_news(self, reply: Any) -> None:
        ((_, entries),) = reply
        for _, (_, number, _, sender, _, _) in entries:
            if sender != self.person:
                self.heard(int(number))
        self._hear_after(entries[-1][0])

    async def ask(self, *words: str) -> Any:
        """The answer to one command, over a connection of its own."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        wire = await _wire(self.port, answer.set_result)
        wire.write(_command(*words))
        try:
            return await answer
        finally:
            wire.close()

    async def close(self) -> None:
        """Leave."""
        self._hearing.close()


class RedisLine(RedisReader):
    """`contenders.Line`: a reader with a second connection, which sends."""

    def __init__(self, port: int, person: int, stream: str) -> None:
        """Not connected yet."""
        super().__init__(port, person, stream)
        self.stored: Callable[[int], None] = int
        self._outstanding: deque[int] = deque()
        self._sending: _Wire

    async def open(self) -> None:
        """Open both."""
        await super().open()
        self._sending = await _wire(self.port, self._on_added)

    def _on_added(self, reply: Any) -> None:
        number = self._outstanding.popleft()
        if isinstance(reply, bytes):
            self.stored(number)

    def send(self, numbers: Sequence[int]) -> None:
        """An XADD each, in one write."""
        self._outstanding.extend(numbers)
        self._sending.write(b"".join([self._add(number) for number in numbers]))

    def _add(self, number: int) -> bytes:
        return _command("XADD", self.stream, "*", "n", str(number), "f", self.person, "b", text(number))

    async def found(self) -> list[int]:
        """XRANGE, page by page."""
        numbers: list[int] = []
        after = "-"
        while page := await self.ask("XRANGE", self.stream, after, "+", "COUNT", str(PAGE)):
            numbers += [int(fields[1]) for _, fields in page]
            after = f"({page[-1][0].decode()}"
        return numbers

    async def close(self) -> None:
        """Leave."""
        await super().close()
        self._sending.close()


async def connect(details: Details, person: int, partner: int) -> RedisLine:
    """The stream of two people."""
    line = RedisLine(details["port"], person, _chat(person, partner))
    await line.open()
    return line


async def join(details: Details, person: int, members: int) -> RedisLine:
    """One stream for all members."""
    line = RedisLine(details["port"], person, f"room:{members}")
    await line.open()
    return line


async def idle(details: Details, person: int) -> RedisReader:
    """Somebody who waits for what their neighbour writes."""
    reader = RedisReader(details["port"], person, _chat(person, person ^ 1))
    await reader.open()
    return reader


def _chat(person: int, partner: int) -> str:
    low, high = sorted((person, partner))
    return f"chat:{low}-{high}"
