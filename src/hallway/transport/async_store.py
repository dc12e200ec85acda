"""Await the store from the event loop: reads run in a few threads, changes in the one writer."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, TypeVar

from hallway.transport.hashing import Hasher, Hashing
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.runtime import Clock, Ids, Passwords
from hallway.usecases.transaction import Store, Transaction, Writer

T = TypeVar("T")

READERS = 4


class AsyncStore:
    """The store, its writer, the clock, ids and password hashing, as handlers await them."""

    def __init__(self, store: Store, writer: Writer, *, clock: Clock, ids: Ids, passwords: Passwords) -> None:
        """Start the readers' threads."""
        self.clock = clock
        self.ids = ids
        self._store = store
        self._writer = writer
        self._readers = ThreadPoolExecutor(READERS, "hallway-reader")
        self._hashing = Hashing(passwords)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on the store as it is now, and return its answer."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._store.read, work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in the writer, and return its answer once the changes are durable."""
        return await asyncio.wrap_future(self._writer.submit(work))

    async def require_room(self, *, is_in_doubt: bool) -> None:
        """Raise StoreUnavailable where the store cannot take any more."""
        work = partial(self._store.require_room, is_in_doubt=is_in_doubt)
        await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def send(self, command: Send) -> Posted:
        """Store a message, and return it once it is durable. Raises why it was refused."""
        (answer,) = await self.send_all([command])
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def send_all(self, commands: Sequence[Send]) -> Sequence[Posted | Exception]:
        """Store messages of one person, in order; return each as stored, or why it was refused, once that is durable.

        They are written together with what everybody else sends at this moment. Raises Busy, StoreUnavailable.
        """
        requester = commands[0].actor.user_id
        return await asyncio.wrap_future(self._writer.submit_grouped(self._send_all, commands, requester=requester))

    def _send_all(self, tx: Transaction, commands: Sequence[Any]) -> Sequence[Any]:
        return send_all(tx, commands, clock=self.clock)

    def turn(self, requester: str, *, is_known: bool = False) -> AbstractAsyncContextManager[Hasher]:
        """Wait for a turn to hash passwords, and hold it. Raises TooMany, Busy; see `Hashing`."""
        return self._hashing.turn(requester, is_known=is_known)

    async def hash(self, password: str, *, requester: str, is_known: bool = False) -> str:
        """Hash a password to be stored; slow, so in a turn and in a thread. Raises TooMany, Busy."""
        async with self.turn(requester, is_known=is_known) as hasher:
            return await hasher.hash(password)

    def close(self) -> None:
        """Write what was accepted, then close the store."""
        self._writer.close()
        self._readers.shutdown()
        self._hashing.close()
        self._store.close()
