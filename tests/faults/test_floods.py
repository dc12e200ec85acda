"""Too much at once: one person's flood, frames of a megabyte, a full queue. Each is told so, and others write on."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, closing, suppress
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from hallway.client import Client, Refusal, WebSocketClient, new_key
from hallway.demo.academy import PASSWORD
from hallway.storage import writer
from hallway.transport.websocket import session as lines
from hallway.transport.wire import frames as wire_frames
from tests.faults.company import Company, company_in
from tests.faults.crowds import memory
from tests.faults.talkers import PATIENCE, line_of
from tests.servers.academy import Serving, serve_academy
from tests.servers.hallway import Hallway, demo_academy

PACE = 30
MEGABYTE = 1024 * 1024
PEOPLE = 12
AT_ONCE = 5
QUEUE = 20
SOON = 15
"""Seconds; a client of its own accord would give up only later."""


def _sends(chat: str, many: int) -> list[wire_frames.SendFrame]:
    return [
        wire_frames.SendFrame(id=number, to=chat, to_kind="conversation", body=str(number), key=new_key())
        for number in range(many)
    ]


# A flood of one person.


@pytest.fixture
def paced(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """An academy in which each person may write 30 messages a minute."""
    serving = demo_academy(tmp_path, built=built_academy, messages_per_minute=str(PACE))
    yield serving
    serving.kill()


@pytest.mark.slow
def test_who_floods_is_told_to_wait_and_others_write_on(paced: Hallway) -> None:
    is_over = threading.Event()
    with paced.client("samuel") as samuel, paced.client("lucia") as lucia, ThreadPoolExecutor() as pool:
        chats = [
            client.send_to_person(client.people("Maya").people[0].id, "!").conversation_id for client in (samuel, lucia)
        ]
        with samuel.connect() as flood, lucia.connect() as other:
            flooding = pool.submit(_flood, flood, chats[0], is_over)
            try:
                sent = [other.send(chats[1], str(number)) for number in range(PACE - 1)]
            finally:
                is_over.set()
            answers = flooding.result(PATIENCE)
    assert [one.body for one in sent] == [str(number) for number in range(PACE - 1)]
    refused = [one.problem for one in answers if isinstance(one, wire_frames.NoFrame)]
    assert len(answers) - len(refused) < 2 * PACE < len(refused)
    assert {(one.status, one.code) for one in refused} == {(429, "too_many")}
    assert all(1 <= (one.retry_after or 0) <= 60 for one in refused)


def _flood(
    line: WebSocketClient, chat: str, is_over: threading.Event
) -> list[wire_frames.SentFrame | wire_frames.NoFrame]:
    """Send hundreds at a time until told that it is over; the answers."""
    answers: list[wire_frames.SentFrame | wire_frames.NoFrame] = []
    while not is_over.is_set() or not answers:
        line.say(msgspec.json.encode([*_sends(chat, 200), wire_frames.PingFrame(200)]))
        while not isinstance(frame := line.next_frame(), wire_frames.DoneFrame):
            if isinstance(frame, wire_frames.SentFrame | wire_frames.NoFrame):
                answers.append(frame)
    return answers


# What is too large.


@pytest.mark.slow
@pytest.mark.parametrize("parts", [1, 64])
def test_frames_of_a_megabyte_are_refused_and_others_write_on(academy: Hallway, parts: int) -> None:
    with company_in(academy) as company, academy.client("ben") as ben:
        asyncio.run(_too_large(academy, company, ben, parts))
        company.require_all_kept()


async def _too_large(academy: Hallway, company: Company, ben: Client, parts: int) -> None:
    async with company.talking():
        await company.more_answers(50)
        before = memory(academy.pid)
        codes = await asyncio.gather(*[_code_of(ben, parts) for _ in range(PEOPLE)])
        await company.more_answers(50)
        assert memory(academy.pid) - before < PEOPLE * 1024, "as if it had been kept"
    assert set(codes) == {CloseCode.MESSAGE_TOO_BIG}
    assert set(company.faults.endings) == {CloseCode.NORMAL_CLOSURE}


async def _code_of(client: Client, parts: int) -> int | None:
    """How the line ends on which a megabyte is sent, whole or in parts."""
    async with line_of(client) as socket:
        part = '"' + "x" * (MEGABYTE // parts)
        try:
            await socket.send(part if parts == 1 else [part] * parts)
            while True:
                await socket.recv()
        except ConnectionClosed:
            return socket.close_code


# What is more than the server can do.


@pytest.fixture
def narrow(built_academy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """An academy with a short queue."""
    monkeypatch.setattr(writer, "LONGEST_QUEUE", QUEUE)
    monkeypatch.setattr(lines, "FAREWELL", 0.1)
    served = serve_academy(built_academy, tmp_path)
    yield served
    served.stop()


def test_a_full_queue_asks_to_try_again_and_empties(narrow: Serving, tmp_path: Path) -> None:
    with (
        Client(narrow.address) as samuel,
        closing(sqlite3.connect(tmp_path / "hallway.db", isolation_level=None)) as other,
    ):
        samuel.sign_in("samuel", PASSWORD)
        chat = samuel.send_to_person(samuel.people("Maya").people[0].id, "!").conversation_id
        answers = asyncio.run(_overload(samuel, chat, other))
        refused = [one.problem for one in answers if isinstance(one, wire_frames.NoFrame)]
        assert {(one.status, one.code, one.retry_after) for one in refused} == {(503, "busy", 2)}
        kept = [one.message for one in answers if isinstance(one, wire_frames.SentFrame)]
        assert len(kept) + len(refused) == PEOPLE * AT_ONCE
        assert sorted(one.seq for one in kept) == list(range(2, len(kept) + 2))
        assert samuel.send(chat, "Afterwards").seq == len(kept) + 2


async def _overload(client: Client, chat: str, other: sqlite3.Connection) -> list[wire_frames.ServerFrame]:
    """The answers to more than fits, while somebody holds the database up; it is let go once the rest was refused."""
    answers: list[wire_frames.ServerFrame] = []
    is_full = asyncio.Event()
    async with AsyncExitStack() as exits, asyncio.timeout(PATIENCE):
        first, *sockets = [await exits.enter_async_context(line_of(client)) for _ in range(PEOPLE)]
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_ask(first, chat, answers, is_full))
            await asyncio.to_thread(client.me)  # meanwhile the writer begins, and is held up
            for socket in sockets:
                tasks.create_task(_ask(socket, chat, answers, is_full))
            await is_full.wait()
            await asyncio.to_thread(_is_busy_over_http, client, chat)
            other.execute("ROLLBACK")
    return answers


async def _ask(
    socket: ClientConnection, chat: str, answers: list[wire_frames.ServerFrame], is_full: asyncio.Event
) -> None:
    await socket.send(msgspec.json.encode(_sends(chat, AT_ONCE)), text=True)
    mine: list[wire_frames.ServerFrame] = []
    while len(mine) < AT_ONCE:
        mine += [
            one for one in _frames(await socket.recv()) if isinstance(one, wire_frames.SentFrame | wire_frames.NoFrame)
        ]
    answers += mine
    if len(answers) == PEOPLE * AT_ONCE - AT_ONCE - QUEUE:
        is_full.set()


def _frames(text: str | bytes) -> Sequence[wire_frames.ServerFrame]:
    return msgspec.json.decode(text, type=list[wire_frames.ServerFrame])


def _is_busy_over_http(client: Client, chat: str) -> None:
    with pytest.raises(Refusal) as refused:
        client.send(chat, "One more")
    assert (refused.value.problem.status, refused.value.problem.code) == (503, "busy")


@pytest.mark.slow
def test_who_asks_and_never_reads_is_cut(narrow: Serving) -> None:
    """What waits for them is bounded: nothing of theirs is read any more, and then they are let go."""
    with Client(narrow.address) as maya, Client(narrow.address) as other:
        maya.sign_in("maya", PASSWORD)
        other.sign_in("samuel", PASSWORD)
        with other.connect() as line:
            asyncio.run(_never_read(maya))
            line.ping()


async def _never_read(client: Client) -> None:
    pings = msgspec.json.encode([wire_frames.PingFrame(number) for number in range(900)])
    async with asyncio.timeout(SOON), line_of(client) as socket:
        socket.transport.pause_reading()
        with suppress(ConnectionClosed):
            while True:
                await socket.send(pings, text=True)
