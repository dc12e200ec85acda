"""People who only look at a chat: each keeps a copy as the socket's guide says, and asks for what they missed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import msgspec
from httpx import HTTPError
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from hallway.client import Client, Refusal
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from tests.faults.talkers import A_MOMENT, line_of

_FRAMES = msgspec.json.Decoder(list[wire_frames.ServerFrame])


class Listener:
    """One open page."""

    def __init__(
        self, client: Client, chat: str, history: Callable[[Client, str], list[wire_messages.Message]]
    ) -> None:
        """`history` loads a chat anew."""
        self.client = client
        self.chat = chat
        self.copy: dict[int, wire_messages.Message] = {}
        self.changed = asyncio.Event()
        self._history = history
        self._rev = 0
        self._asked = 0

    async def listen(self) -> None:
        """Line after line, until it is cancelled."""
        while True:
            with suppress(OSError, InvalidHandshake, ConnectionClosed, HTTPError, Refusal):
                async with line_of(self.client) as socket:
                    async for text in socket:
                        for frame in _FRAMES.decode(text):
                            await self._hear(frame, socket)
                        self.changed.set()
            await asyncio.sleep(A_MOMENT)

    async def agrees_with(self, stored: dict[int, wire_messages.Message]) -> None:
        """Wait until the copy is the same."""
        while self.copy != stored:
            self.changed.clear()
            await self.changed.wait()

    async def _hear(self, frame: wire_frames.ServerFrame, socket: ClientConnection) -> None:
        match frame:
            case wire_frames.WelcomeFrame():
                await self._ask(socket)
            case wire_frames.MessageFrame(message) if message.conversation_id == self.chat and message.rev > self._rev:
                if message.rev == self._rev + 1:
                    self.copy[message.seq], self._rev = message, message.rev
                else:
                    await self._ask(socket)
            case wire_frames.ChangesFrame(_, changes) if changes.truncated:
                found = await asyncio.to_thread(self._history, self.client, self.chat)
                self.copy, self._rev = {one.seq: one for one in found}, max(one.rev for one in found)
                await self._ask(socket)
            case wire_frames.ChangesFrame(_, changes) if changes.row.rev >= self._rev:
                self.copy |= {one.seq: one for one in changes.messages}
                self._rev = changes.row.rev
            case wire_frames.NoFrame(_, problem) if problem.retry_after is not None:
                await asyncio.sleep(A_MOMENT)
                await self._ask(socket)
            case _:
                pass

    async def _ask(self, socket: ClientConnection) -> None:
        self._asked += 1
        frame = wire_frames.SyncFrame(self._asked, self.chat, self._rev, 0)
        await socket.send(msgspec.json.encode(frame), text=True)
