"""Very many lines opened at once, while others talk: `python -m tests.faults.crowds --lines 10000`."""

import argparse
import asyncio
import base64
import resource
import secrets
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from hallway.client import SOCKET, Client
from tests.faults.company import Company, company_in
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation

PATIENCE = 300
"""Seconds in which everybody must have been welcomed, even where 10,000 come to a busy machine."""
SPARE = 200
"""Open files beside the lines."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What it took to let everybody in."""

    seconds: float
    answers: int
    """Messages of the others that were acknowledged meanwhile."""
    kilobytes: float
    """Memory of the server for each line."""


def let_in(academy: Hallway, lines: int) -> Crowd:
    """Open so many lines at once; then all of them are there, and those who talk were not hindered."""
    with company_in(academy) as company, academy.client("ben") as ben:
        crowd = asyncio.run(_let_in(academy, company, ben, lines))
        company.require_all_kept()
    return crowd


async def _let_in(academy: Hallway, company: Company, ben: Client, lines: int) -> Crowd:
    async with company.talking():
        await company.more_answers(50)
        before, answers, began = memory(academy.pid), company.faults.answers, time.monotonic()
        async with _lines(academy, ben, lines):
            seconds = time.monotonic() - began
            crowd = Crowd(seconds, company.faults.answers - answers, (memory(academy.pid) - before) / lines)
            await company.more_answers(50)
        await company.more_answers(50)
    assert company.faults.endings == [1000] * len(company.talkers)
    return crowd


@asynccontextmanager
async def _lines(academy: Hallway, client: Client, lines: int) -> AsyncIterator[None]:
    """So many lines of one person, all begun in the same moment, each welcomed."""
    writers: list[asyncio.StreamWriter] = []
    try:
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
            for _ in range(lines):
                tasks.create_task(_open(academy, client, writers))
        yield
    finally:
        for writer in writers:
            writer.transport.abort()


async def _open(academy: Hallway, client: Client, writers: list[asyncio.StreamWriter]) -> None:
    """The bare handshake, up to the first frame: a library would be busier than the server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", academy.command.port)
    writers.append(writer)
    cookie = "; ".join(f"{name}={value}" for name, value in client._http.cookies.items())
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    writer.write(
        f"GET {SOCKET} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: {cookie}\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
    )
    await reader.readuntil(b'"welcome"')


def memory(pid: int) -> int:
    """Resident memory of a process, in kB."""
    (line,) = [one for one in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines() if one.startswith("VmRSS")]
    return int(line.split()[1])


def main() -> None:
    """Let in as many as asked, and say how it went."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.crowds", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    lines = parser.parse_args().lines
    _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(lines + SPARE, allowed), allowed))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        build_academy(f"sqlite:///{folder}/data/hallway.db")
        academy = installation(Path(folder))
        crowd = let_in(academy, lines)
        academy.stop()
    print(  # noqa: T201 - it speaks to the terminal
        f"{lines} lines opened at once: all welcomed after {crowd.seconds:.1f} s, {crowd.kilobytes:.1f} kB each; "
        f"meanwhile {crowd.answers} messages of others were acknowledged."
    )


if __name__ == "__main__":
    main()
