"""Await the store of files' content from the event loop: all that it does runs in a few threads of its own."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from hallway.domain.files import File, Part
from hallway.usecases.files.ports import Blob, Blobs, folder

T = TypeVar("T")

THREADS = 8
AT_ONCE = 500
"""Objects of one portion of a list."""
PIECE = 256 * 1024
"""Bytes that are read at once, so that nothing is held in memory as a whole."""


class AsyncBlobs:
    """The objects of files, as handlers and jobs await them. Every method raises FilesUnavailable."""

    def __init__(self, blobs: Blobs) -> None:
        """Start the threads when they are first needed."""
        self._blobs = blobs
        self._threads = ThreadPoolExecutor(THREADS, "hallway-files")

    async def run(self, work: Callable[[Blobs], T]) -> T:
        """Run `work` on the store in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, self._blobs)

    async def put(self, file: File, name: str, content: bytes) -> Part:
        """Keep an object of a file, and return it as a part."""
        path = f"{folder(file.account_id, file.id)}/{name}"
        await self.run(lambda blobs: blobs.put(path, content))
        return Part(name, len(content))

    async def pieces(self, file: File, parts: Sequence[Part], start: int, length: int) -> AsyncGenerator[bytes]:
        """Yield a range of what some parts hold together."""
        for name, first, number in _spans(file, parts, start, length):
            yield await self.run(lambda blobs, of=(name, first, number): blobs.read(*of))

    async def whole(self, file: File, most: int) -> bytes:
        """Return up to `most` bytes from a file's beginning."""
        return b"".join([piece async for piece in self.pieces(file, file.parts, 0, min(most, file.content_size))])

    async def remove(self, names: Sequence[str]) -> None:
        """Remove objects by their whole names."""
        await self.run(lambda blobs: blobs.remove(names))

    async def list(self, prefix: str) -> list[Blob]:
        """Return all objects below a folder."""
        return await self.run(lambda blobs: list(blobs.list(prefix)))

    async def portions(self, prefix: str) -> AsyncGenerator[Sequence[Blob]]:
        """Yield all objects below a folder, some at a time: there may be more than fit into memory."""
        found = await self.run(lambda blobs: blobs.list(prefix))
        while some := await self.run(lambda _: list(islice(found, AT_ONCE))):
            yield some

    def close(self) -> None:
        """End the threads once they have done what they do."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def pieces_of(blobs: Blobs, file: File) -> Generator[bytes]:
    """Yield all that a file holds, for work that is in a thread already."""
    for name, first, number in _spans(file, file.parts, 0, file.content_size):
        yield blobs.read(name, first, number)


def _spans(file: File, parts: Sequence[Part], start: int, length: int) -> Generator[tuple[str, int, int]]:
    """Yield where a range lies: an object's name, the first byte in it, and how many, a piece at most."""
    end, offset = start + length, 0
    for part in parts:
        first, last = max(start - offset, 0), min(end - offset, part.size)
        while first < last:
            number = min(PIECE, last - first)
            yield f"{folder(file.account_id, file.id)}/{part.name}", first, number
            first += number
        offset += part.size
