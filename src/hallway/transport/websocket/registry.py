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
    """A session, as the registry looks after it."""

    def depart(self) -> None:
        """Write all that is ready."""
        ...

    def look_after(self, moment: float) -> None:
        """Ping a silent client, or end a session that is over; `moment` is the loop's time, in seconds."""
        ...

    def shutdown(self) -> None:
        """End because the server stops, once what was accepted is answered."""
        ...

    def fail(self) -> None:
        """End after a fault."""
        ...


class SessionRegistry:
    """The open sessions. A single timer looks after all of them, and a single callback of the loop sends all that is ready."""

    def __init__(self) -> None:
        """Begin without sessions."""
        self._open: set[Watched] = set()
        self._known: set[Any] = set()
        self._ready: list[Watched] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._open)

    def belong_to(self, server: ServerState) -> None:
        """Add sessions that join from now on to the server's connections, so that it ends them when it stops, and waits."""
        self._known = server.connections

    def join(self, line: Watched) -> None:
        """Begin to look after this session."""
        self._open.add(line)
        self._known.add(line)

    def leave(self, line: Watched) -> None:
        """Remove a session that has ended."""
        self._open.discard(line)
        self._known.discard(line)

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Run a session's work as a task, which is kept until it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def wake(self, line: Watched) -> None:
        """Send what waits on a session in the next turn of the loop, together with all that happens until then."""
        if not self._ready:
            asyncio.get_running_loop().call_soon(self._depart)
        self._ready.append(line)

    def _depart(self) -> None:
        ready, self._ready = self._ready, []
        for line in ready:
            _guarded(line, line.depart)

    async def watch(self) -> None:
        """Look after all sessions, for as long as this runs."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SWEEP)
            self.look_after(list(self._open), loop.time())

    @staticmethod
    def look_after(lines: Iterable[Watched], moment: float) -> None:
        """Look after these sessions at this moment."""
        for line in lines:
            _guarded(line, partial(line.look_after, moment))


def _guarded(line: Watched, work: Callable[[], None]) -> None:
    """Do some work of a session; a failure ends that session, and keeps no other from its turn."""
    try:
        work()
    except Exception:  # noqa: BLE001 - whatever it is
        _log.exception("line_failed")
        with suppress(Exception):
            line.fail()
