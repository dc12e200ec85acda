"""The socket at /api/v1/socket: takes each upgraded connection over from the HTTP server.

uvicorn parses the request; picows carries the frames from then on and calls back for each: an idle line has neither a
task nor a queue (docs/decisions/0011).
"""

import asyncio
import logging
from typing import Any
from urllib.parse import parse_qsl

from picows import WSAutoPingStrategy, WSListener, WSUpgradeRequest, picows
from uvicorn import Config
from uvicorn.server import ServerState

from hallway.transport.app_context import AppContext
from hallway.transport.auth import Credentials
from hallway.transport.websocket.hub import Hub
from hallway.transport.websocket.registry import SessionRegistry
from hallway.transport.websocket.session import LARGEST_TEXT, WebSocketSession
from hallway.transport.wire.version import PARAMETER

PATH = b"/api/v1/socket"
READ_BUFFER = 2048
"""Bytes that each line keeps for what arrives; it grows with a larger frame."""

_log = logging.LoggerAdapter(logging.getLogger("picows"))
"""An adapter, of which picows makes no child for each connection."""
_PROTOCOL: Any = getattr(picows, "WSProtocol")  # noqa: B009 - picows types its listeners, not this


class Endpoint:
    """uvicorn's `ws` setting: called for each upgraded connection, it returns the protocol for it."""

    def __init__(self, context: AppContext, hub: Hub, registry: SessionRegistry) -> None:
        """Let the sessions opened here hear `hub`."""
        self._context = context
        self._hub = hub
        self._registry = registry

    def __call__(self, *, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> asyncio.Protocol:
        """Take a connection over."""
        del config, app_state
        self._registry.belong_to(server_state)
        return _Handover(self)

    def protocol(self) -> Any:
        """Make the protocol that carries the frames of a connection."""
        no, yes = False, True
        return _PROTOCOL(
            None,  # host_port and ws_path are a client's
            None,
            no,  # is_client_side
            self._listener,
            _log,
            yes,  # disconnect_on_exception
            None,  # websocket_handshake_timeout: the request has arrived already
            no,  # enable_auto_ping takes a task for each line: `SessionRegistry` does it for all
            0,
            0,
            WSAutoPingStrategy.PING_WHEN_IDLE,
            yes,  # enable_auto_pong
            LARGEST_TEXT,
            None,
            READ_BUFFER,
        )

    def _listener(self, request: WSUpgradeRequest) -> WSListener | None:
        """Open the session of a client; return None for every other address."""
        path, _, query = request.path.partition(b"?")
        if path != PATH:
            return None
        protocol = dict(parse_qsl(query.decode("ascii", "replace"))).get(PARAMETER)
        credentials = Credentials.of(request.headers, "", protocol=protocol, is_script=True)
        return WebSocketSession(self._context, self._hub, self._registry, credentials)


class _Handover(asyncio.Protocol):
    """Gets an upgraded connection and its request from uvicorn, and lets the WebSocket library take its place."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._protocol = endpoint.protocol()

    def connection_made(self, transport: Any) -> None:
        self._protocol.connection_made(transport)
        asyncio.get_running_loop().call_soon(_step_in, transport, self._protocol)

    def data_received(self, data: bytes) -> None:
        """Pass the request on in parts, since it may be longer than the library's buffer."""
        while data:
            room = self._protocol.get_buffer(-1)
            part, data = data[: len(room)], data[len(room) :]
            room[: len(part)] = part
            self._protocol.buffer_updated(len(part))

    def connection_lost(self, exc: Exception | None) -> None:
        self._protocol.connection_lost(exc)


def _step_in(transport: Any, protocol: Any) -> None:
    """Let what arrives from now on go straight to the WebSocket library, into its own buffer."""
    if not transport.is_closing():
        transport.pause_reading()
        transport.set_protocol(protocol)
        transport.resume_reading()
