"""Hallway itself, as an operator starts it: `hallway serve`, over SQLite or PostgreSQL, with every rule in force."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.contenders import Details
from bench.daemons import Daemon, Daemons
from bench.machine import free_port
from bench.texts import text
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


def install() -> None:
    """Nothing is missing."""


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Found the academy in a SQLite file, then serve it."""
    return serve(Daemons(folder, {}), f"sqlite:///{folder.absolute()}/hallway.db", people=people, core=core)


def serve(server: Daemons, database: str, *, people: int, core: int) -> Daemons:
    """Found the academy in a database, then serve it as one daemon more."""
    store = open_store(database)
    (outcome,) = store.write([lambda tx: found_academy(tx, people)])
    store.close()
    if outcome.failure:
        raise outcome.failure
    one = daemon(server.folder, database, core=core)
    server.details["port"] = one.port
    server.start(one)
    return server


def daemon(folder: Path, database: str, *, core: int, command: Sequence[str] = ("-m", "hallway", "serve")) -> Daemon:
    """The server over a database that is there already."""
    port = free_port()
    words = [sys.executable, *command, "--data", str(folder.absolute()), "--port", str(port)]
    environment = {
        "HALLWAY_MESSAGES_PER_MINUTE": "100000000",
        "HALLWAY_DATABASE": database,
        "PYTHONPATH": str(Path.cwd()),
    }
    return Daemon(words, folder / "server", port, core, environment=environment, is_ready=_is_ready)


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").is_success
    except httpx.TransportError:
        return False


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
        self.welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: WSTransport

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Keep the line."""
        self._transport = transport

    def on_ws_frame(self, _: WSTransport, frame: WSFrame) -> None:
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
                self.welcomed.set_result(None)
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


def _send_frame(number: int, to: str, person: int) -> str:
    return f'{{"type":"send","id":{number},"body":"{text(number)}{to}key-of-{person}-{number}"}}'


async def connect(details: Details, person: int, partner: int) -> HallwayLine:
    """A signed-in socket."""
    address = f"127.0.0.1:{details['port']}"
    line = HallwayLine(address, person, partner)
    await ws_connect(
        lambda: line, f"ws://{address}/api/v1/socket", extra_headers={"Authorization": f"Bearer {secret(person)}"}
    )
    await line.welcomed
    return line


async def idle(details: Details, person: int) -> HallwayLine:
    """The same line, left alone."""
    return await connect(details, person, person ^ 1)
