"""What a proxy is told: ready, or not while the disk is full or the server is about to stop; and a restart is no gap."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from hallway.client import Client, Refusal
from tests.faults.company import company_in
from tests.faults.disks import Disk, SmallDisk, small_disk
from tests.faults.talkers import Talker
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.postgres import Postgres
from tests.servers.programs import removing, running
from tests.transport.cast import as_problem

pytestmark = pytest.mark.slow

HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.executable, [sys.executable, "-m", "hallway", *sys.argv[2:]])
"""
"""What systemd does before it starts a service whose socket it holds."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled."""
    with small_disk(tmp_path / "disk") as made:
        yield made


def _ready(academy: Hallway) -> httpx.Response:
    return httpx.get(f"{academy.address}/readyz", timeout=30)


@pytest.fixture
def on_disk(disk: Disk, built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """The demo academy on it."""
    del disk
    serving = demo_academy(tmp_path / "disk", built=built_academy)
    yield serving
    serving.kill()


def test_a_full_disk_is_told_once_it_was_met_and_healing_without_anybody_sending(on_disk: Hallway, disk: Disk) -> None:
    with company_in(on_disk) as company:
        disk.fill(on_disk.pid)
        as_problem(_ready_at_last(on_disk, company.talkers[0]), 503, "unavailable")
        assert httpx.get(f"{on_disk.address}/livez").status_code == 200
        disk.free(on_disk.pid)
        assert _ready(on_disk).status_code == 200


def test_a_full_disk_is_told_before_anybody_meets_it(on_disk: Hallway, disk: Disk) -> None:
    assert _ready(on_disk).status_code == 200
    disk.fill(on_disk.pid)
    while (answer := _ready(on_disk)).status_code == 200:
        time.sleep(0.1)
    as_problem(answer, 503, "unavailable")
    disk.free(on_disk.pid)
    assert _ready(on_disk).status_code == 200


def test_room_for_a_small_change_is_no_room_for_what_people_write(on_disk: Hallway, disk: Disk) -> None:
    """The log has room from before for a little, and none for a long message."""
    with company_in(on_disk) as company:
        talker = company.talkers[0]
        talker.client.send(talker.chat, "Before")
        disk.fill(on_disk.pid)
        refused = 0
        while refused < 20:
            try:
                talker.client.send(talker.chat, "x" * 4_000)
            except Refusal:
                refused += 1
                as_problem(_ready(on_disk), 503, "unavailable")
        disk.free(on_disk.pid)
        assert _ready(on_disk).status_code == 200
        talker.client.send(talker.chat, "After")


@pytest.fixture
def small_postgres(tmp_path: Path) -> Iterator[tuple[Hallway, Disk]]:
    """The academy over a PostgreSQL of its own, whose tables lie on a small disk."""
    with TemporaryDirectory() as home, small_disk(Path(home) / "disk", "40m") as disk:
        if not isinstance(disk, SmallDisk):
            pytest.skip("a disk for PostgreSQL must be mounted, which only root may do")
        Path(home).chmod(0o755)  # its own user must find the way
        tables = Path(home) / "disk" / "tables"
        tables.mkdir()
        with removing(Postgres()) as postgres:
            url = postgres.new_database(tables)
            build_academy(url)
            serving = installation(tmp_path, database=url)
            yield serving, disk
            serving.kill()


def test_a_full_disk_of_postgresql_is_told_and_its_healing(small_postgres: tuple[Hallway, Disk]) -> None:
    serving, disk = small_postgres
    with serving.client("maya") as maya:
        chat = maya.send_to_person(maya.people().people[0].id, "Before").conversation_id
        assert _ready(serving).status_code == 200
        disk.fill(serving.pid)
        with pytest.raises(Refusal) as refused:
            _write_for_ever(maya, chat)
        assert refused.value.problem.code == "unavailable"
        as_problem(_ready(serving), 503, "unavailable")
        disk.free(serving.pid)
        assert _ready(serving).status_code == 200
        maya.send(chat, "After")


def _write_for_ever(client: Client, chat: str) -> None:
    while True:
        client.send(chat, "x" * 1_900)


def _ready_at_last(academy: Hallway, talker: Talker) -> httpx.Response:
    """What it says when not even a small write finds a place any more: the log may have some room left."""
    for _ in range(100):
        with suppress(Refusal):
            talker.client.send(talker.chat, "Is there room for this?")
        answer = _ready(academy)
        if answer.status_code != 200:
            return answer
    message = "it is ready for ever"
    raise AssertionError(message)


def test_a_locked_database_is_told_and_the_end_of_it_too(academy: Hallway) -> None:
    with company_in(academy) as company, closing(sqlite3.connect(academy.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refusal):
            company.talkers[0].client.send(company.talkers[0].chat, "Hello?")
        as_problem(_ready(academy), 503, "unavailable")
        other.rollback()
        assert _ready(academy).status_code == 200


def test_who_was_refused_by_the_rules_makes_nobody_doubt_the_server(academy: Hallway) -> None:
    with academy.client("maya") as maya, pytest.raises(Refusal):
        maya.send(maya.me().person.id, "Into no chat")
    assert _ready(academy).status_code == 200


def test_a_server_that_will_stop_says_so_and_serves_on(built_academy: Path, tmp_path: Path) -> None:
    academy = demo_academy(tmp_path, built=built_academy, drain_seconds="300")
    with academy.client("maya") as maya, maya.connect() as line:
        os.kill(academy.pid, signal.SIGTERM)
        while (answer := _ready(academy)).status_code == 200:
            pass
        as_problem(answer, 503, "stopping")
        assert maya.chats().rows
        line.ping()
        os.kill(academy.pid, signal.SIGINT)  # who has no patience
        academy.process.join(30)
    assert academy.process.exitcode is not None


def test_the_log_tells_the_beginning_and_the_end(academy: Hallway) -> None:
    output = academy.output
    assert academy.stop() == 0
    lines = output.read_text("utf-8")
    assert lines.index("started") < lines.index("stopping") < lines.index("stopped")


def test_with_a_socket_from_systemd_nobody_is_turned_away_during_a_restart(built_academy: Path, tmp_path: Path) -> None:
    folder = demo_academy(tmp_path, built=built_academy)
    folder.stop()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with _serve(folder.database.parent, listening) as first:
            assert httpx.get(f"{address}/readyz", timeout=60).status_code == 200
            first.terminate()
            assert first.wait(30) == 0
        asyncio.run(_ask_in_between(address, folder.database.parent, listening))


async def _ask_in_between(address: str, data: Path, listening: socket.socket) -> None:
    """A request that was made while no Hallway ran is answered by the next one."""
    with ExitStack() as exits:
        async with httpx.AsyncClient(timeout=60) as client, asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(client.get(f"{address}/readyz"))
            await asyncio.sleep(0)
            second = exits.enter_context(_serve(data, listening))
        assert waiting.result().status_code == 200
        second.terminate()
        assert second.wait(30) == 0


def _serve(data: Path, listening: socket.socket) -> "AbstractContextManager[subprocess.Popen[bytes]]":
    """A server that was handed the socket."""
    command = [sys.executable, "-c", HAND_OVER, str(listening.fileno()), "serve", "--data", str(data)]
    return running(command, pass_fds=[listening.fileno()], stdout=subprocess.DEVNULL)
