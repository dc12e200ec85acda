"""People who write to each other as fast as they are answered, through whatever happens to the server.

Each numbers their messages, has several on the way at once, and sends what was not acknowledged again, with the same
key, as soon as there is a line again.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from hallway.client import SOCKET, Client, new_key
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import problems as wire_problems

OUTSTANDING = 4
"""Messages that each has on the way at once."""
A_MOMENT = 0.05
"""Seconds until somebody who found no server tries again."""
PATIENCE = 60
"""Seconds after which something that should have happened has not."""

_FRAMES = msgspec.json.Decoder(list[wire_frames.ServerFrame])


@dataclass(slots=True)
class Words:
    """One message, on its way or stored."""

    number: int
    key: str = field(default_factory=new_key)
    message: wire_messages.Message | None = None
    was_refused: bool = False


class Faults:
    """What the talkers know of the server: whether it is worth trying, and how often it answered."""

    def __init__(self) -> None:
        """Fair, and nothing has happened."""
        self.is_fair = asyncio.Event()
        self.is_fair.set()
        self.refusals: list[wire_problems.ProblemDocument] = []
        self.endings: list[int | None] = []
        self.answers = 0
        self.unanswered: set[Talker] = set()
        self._changed = asyncio.Condition()

    async def tell(self) -> None:
        """Something has changed."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, has_come: Callable[[], bool]) -> None:
        """Wait for something. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(has_come)


class Talker:
    """One who writes into one chat, over one line at a time."""

    def __init__(self, name: str, client: Client, chat: str, faults: Faults) -> None:
        """`client` is signed in as the one who writes."""
        self.name = name
        self.client = client
        self.chat = chat
        self.said: list[Words] = []
        self._faults = faults
        self._again: deque[Words] = deque()
        self._asked: dict[int, Words] = {}
        self._has_more = True

    async def talk(self) -> None:
        """Line after line, until there is no more to say and all of it was acknowledged."""
        while self._has_more or self._unanswered():
            await self._faults.is_fair.wait()
            try:
                async with line_of(self.client) as socket:
                    await self._converse(socket)
            except (OSError, InvalidHandshake):
                await asyncio.sleep(A_MOMENT)
            else:
                self._faults.endings.append(socket.close_code)
                await self._faults.tell()

    def finish(self) -> None:
        """Begin no new message."""
        self._has_more = False

    def body(self, words: Words) -> str:
        """The text of a message; nobody else says the same."""
        return f"{self.name} {words.number}"

    def _unanswered(self) -> list[Words]:
        return [words for words in self.said if words.message is None]

    async def _converse(self, socket: ClientConnection) -> None:
        self._asked, self._again = {}, deque(self._unanswered())
        with suppress(ConnectionClosed):
            while self._has_more or self._asked or self._again:
                await self._say(socket)
                for frame in _FRAMES.decode(await socket.recv()):
                    await self._hear(frame)

    async def _say(self, socket: ClientConnection) -> None:
        """Keep several on the way; but after a refusal none until all are answered, so that their order stays."""
        if any(words.was_refused for words in self._again):
            if self._asked:
                return
            await self._faults.is_fair.wait()
        while len(self._asked) < OUTSTANDING and (words := self._next()) is not None:
            self._asked[words.number] = words
            frame = wire_frames.SendFrame(
                id=words.number, to=self.chat, to_kind="conversation", body=self.body(words), key=words.key
            )
            await socket.send(msgspec.json.encode(frame), text=True)

    def _next(self) -> Words | None:
        if self._again:
            return self._again.popleft()
        if not self._has_more:
            return None
        self.said.append(Words(len(self.said) + 1))
        return self.said[-1]

    async def _hear(self, frame: wire_frames.ServerFrame) -> None:
        if isinstance(frame, wire_frames.SentFrame):
            self._asked.pop(frame.re).message = frame.message
            self._faults.answers += 1
            self._faults.unanswered.discard(self)
        elif isinstance(frame, wire_frames.NoFrame):
            assert frame.re is not None, frame.problem
            words = self._asked.pop(frame.re)
            words.was_refused = True
            self._again.append(words)
            self._faults.refusals.append(frame.problem)
        else:
            return
        await self._faults.tell()


def line_of(client: Client) -> connect:
    """A line of the signed-in person, without waiting for it in a thread."""
    request = client._http.build_request("GET", SOCKET)
    headers = {name: request.headers[name] for name in ("Authorization", "Cookie") if name in request.headers}
    # Without a bound: a line that is closed while more waits in it than it takes reads no farewell, and ends without one.
    address = f"ws{str(request.url).removeprefix('http')}"
    return connect(address, additional_headers=headers, max_size=None, max_queue=None)
