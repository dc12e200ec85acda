"""Hallway itself, as an operator starts it: `hallway serve`, over SQLite or PostgreSQL, with every rule in force."""

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import httpx
import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.contenders import Details
from bench.daemons import Daemon, Daemons
from bench.machine import free_port
from bench.texts import text
from hallway.client import new_key
from hallway.domain.accounts import Account
from hallway.domain.courses import Course
from hallway.domain.ids import AccountId, CourseId, SessionId, UserId, dialog_id
from hallway.domain.people import Role, State, User
from hallway.storage.store import open_store
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import TOKEN, hashed
from hallway.usecases.transaction import Transaction

NAME = "Hallway, SQLite"
ARCHIVES = True
ACCOUNT = AccountId(str(UUID(int=1)))
ROOT = Path(__file__).parents[2]
SETTINGS = {"HALLWAY_MESSAGES_PER_MINUTE": "100000000"}
"""Nobody is slowed down."""


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
    tx.accounts.save(Account(id=ACCOUNT, name="Bench"))
    now, numbers = datetime.now(UTC), range(people)
    tx.people.add([_user(number) for number in numbers])
    tx.courses.add(
        [Course(account_id=ACCOUNT, id=_course_id(pair), title=f"Course {pair}") for pair in range((people + 1) // 2)]
    )
    tx.courses.assign(ACCOUNT, [(_course_id(number // 2), user_id(number)) for number in numbers[1::2]], at=now)
    tx.courses.enrol(ACCOUNT, [(_course_id(number // 2), user_id(number)) for number in numbers[::2]])
    for number in numbers:
        name = SessionId(str(UUID(int=(4 << 64) + number)))
        tx.sessions.add(
            Session(
                account_id=ACCOUNT,
                id=name,
                user_id=user_id(number),
                kind=TOKEN,
                hashed=hashed(secret(number)),
                name="bench",
                created_at=now,
                expires_at=None,
            )
        )


def _user(number: int) -> User:
    role = Role.LEARNER if number % 2 == 0 else Role.AUTHOR
    name = f"Person {number}"
    return User(
        account_id=ACCOUNT,
        id=user_id(number),
        name=name,
        email=f"p{number}@bench.example",
        login=f"p{number}",
        role=role,
        state=State.ACTIVE,
    )


def install() -> None:
    """Nothing is missing."""


SERVE = ("hallway", "serve")
"""What `python -m` runs."""


def start(folder: Path, *, people: int, core: int, command: Sequence[str] = SERVE) -> Daemons:
    """Found the academy in a SQLite file, then serve it."""
    database = sqlite(folder)
    with Daemons(folder, {}) as server:
        found(database, lambda tx: found_academy(tx, people))
        serve(server, database, core, command=command)
    return server


def sqlite(folder: Path) -> str:
    """The address of the database in a folder."""
    return f"sqlite:///{folder.absolute()}/hallway.db"


def found(database: str, work: Callable[[Transaction], None]) -> None:
    """Make the tables, and put into them what there is from the beginning."""
    store = open_store(database)
    (outcome,) = store.write([work])
    store.close()
    if outcome.failure:
        raise outcome.failure


def serve(
    server: Daemons,
    database: str,
    core: int,
    *,
    command: Sequence[str] = SERVE,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Start `python -m` with this command over a database that is there already, as one daemon more."""
    port = free_port()
    words = [sys.executable, "-m", *command, "--data", str(server.folder.absolute()), "--port", str(port)]
    environment = {**SETTINGS, **settings, "HALLWAY_DATABASE": database, "PYTHONPATH": str(ROOT)}
    server.details.setdefault("port", port)
    ports: list[int] = server.details.setdefault("ports", [])
    ports.append(port)
    folder = server.folder / f"server-{len(ports)}"
    server.start(Daemon(words, folder, port, core, environment=environment, is_ready=answers))


def port_of(details: Details, person: int) -> int:
    """The process that a person is connected to.

    Of several, each has as many writers. `further` in the details says by how many processes their readers are further on;
    where it says nothing, each process has as many of a process's readers.
    """
    ports: list[int] = details.get("ports", [details["port"]])
    pair, is_reader = divmod(person, 2)
    further: int = details.get("further", pair // len(ports))
    return ports[(pair + is_reader * further) % len(ports)]


def answers(port: int) -> bool:
    """Whether a server is ready there."""
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


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

    def __init__(self, port: int, person: int, chat: str, to: str) -> None:
        """Not connected yet; `to` is where its messages go, as a `send` frame says it."""
        self.stored: Callable[[int], None] = int
        self.heard: Callable[[int], None] = int
        self._address = f"127.0.0.1:{port}"
        self._person = person
        self._chat = chat
        self._to = to
        self._welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: WSTransport

    async def open(self) -> None:
        """Connect, signed in."""
        address = f"ws://{self._address}/api/v1/socket"
        await ws_connect(lambda: self, address, extra_headers={"Authorization": f"Bearer {secret(self._person)}"})
        await self._welcomed

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Keep the line."""
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Tell the load what each frame says."""
        del transport
        if frame.msg_type != WSMsgType.TEXT:
            return
        for one in _FRAMES.decode(frame.get_payload_as_memoryview()):
            if one.type == "sent" and one.re is not None:
                self.stored(one.re)
            elif one.type == "message" and one.message is not None:
                self.heard(int(one.message.body.partition(" ")[0]))
            elif one.type == "welcome":
                self._welcomed.set_result(None)

    def send(self, numbers: Sequence[int]) -> None:
        """One frame with a list."""
        frames = ",".join([self._send_frame(number) for number in numbers])
        self._transport.send(WSMsgType.TEXT, f"[{frames}]".encode())

    def _send_frame(self, number: int) -> str:
        return f'{{"type":"send","id":{number},"body":"{text(number)}",{self._to},"key":"{new_key()}"}}'

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


async def connect(details: Details, person: int, partner: int) -> HallwayLine:
    """A line to one other person."""
    chat = dialog_id(ACCOUNT, user_id(person), user_id(partner))
    line = HallwayLine(port_of(details, person), person, chat, f'"to":"{user_id(partner)}","to_kind":"person"')
    await line.open()
    return line


async def idle(details: Details, person: int) -> HallwayLine:
    """The same line, left alone."""
    return await connect(details, person, person ^ 1)
