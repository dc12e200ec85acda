"""Whether a contender does what the benchmark counts: `python -m bench.contenders.check <its module's name>`.

Two people write to each other, then four in a room. Each message must be acknowledged, heard by everybody else, and
found in the history, there once and also after the server was killed and started again.
"""

import asyncio
import importlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop

from bench.contenders import Contender, Line, Server
from bench.machine import allow_many_files, memory, seconds

PEOPLE = 4
EACH = 10
"""Messages that each of them sends, in two bursts at once."""
PATIENCE = 60
"""Seconds within which all must have arrived."""


async def main(name: str, folder: Path) -> str:
    """Check one; what it took."""
    contender: Contender = importlib.import_module(f"bench.contenders.{name}")
    contender.install()
    began = time.monotonic()
    server = contender.start(folder, people=PEOPLE, core=0)
    started = time.monotonic() - began
    try:
        await use(contender, server)
        used, held = seconds(server.pids()), memory(server.pids()) >> 20
    finally:
        server.stop()
    return f"{contender.NAME}: well. Started in {started:.1f} s; since the kill {used:.2f} s of processor, {held} MiB."


async def use(contender: Contender, server: Server) -> None:
    """A chat, a room and a reader; a kill; and the histories once more."""
    reader = await contender.idle(server.details, PEOPLE - 1)
    chat = [await contender.connect(server.details, person, 1 - person) for person in (0, 1)]
    room = [await contender.join(server.details, person, PEOPLE) for person in range(PEOPLE)]
    for lines in (chat, room):
        await talk(lines)
        await find(lines, EACH * len(lines))
    for line in (reader, *chat, *room):
        await line.close()
    server.kill()
    server.again()
    for lines in (chat, room):
        connect = (
            contender.connect(server.details, 1, 0) if lines is chat else contender.join(server.details, 1, PEOPLE)
        )
        line = await connect
        await find([line], EACH * len(lines))
        await line.close()


async def talk(lines: Sequence[Line]) -> None:
    """Let every line send its messages, until all were acknowledged, and heard by the others, once."""
    own = {line: range(place * EACH, (place + 1) * EACH) for place, line in enumerate(lines)}
    waiting = {(line, number) for line in lines for numbers in own.values() for number in numbers}
    is_through = asyncio.Event()

    def tick(line: Line, number: int) -> None:
        waiting.remove((line, number))
        if not waiting:
            is_through.set()

    for line in lines:
        line.stored = line.heard = lambda number, line=line: tick(line, number)
    for line, numbers in own.items():
        line.send(numbers[: EACH // 2])
        line.send(numbers[EACH // 2 :])
    try:
        await asyncio.wait_for(is_through.wait(), PATIENCE)
    except TimeoutError:
        message = f"Neither acknowledged nor heard: {sorted(number for _, number in waiting)}"
        raise RuntimeError(message) from None


async def find(lines: Sequence[Line], count: int) -> None:
    """Each line's history holds so many messages, each once."""
    for line in lines:
        found = await line.found()
        if sorted(found) != list(range(count)):
            message = f"Of the messages 0 to {count - 1}, these were found: {found}"
            raise RuntimeError(message)


if __name__ == "__main__":
    allow_many_files()
    with tempfile.TemporaryDirectory(prefix="bench-") as where:
        print(uvloop.run(main(sys.argv[1], Path(where))))
