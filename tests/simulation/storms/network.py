"""What lies between devices and the server: lines that are slow, break and are cut, requests that go astray."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

import msgspec
from picows import WSCloseCode, WSMsgType

from hallway.transport.errors import problem
from hallway.transport.websocket.session import WebSocketSession
from hallway.transport.wire.frames import ServerFrame, WelcomeFrame
from hallway.transport.wire.problems import ProblemDocument
from tests.simulation.storms.environment import POISON, Environment, Unreachable
from tests.simulation.storms.faults import Faults

T = TypeVar("T")

STEP = 1e-6
"""Seconds between two texts of one line at least: they never overtake."""
SLOWNESS = 3.0
"""Seconds that a slow reader takes for a text."""
WINDOW = 3
"""Texts under way to a client, beyond which its line is told to write no more."""


class End(Protocol):
    """A device's end of a line."""

    def hear(self, text: bytes) -> None:
        """A text came."""
        ...

    def lose(self, code: int) -> None:
        """The line is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A text frame as the server's end of a line takes it from its library."""

    payload: bytes
    msg_type: Any = WSMsgType.TEXT
    fin: bool = True

    def get_payload_as_bytes(self) -> bytes:
        """What it says."""
        return self.payload


class Cable:
    """One connection, both ways in order, until it is cut. To the server's `WebSocketSession` it is its transport."""

    def __init__(self, line: WebSocketSession, end: End, faults: Faults, random: Random) -> None:
        """Connect the line with a device's end."""
        self.faults = faults
        self.is_slow = False
        self.request = SimpleNamespace(headers={})
        self.underlying_transport = self
        self._line = line
        self._end = end
        self._random = random
        self._loop = asyncio.get_running_loop()
        self._arrivals = {"up": 0.0, "down": 0.0}
        self._under_way = 0
        self._waiting = 0
        self._unread: list[bytes] | None = None
        self._is_cut = False
        line.on_ws_connected(self)  # type: ignore[arg-type]  # it has all that a line asks of its transport

    # The device's end.

    def say(self, text: bytes) -> None:
        """A text to the server."""
        self._travel("up", self._arrive, text)
        self._wear()

    def _arrive(self, text: bytes) -> None:
        if self._unread is None:
            self._line.on_ws_frame(self, Text(text))  # type: ignore[arg-type]  # as above
        else:
            self._unread.append(text)

    def hang_up(self) -> None:
        """The device goes, and listens no more."""
        self._end = _NOBODY
        self.cut()

    # The server's end, as a line uses it.

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        """Where the device is; there is no socket."""
        assert name in {"peername", "socket"}
        return ("192.0.2.1", 0) if name == "peername" else None

    def get_write_buffer_size(self) -> int:
        """How many bytes are under way to the device."""
        return self._waiting

    def send(self, kind: WSMsgType, text: bytes) -> None:
        """A text to the device."""
        assert kind == WSMsgType.TEXT
        if self._is_cut:
            return
        self._under_way += 1
        self._waiting += len(text)
        if self._under_way == WINDOW:
            self._line.pause_writing()
        self._travel("down", self._reach, text)
        self._wear()

    def _reach(self, text: bytes) -> None:
        self._under_way -= 1
        self._waiting -= len(text)
        if self._under_way == WINDOW - 1:
            self._line.resume_writing()
        self._end.hear(text)

    def send_ping(self) -> None:
        """Whoever is there answers; a device that does not read does not."""
        self._travel("down", self._travel, "up", self._answer_ping)

    def _answer_ping(self) -> None:
        self._line.on_ws_frame(self, Text(b"", WSMsgType.PONG))  # type: ignore[arg-type]  # as above

    def send_close(self, code: WSCloseCode, _: bytes) -> None:
        """The server ends the line: behind all that is under way."""
        self._travel("down", self.cut, int(code))

    def disconnect(self, *, graceful: bool = True) -> None:
        """The server lets go."""
        del graceful
        self.cut()

    def pause_reading(self) -> None:
        """The line has more than enough to answer."""
        self._unread = []

    def resume_reading(self) -> None:
        """It goes on."""
        texts, self._unread = self._unread or [], None
        for text in texts:
            self._arrive(text)

    # What lies between.

    def _travel(self, way: str, arrive: Callable[..., None], *what: Any) -> None:
        """Arrive later, in order; what is under way when the line is cut is lost."""
        slowness = SLOWNESS if self.is_slow and way == "down" else 0.0
        due = self._loop.time() + slowness + self._random.uniform(0, self.faults.delay)
        self._arrivals[way] = due = max(self._arrivals[way] + STEP, due)
        self._loop.call_at(due, self._unless_cut, arrive, *what)

    def _unless_cut(self, arrive: Callable[..., None], *what: Any) -> None:
        if not self._is_cut:
            arrive(*what)

    def _wear(self) -> None:
        if self._random.random() < self.faults.breaks:
            self._loop.call_later(self._random.uniform(0, self.faults.delay), self.cut)

    def cut(self, code: int = 1006) -> None:
        """The line is gone. Each end learns of it in its own time."""
        if self._is_cut:
            return
        self._is_cut = True
        self._loop.call_later(self._random.uniform(0, 1), self._line.on_ws_disconnected, self)
        self._loop.call_later(self._random.uniform(0, 1), self._tell_end, code)

    def _tell_end(self, code: int) -> None:
        self._end.lose(code)


_NOBODY = SimpleNamespace(hear=lambda _: None, lose=lambda _: None)


def _hear_no_welcome(text: bytes) -> None:
    frames = msgspec.json.decode(text, type=list[ServerFrame])
    assert not any(isinstance(one, WelcomeFrame) for one in frames), "a session of another account is welcome"


_INTRUDER = SimpleNamespace(hear=_hear_no_welcome, lose=lambda _: None)


class Problem(Exception):  # noqa: N818 - a refusal is an answer
    """The server said no."""

    def __init__(self, document: ProblemDocument) -> None:
        """Keep the problem document."""
        super().__init__(document.code)
        self.document = document


class Network:
    """All ways to the server, whichever process it is at the moment."""

    def __init__(self, faults: Faults, random: Random) -> None:
        """There is no server yet."""
        self.faults = faults
        self.environment: Environment | None = None
        self.cables: list[Cable] = []
        self._random = random
        self._count = 0

    def connect(self, host: str, secret: str, end: End) -> Cable | None:
        """A new line to an account's host; None when nobody listens there."""
        if self.environment is None:
            return None
        self._count += 1
        # Its own dice: so it does not matter in which order a set of lines is told of something.
        dice = Random(f"cable {self._count} {self._random.random()}")
        cable = Cable(self.environment.line(host, secret), end, self.faults, dice)
        self.cables = [*(one for one in self.cables if not one._is_cut), cable]
        return cable

    def calm(self) -> None:
        """From now on everything arrives, on the lines that are there, too."""
        self.faults = self.faults.calm()
        for cable in self.cables:
            cable.faults, cable.is_slow = self.faults, False

    async def ask(self, host: str, secret: str, handler: Any, **words: Any) -> Any:
        """What a handler of the API answers. Raises Problem, or Unreachable, though it may have been carried out."""
        answer = await self.carry(lambda environment: environment.answer(host, secret, handler, words))
        if isinstance(answer, Exception):
            no = problem(answer, "-")
            assert no.code != "fault" or POISON in str(answer), answer
            raise Problem(no)
        if not isinstance(answer, msgspec.Struct):
            return None
        return msgspec.json.decode(msgspec.json.encode(answer), type=type(answer))

    async def intrude(self, host: str, secret: str, handler: Any) -> None:
        """Come to a host with the secret of a session of another account: nothing is answered, and nobody is welcome."""
        self.connect(host, secret, _INTRUDER)
        answer = None
        with suppress(Unreachable, Problem):
            answer = await self.ask(host, secret, handler)
        assert answer is None, "a session of another account was answered"

    async def carry(self, request: Callable[[Environment], Coroutine[Any, Any, T]]) -> T:
        """There and back, if all goes well. Raises Unreachable when not; and it may come again, and again."""
        if self._is_unlucky(self.faults.late_requests):
            asyncio.get_running_loop().call_later(self._random.uniform(0, 4), self._deliver_alone, request)
        await self._pass()
        if self.environment is None or self._is_unlucky(self.faults.lost_requests):
            raise Unreachable
        answer = await self.environment.run(request(self.environment))
        await self._pass()
        if self._is_unlucky(self.faults.lost_answers):
            raise Unreachable
        return answer

    def _deliver_alone(self, request: Callable[[Environment], Coroutine[Any, Any, Any]]) -> None:
        """The same request once more, long after its requester gave up; nobody waits for the answer."""
        if self.environment is not None:
            self.environment.begin(request(self.environment))

    async def _pass(self) -> None:
        await asyncio.sleep(self._random.uniform(0, self.faults.delay))

    def _is_unlucky(self, chance: float) -> bool:
        return self._random.random() < chance
