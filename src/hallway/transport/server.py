"""The server's beginning and end: it says when it starts, and stops so gently that nobody loses anything.

Asked to stop, it first says at `/readyz` that it will, and serves on for as long as a load balancer needs to notice.
Then it accepts nothing more, answers what it accepted, ends the live lines with 1012 so that clients come back, writes
what waits, and goes.
"""

import asyncio
import os
import socket
from collections.abc import Callable

import structlog
import uvicorn
from litestar import Litestar

from hallway import __version__
from hallway.transport import sd_notify
from hallway.transport.health import Health
from hallway.transport.timeouts import Arrivals

TICK = 0.1
"""Seconds between two looks whether the one who stops us has lost patience; as in uvicorn."""

_log = structlog.get_logger("hallway")


def server_config(application: Litestar, host: str, port: int) -> uvicorn.Config:
    """Configure uvicorn with our own end of the socket, and time to finish when it stops."""
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        http=Arrivals,
        ws=application.state.endpoint,
        proxy_headers=False,  # `hosts` and the socket read them, both in the same way
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


class Server(uvicorn.Server):
    """uvicorn's server, which says when it starts and stops."""

    def __init__(
        self, config: uvicorn.Config, health: Health, *, address: str, drain_seconds: float, let_go: Callable[[], None]
    ) -> None:
        """Serve at `address`, as people reach it. `let_go` ends what nobody should wait for, once no more is accepted."""
        super().__init__(config)
        self._health = health
        self._address = address
        self._drain_seconds = drain_seconds
        self._let_go = let_go

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and report that the server is ready."""
        await super().startup(sockets)
        sd_notify.notify(sd_notify.READY)
        _log.info("started", version=__version__, address=self._address, pid=os.getpid())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Report that the server stops, keep serving for the drain time, and stop."""
        self._health.is_stopping = True
        sd_notify.notify(sd_notify.STOPPING)
        _log.info("stopping", connections=len(self.server_state.connections), drain_seconds=self._drain_seconds)
        await self._drain()
        self._let_go()
        await super().shutdown(sockets)
        _log.info("stopped")

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._drain_seconds
        while loop.time() < until and not self.force_exit:  # noqa: ASYNC110 - a signal sets nothing but that
            await asyncio.sleep(TICK)
