"""A wire between two programs, which can be cut: nothing comes through, and nobody is told."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

CHUNK = 65_536


class Wire:
    """Listens on a free loopback port, and carries to another one."""

    def __init__(self, to_port: int) -> None:
        """Carry from now on."""
        self._to_port = to_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = self._do(self._listen())

    def cut(self) -> None:
        """What is sent from now on waits, as on a network that is down."""
        self._loop.call_soon_threadsafe(self._is_whole.clear)

    def mend(self) -> None:
        """It arrives."""
        self._loop.call_soon_threadsafe(self._is_whole.set)

    def remove(self) -> None:
        """Carry nothing more."""
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _listen(self) -> int:
        self._is_whole = asyncio.Event()
        self._is_whole.set()
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _close(self) -> None:
        self._server.close()
        forwarding = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
        for one in forwarding:
            one.cancel()
        await asyncio.gather(*forwarding, return_exceptions=True)

    async def _carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        await self._is_whole.wait()
        with contextlib.closing(back), contextlib.suppress(OSError):
            there, away = await asyncio.open_connection("127.0.0.1", self._to_port)
            with contextlib.closing(away):
                ends = [asyncio.create_task(self._pump(*pair)) for pair in ((here, away), (there, back))]
                try:
                    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for one in ends:
                        one.cancel()
                    await asyncio.gather(*ends, return_exceptions=True)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await source.read(CHUNK):
                await self._is_whole.wait()
                sink.write(chunk)
                await sink.drain()
