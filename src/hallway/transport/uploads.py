"""Take uploads as they come in: a piece at a time goes to the store of files, and counts once it is durable there.

What a lost line had brought is kept, and the upload goes on behind it. Two that send to the same upload harm each other
alone: a piece has a name of its own, and the transaction takes one of the two.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from functools import partial

from litestar.exceptions import InternalServerException

from hallway.domain.files import File
from hallway.domain.ids import UserId
from hallway.transport.async_store import AsyncStore
from hallway.transport.blobs import AsyncBlobs
from hallway.transport.rate_limit import RateLimiter
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Busy, TooMany
from hallway.usecases.files import uploads

PART = 2 * 1024 * 1024
"""Bytes of a piece: as much of an upload as is in memory."""
MOST_AT_ONCE, MOST_OF_ONE = 32, 6
"""Uploads that are taken at the same time, in all and of one person."""
TRY_AGAIN_AFTER = 2
"""Seconds, for one more of the same person."""
BYTES_A_SECOND = 12_000_000
"""Of all uploads together: more would take the processor from everybody's messages, and four of a person's files go in seconds."""
PER_MINUTE, PIECES_PER_MINUTE = 60, 600
"""Uploads that one person begins, and times that they send more of one: each is a write to the disk, however little it brings."""


class Uploads:
    """The uploads that this process takes at the moment."""

    def __init__(self, store: AsyncStore, blobs: AsyncBlobs) -> None:
        """Begin without any."""
        self._store = store
        self._blobs = blobs
        self.rate = RateLimiter(PER_MINUTE)
        self.pieces = RateLimiter(PIECES_PER_MINUTE)
        self._taken = Counter[UserId]()
        self._even_at = 0.0

    async def take(self, actor: Actor, file: File, stream: AsyncIterator[bytes]) -> File:
        """Take what comes behind what is here, and return the file as it is then. Raises Conflict, TooMany, Busy, FilesUnavailable."""
        with self._turn(actor.user_id):
            waiting = bytearray()
            try:
                async for chunk in stream:
                    waiting += chunk
                    if file.received + len(waiting) > file.size:
                        raise uploads.too_much()
                    if len(waiting) >= PART:
                        file, waiting = await self._keep(actor, file, waiting), bytearray()
                        await self._rest()
            except InternalServerException:  # the line was lost
                pass
            return await self._keep(actor, file, waiting) if waiting else file

    async def _keep(self, actor: Actor, file: File, content: bytearray) -> File:
        name = f"{file.received:012d}-{secrets.token_hex(4)}"
        part = await self._blobs.put(file, name, bytes(content))
        grow = partial(uploads.grow, offset=file.received, part=part, clock=self._store.clock)
        return await self._store.write(lambda tx: grow(tx, actor, file.id))

    async def _rest(self) -> None:
        """Wait after a piece until its time is over; nothing more is read of this line meanwhile."""
        now = asyncio.get_running_loop().time()
        self._even_at = max(self._even_at, now) + PART / BYTES_A_SECOND
        await asyncio.sleep(self._even_at - now)

    @contextmanager
    def _turn(self, user_id: UserId) -> Generator[None]:
        if self._taken[user_id] >= MOST_OF_ONE:
            raise TooMany(TRY_AGAIN_AFTER)
        if self._taken.total() >= MOST_AT_ONCE:
            raise Busy
        self._taken[user_id] += 1
        try:
            yield
        finally:
            self._taken[user_id] -= 1
            if not self._taken[user_id]:
                del self._taken[user_id]
