"""Slow hashing of passwords: a few at a time, in turns between those who ask, and never too many who wait.

A hash takes about a tenth of a second of a processor, and anybody may ask for one by trying to sign in. Who asks for a
thousand waits behind themselves; everybody else waits for at most one hash of theirs.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from hallway.usecases.errors import Busy, TooMany
from hallway.usecases.runtime import Passwords

AT_ONCE = 2
"""Hashes that are made at the same time."""
MOST_EACH, MOST = 40, 80
"""How many may wait: of one requester (a class signs in from one address), and of all."""
TRY_AGAIN_AFTER = 5
"""Seconds, for a requester of whom too many wait already."""

T = TypeVar("T")
_Turn = asyncio.Future[None]


class Hasher:
    """Hashes and verifies passwords during a requester's turn."""

    def __init__(self, passwords: Passwords, threads: ThreadPoolExecutor) -> None:
        """Hash in these threads."""
        self._passwords = passwords
        self._threads = threads

    async def hash(self, password: str) -> str:
        """Hash a password to be stored."""
        return await self._run(lambda: self._passwords.hash(password))

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Return whether this is the password; just as slow when there is no hash."""
        return await self._run(lambda: self._passwords.verify(password, hashed))

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


class Hashing:
    """Hands out turns. Those whom the installation knows have a lane of their own, and every second turn."""

    def __init__(self, passwords: Passwords) -> None:
        """Start the threads, with every turn free."""
        self._threads = ThreadPoolExecutor(AT_ONCE, "hallway-hasher")
        self._hasher = Hasher(passwords, self._threads)
        self._free = AT_ONCE
        self._lanes = deque([_Lane(), _Lane()])
        self._known, self._strangers = self._lanes

    @asynccontextmanager
    async def turn(self, requester: str, *, is_known: bool = False) -> AsyncGenerator[Hasher]:
        """Wait for a turn, and hold it. Raises TooMany when too many of this requester wait, Busy when too many wait in all."""
        await self._wait(requester, self._known if is_known else self._strangers)
        try:
            yield self._hasher
        finally:
            self._hand_on()

    async def _wait(self, requester: str, lane: "_Lane") -> None:
        if self._free:
            self._free -= 1
            return
        turn = lane.add(requester)
        try:
            await turn
        except asyncio.CancelledError:
            lane.leave(requester, turn)
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._hand_on()
            raise

    def _hand_on(self) -> None:
        """Give the turn to the next requester of the lane that was served less recently; free it when nobody waits."""
        for lane in list(self._lanes):
            turn = lane.take()
            while turn is not None and turn.done():  # its requester went away at this very moment
                turn = lane.take()
            if turn is not None:
                self._lanes.remove(lane)
                self._lanes.append(lane)
                turn.set_result(None)
                return
        self._free += 1

    def close(self) -> None:
        """Finish the hashes that have begun."""
        self._threads.shutdown()


class _Lane:
    """Those who wait in a lane, in turns between requesters."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[_Turn]] = {}
        self._count = 0

    def add(self, requester: str) -> _Turn:
        """Wait behind the requester's others. When the lane is full, the newest of the requester with the most gives way."""
        own = len(self._waiting.get(requester, ()))
        if own >= MOST_EACH:
            raise TooMany(TRY_AGAIN_AFTER)
        if self._count >= MOST:
            self._make_room(own + 1)
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(requester, deque()).append(turn)
        self._count += 1
        return turn

    def _make_room(self, wanted: int) -> None:
        longest = max(self._waiting, key=lambda requester: len(self._waiting[requester]))
        if len(self._waiting[longest]) <= wanted:
            raise Busy
        turn = self._waiting[longest][-1]
        self.leave(longest, turn)
        if not turn.done():
            turn.set_exception(TooMany(TRY_AGAIN_AFTER))

    def take(self) -> _Turn | None:
        """Take the first waiting turn of the requester at the front, who goes to the end of the queue."""
        if not self._waiting:
            return None
        requester = next(iter(self._waiting))
        turns = self._waiting.pop(requester)
        turn = turns.popleft()
        self._count -= 1
        if turns:
            self._waiting[requester] = turns
        return turn

    def leave(self, requester: str, turn: _Turn) -> None:
        """Remove a turn that is no longer waited for."""
        turns = self._waiting.get(requester)
        if turns is not None and turn in turns:
            turns.remove(turn)
            self._count -= 1
            if not turns:
                del self._waiting[requester]
