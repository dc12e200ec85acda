"""Hallway itself, as an operator starts it: `hallway serve`, over SQLite or PostgreSQL, with every rule in force."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.contenders import Details
from bench.machine import below, free_port, pinned
from hallway.domain.accounts import Account
from hallway.domain.courses import Course
from hallway.domain.ids import AccountId, CourseId, SessionId, UserId, dialog_id
from hallway.domain.people import Role, State, User
from hallway.storage.store import open_store
from hallway.usecases.entry import TOKEN, hashed
from hallway.usecases.ports import Session, Transaction

NAME = "Hallway, SQLite"
ARCHIVES = True
ACCOUNT = AccountId(str(UUID(int=1)))
PATIENCE = 60
"""Seconds within which a started server must answer."""


def user_id(person: int) -> UserId:
    """The id of a numbered person."""
    return UserId(str(UUID(int=(2 << 64) + person)))


def _course_id(pair: int) -> CourseId:
    return CourseId(str(UUID(int=(3 << 64) + pair)))


def secret(person: int) -> str:
    """Their token."""
    return f"token-of-person-{person}"


def found_academy(tx: Transaction, people: int) -> None:
    """An account in which each even person is a learner of a course whose expert is the next, odd one."""
    tx.accounts.save(Account(ACCOUNT, "Bench"))
    numbers = range(people)
    tx.people.add([_user(number) for number in numbers])
    tx.courses.add([Course(ACCOUNT, _course_id(pair), f"Course {pair}") for pair in range((people + 1) // 2)])
    tx.courses.assign(ACCOUNT, [(_course_id(number // 2), user_id(number)) for number in numbers[1::2]])
    tx.courses.enrol(ACCOUNT, [(_course_id(number // 2), user_id(number)) for number in numbers[::2]])
    now = datetime.now(UTC)
    for number in numbers:
        name = SessionId(str(UUID(int=(4 << 64) + number)))
        tx.sessions.add(Session(ACCOUNT, name, user_id(number), TOKEN, hashed(secret(number)), "bench", now, None))


def _user(number: int) -> User:
    role = Role.LEARNER if number % 2 == 0 else Role.AUTHOR
    name = f"Person {number}"
    return User(ACCOUNT, user_id(number), name, f"p{number}@bench.example", f"p{number}", role, State.ACTIVE)


@dataclass
class HallwayServer:
    """`contenders.Server`."""

    folder: Path
    core: int
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    details: Details = field(init=False)
    _process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        """Start it."""
        self.details = {"address": f"127.0.0.1:{self.port}"}
        self.again()

    def pids(self) -> Sequence[int]:
        """The one process."""
        return below(self._process.pid)

    def kill(self) -> None:
        """As a power cut."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def again(self) -> None:
        """Start, and wait until it answers."""
        words = [sys.executable, "-m", "hallway", "serve", "--data", str(self.folder), "--port", str(self.port)]
        with (self.folder / "output.txt").open("ab") as output:
            self._process = subprocess.Popen(
                pinned(words, self.core), stdout=output, stderr=output, env={**os.environ, **self.environment}
            )
        _wait(self._process, f"http://127.0.0.1:{self.port}/readyz")

    def stop(self) -> None:
        """As an operator would."""
        self._process.terminate()
        self._process.wait(PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(address).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.005)
    process.kill()
    message = "Hallway did not start."
    raise RuntimeError(message)


def install() -> None:
    """Nothing is missing."""


def start(folder: Path, *, people: int, core: int, database: str = "") -> HallwayServer:
    """Found the academy, then serve it."""
    store = open_store(database or f"sqlite:///{folder.absolute()}/hallway.db")
    (outcome,) = store.write([lambda tx: found_academy(tx, people)])
    store.close()
    if outcome.failure:
        raise outcome.failure
    environment = {"HALLWAY_MESSAGES_PER_MINUTE": "100000000", "HALLWAY_DATABASE": database}
    return HallwayServer(folder, core, environment)


class _Message(msgspec.Struct):
    """What the load reads of a message."""

    body: str


class _Frame(msgspec.Struct):
    """What the load reads of a frame; unknown fields are skipped."""

    type: str
    re: int | None = None
    message: _Message | None = None


_FRAMES: msgspec.json.Decoder[list[_Frame]] = msgspec.json.Decoder(list[_Frame])


class HallwayLine(WSListener):
    """`contenders.Line` over the socket."""

    def __init__(self, address: str, person: int, partner: int) -> None:
        """Not connected yet."""
        self.stored: Callable[[int], None] = int
        self.heard: Callable[[int], None] = int
        self.refused: list[Any] = []
        self._address = address
        self._person = person
        self._chat = dialog_id(ACCOUNT, user_id(person), user_id(partner))
        self._start = f'","to":"{user_id(partner)}","to_kind":"person","key":"'
        self._welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: WSTransport

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Keep the line."""
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Tell the load what each frame says."""
        if frame.msg_type != WSMsgType.TEXT:
            return
        for one in _FRAMES.decode(frame.get_payload_as_memoryview()):
            if one.type == "sent" and one.re is not None:
                self.stored(one.re)
            elif one.type == "message" and one.message is not None:
                number = int(one.message.body.partition(" ")[0])
                self.heard(number)
            elif one.type == "welcome":
                self._welcome.set_result(None)
            else:
                self.refused.append(one)

    def send(self, numbers: Sequence[int]) -> None:
        """One frame with a list."""
        frames = ",".join([_send_frame(number, self._start, self._person) for number in numbers])
        self._transport.send(WSMsgType.TEXT, f"[{frames}]".encode())

    async def found(self) -> list[int]:
        """All pages of the chat."""
        numbers: list[int] = []
        before = ""
        headers = {"Authorization": f"Bearer {secret(self._person)}"}
        async with httpx.AsyncClient(base_url=f"http://{self._address}/api/v1", headers=headers) as http:
            while True:
                answer = await http.get(f"/conversations/{self._chat}/messages?limit=100{before}")
                page = answer.raise_for_status().json()
                numbers = [int(one["body"].partition(" ")[0]) for one in page["messages"]] + numbers
                if not page["older"]:
                    return numbers
                before = f"&before={page['messages'][0]['seq']}"

    async def close(self) -> None:
        """Leave."""
        self._transport.disconnect()


FILLER = "How do I find the exit when the light is out, and who opens the door? Please tell me soon."


def _send_frame(number: int, to: str, person: int) -> str:
    return f'{{"type":"send","id":{number},"body":"{number} {FILLER}{to}key-of-{person}-{number}"}}'


async def connect(details: Details, person: int, partner: int) -> HallwayLine:
    """A signed-in socket."""
    line = HallwayLine(details["address"], person, partner)
    address = f"ws://{details['address']}/api/v1/socket"
    await ws_connect(lambda: line, address, extra_headers={"Authorization": f"Bearer {secret(person)}"})
    await line._welcome
    return line


async def idle(details: Details, person: int) -> HallwayLine:
    """The same line, left alone."""
    return await connect(details, person, person ^ 1)
