"""Run parsers of outside bytes in a separate process (sandbox) with limits of memory and time.

How to use it: write a function at the top of a module that takes the bytes, and plain arguments if it needs any, and
returns what msgspec can encode (texts, numbers, lists, dataclasses, Structs). It raises Invalid for what it refuses.
Name it by its import path:

    found = await sandbox.run("hallway.integrations.sheets:read_sheet", content, answer=Sheet, requester=account_id)

A parser that dies of memory, runs out of time or crashes takes nothing along but its own process, and the caller gets
Overrun; turn that into the words of your subject. What it returns is decoded as `answer`, never unpickled, and is
bounded in size: a parser that was taken over through its input cannot take over the server. Its process has an empty
environment, no socket, no database, and cannot write files or start programs. It is kept for the next small input,
and replaced after a large one, after many, and after each failure.
"""

import asyncio
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import AsyncGenerator, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, Literal, TypeVar

import msgspec
import structlog

from hallway.integrations.sandbox_process import LENGTH, Crashed, Done, OutOfMemory, Refused, Reply, Request, command
from hallway.usecases.errors import Busy, Invalid

T = TypeVar("T")

MEMORY = 512 * 1024 * 1024
"""Bytes of addresses that a parser may use; where the platform knows no such limit (Windows, macOS), none."""
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of what a parser returns."""
SMALL = 256 * 1024
"""Bytes of input after which a process is kept for the next one: a large one leaves its memory torn."""
MOST_CALLS = 200
"""Inputs that one process reads at most."""
LONGEST_QUEUE = 64
"""Inputs that wait at most."""
LONGEST_TURN = 8
"""Inputs of one requester that wait at most, so that nobody fills the queue for the others."""

_log = structlog.get_logger("hallway.sandbox")


class Overrun(Exception):  # noqa: N818 - an answer, not a fault
    """An input needed more than it may use, or broke the parser."""

    def __init__(self, reason: Literal["memory", "time", "crash", "answer"]) -> None:
        """Explain what ended it."""
        super().__init__(f"The sandbox ended a parser: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of the processor, and seconds on the clock, which also pass while others work."""

    processor_seconds: int = 10
    seconds: float = 30


class Child:
    """A sandbox process, used by one thread at a time; `kill` may come from any. It starts when it is first asked."""

    def __init__(self, memory: int = MEMORY) -> None:
        """Prepare a process with this limit of memory, in bytes, without starting it."""
        self.calls = 0
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._is_late = False
        self._is_killed = False

    def ask(self, request: Request, answer: type[T]) -> T:
        """Return the function's result. Raises Invalid as the function did, or Overrun, after which the process is dead."""
        self.calls += 1
        timer = threading.Timer(request.seconds, self._end_of_time)
        timer.daemon = True
        timer.start()
        try:
            return self._value(self._exchange(request), request.function, answer)
        except Overrun:
            self.kill()
            raise
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with self._starting:
            self._is_killed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process, wait until it has ended, and close its pipes."""
        self.kill()
        if self._process is not None:
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                with suppress(OSError):
                    pipe.close()

    def _end_of_time(self) -> None:
        self._is_late = True
        self.kill()

    def _started(self) -> "subprocess.Popen[bytes]":
        with self._starting:
            if self._is_killed:
                raise Overrun("crash")
            if self._process is None:
                self._process = subprocess.Popen(  # noqa: S603 - our own program, no word of it from outside
                    command(self._memory, os.getpid(), sys.path),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=_needed_environment(),
                    start_new_session=True,
                )
            return self._process

    def _exchange(self, request: Request) -> bytes:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        content = msgspec.msgpack.encode(request)
        try:
            process.stdin.write(len(content).to_bytes(LENGTH, "big") + content)
            process.stdin.flush()
            return self._received(process.stdout)
        except (OSError, ValueError, EOFError):
            raise self._death(process) from None

    def _received(self, replies: IO[bytes]) -> bytes:
        head = replies.read(LENGTH)
        length = int.from_bytes(head, "big")
        if length > LARGEST_ANSWER:
            raise Overrun("answer")
        content = replies.read(length)
        if len(head) < LENGTH or len(content) < length:
            raise EOFError
        return content

    def _death(self, process: "subprocess.Popen[bytes]") -> Overrun:
        """Tell why the process does not answer: the kernel ends a late one by a signal, and a C parser without memory aborts."""
        try:
            code = process.wait(1)
        except subprocess.TimeoutExpired:
            return Overrun("crash")
        return Overrun("time" if self._is_late or -code in _TIME_SIGNALS else "crash")

    def _value(self, content: bytes, function: str, answer: type[T]) -> T:
        """Decode what came back, trusting none of it."""
        try:
            reply: Reply = msgspec.msgpack.decode(content, type=Reply)
            if isinstance(reply, Done):
                return msgspec.msgpack.decode(reply.value, type=answer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Overrun("answer") from None
        if isinstance(reply, Refused):
            raise Invalid(*reply.problems)
        if isinstance(reply, Crashed):
            _log.warning("parser_crashed", function=function, kind=reply.kind[:80])
        raise Overrun("memory" if isinstance(reply, OutOfMemory) else "crash")


_TIME_SIGNALS = {14, 24}
"""SIGALRM and SIGXCPU."""


def _needed_environment() -> dict[str, str]:
    """Return an empty environment, except for the variable without which Windows starts no program."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


class Sandbox:
    """A few sandbox processes, for everybody in turn. Use it from one event loop."""

    def __init__(self, processes: int = 2, memory: int = MEMORY) -> None:
        """Prepare the processes; each starts when it is first needed."""
        self._processes = processes
        self._memory = memory
        self._threads = ThreadPoolExecutor(processes, "hallway-sandbox")
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._at_work: set[Hashable] = set()
        self._running = 0
        self._turns: dict[Hashable, deque[asyncio.Future[None]]] = {}
        self._is_closed = False

    @property
    def waiting(self) -> int:
        """The number of inputs that wait."""
        return sum(len(mine) for mine in self._turns.values())

    async def run(
        self,
        function: str,
        content: bytes,
        *arguments: Any,
        answer: type[T],
        requester: Hashable,
        limits: Limits = Limits(),
    ) -> T:
        """Return the result of `function` on `content`. Inputs of the same requester are read one after the other.

        Raises Invalid as the function did, Overrun, or Busy when too many wait or the server stops.
        """
        request = Request(
            function=function,
            content=content,
            arguments=arguments,
            processor_seconds=limits.processor_seconds,
            seconds=limits.seconds,
        )
        async with self._turn(requester):
            return await self._in_a_process(request, answer)

    def close(self) -> None:
        """End all processes at once; those who wait get Busy."""
        self._is_closed = True
        for waiting in [one for mine in self._turns.values() for one in mine]:
            if not waiting.done():
                waiting.set_exception(Busy())
        self._turns.clear()
        for child in [*self._busy, *self._idle]:
            self._drop(child)
        self._threads.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def _turn(self, requester: Hashable) -> AsyncGenerator[None]:
        await self._wait(requester)
        try:
            yield
        finally:
            self._leave(requester)

    async def _wait(self, requester: Hashable) -> None:
        mine = self._turns.get(requester, ())
        if self._is_closed or len(mine) >= LONGEST_TURN or self.waiting >= LONGEST_QUEUE:
            raise Busy
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._turns.setdefault(requester, deque()).append(turn)
        self._let_in()
        try:
            await asyncio.shield(turn)  # so that it is never a cancelled one that is let in
        except asyncio.CancelledError:
            self._give_up(requester, turn)
            raise

    def _let_in(self) -> None:
        """Let in those who wait longest, among requesters with nothing at work."""
        for requester in list(self._turns):
            if self._running >= self._processes:
                return
            if requester in self._at_work:
                continue
            mine = self._turns.pop(requester)
            turn = mine.popleft()
            if mine:
                self._turns[requester] = mine  # behind the others
            self._running += 1
            self._at_work.add(requester)
            turn.set_result(None)

    def _leave(self, requester: Hashable) -> None:
        """Make room for the next requester."""
        self._running -= 1
        self._at_work.discard(requester)
        self._let_in()

    def _give_up(self, requester: Hashable, turn: "asyncio.Future[None]") -> None:
        """Take back a turn that nobody waits for any more; it may have come at the same moment."""
        if turn.done():
            self._leave(requester)
        else:
            self._turns[requester].remove(turn)
            if not self._turns[requester]:
                del self._turns[requester]

    async def _in_a_process(self, request: Request, answer: type[T]) -> T:
        """Ask a process, in a thread. When the caller gives up, the process ends, which frees the thread."""
        child = self._idle.pop() if self._idle else Child(self._memory)
        self._busy.add(child)
        working = asyncio.get_running_loop().run_in_executor(self._threads, child.ask, request, answer)
        try:
            found = await asyncio.shield(working)
        except Invalid:
            self._keep(child, request)
            raise
        except BaseException as failure:
            self._drop(child)
            if isinstance(failure, Overrun) and self._is_closed:
                raise Busy from None
            working.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise
        self._keep(child, request)
        return found

    def _keep(self, child: Child, request: Request) -> None:
        if self._is_closed or len(request.content) > SMALL or child.calls >= MOST_CALLS:
            self._drop(child)
        else:
            self._busy.discard(child)
            self._idle.append(child)

    def _drop(self, child: Child) -> None:
        """End a process; a thread waits for that, because the kernel takes a moment to free much memory."""
        self._busy.discard(child)
        child.kill()
        threading.Thread(target=child.close, daemon=True).start()
