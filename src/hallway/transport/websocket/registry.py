"""All lines of this process: what is ready on them leaves in one go, and what is silent or over is ended."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import structlog
from uvicorn.server import ServerState

SWEEP = 1.0
"""Seconds between two looks at all lines."""

_log = structlog.get_logger("hallway.socket")


class Watched(Protocol):
    """A line, as it is looked after here."""

    def depart(self) -> None:
        """Write all that is ready."""
        ...

    def look_after(self, moment: float) -> None:
        """Ping, or end, what has been silent or is over; `moment` is the loop's time, in seconds."""
        ...

    def shutdown(self) -> None:
        """The server stops: end, once what was accepted is answered."""
        ...

    def fail(self) -> None:
        """End after a fault."""
        ...


class SessionRegistry:
    """The open lines. One timer looks after all of them, and one call of the loop lets all news leave."""

    def __init__(self) -> None:
        """None is open."""
        self._open: set[Watched] = set()
        self._known: set[Any] = set()
        self._ready: list[Watched] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._open)

    def belong_to(self, server: ServerState) -> None:
        """Let the server know all lines that join from now on, so that it ends them when it stops, and waits."""
        self._known = server.connections

    def join(self, line: Watched) -> None:
        """Look after this line, too."""
        self._open.add(line)
        self._known.add(line)

    def leave(self, line: Watched) -> None:
        """It went."""
        self._open.discard(line)
        self._known.discard(line)

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Let a line's work run; it is kept until it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def wake(self, line: Watched) -> None:
        """News waits on a line: it leaves once what happens at this moment has happened, together with all of that."""
        if not self._ready:
            asyncio.get_running_loop().call_soon(self._depart)
        self._ready.append(line)

    def _depart(self) -> None:
        ready, self._ready = self._ready, []
        for line in ready:
            _guarded(line, line.depart)

    async def watch(self) -> None:
        """Look after all lines, for as long as this runs."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SWEEP)
            self.look_after(list(self._open), loop.time())

    @staticmethod
    def look_after(lines: Iterable[Watched], moment: float) -> None:
        """Look after some lines at one moment."""
        for line in lines:
            _guarded(line, partial(line.look_after, moment))


def _guarded(line: Watched, work: Callable[[], None]) -> None:
    """Do some of a line's work: one that fails ends that line, and no other one waits for it."""
    try:
        work()
    except Exception:  # noqa: BLE001 - whatever it is
        _log.exception("line_failed")
        with suppress(Exception):
            line.fail()
