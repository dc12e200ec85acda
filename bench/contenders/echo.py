"""A bound: Hallway's socket server and frames without store and rules. It keeps nothing, and acknowledges at once.

uvicorn hands each connection over to picows as it does in Hallway. What a person sends goes to their partner; what
they send to nobody in particular goes to everybody, as the same bytes. Run as a module it is the server.
"""

import gc
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import msgspec
import uvicorn
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest

from bench.contenders import Details, hallway
from bench.contenders.hallway import HallwayLine, user_id
from bench.daemons import Daemon, Daemons
from bench.machine import free_port
from hallway.transport.app_context import AppContext
from hallway.transport.websocket.endpoint import Endpoint
from hallway.transport.websocket.hub import Hub
from hallway.transport.websocket.registry import SessionRegistry
from hallway.transport.wire.frames import SendFrame

NAME = "bare echo (bound)"
ARCHIVES = False
EVERYBODY = "00000000-0000-0005-0000-000000000000"
WELCOME = b'[{"type":"welcome"}]'
MESSAGE = (
    '{"conversation_id":"00000000-0000-0000-0000-000000000001","seq":1,"rev":1,"sender_id":"%s","key":"%s",'
    '"body":"%s","sent_at":"2026-01-01T00:00:00.000000Z","course":null,"deleted_at":null}'
)
"""As long as one of Hallway's."""

connect, idle = hallway.connect, hallway.idle


def install() -> None:
    """Nothing is missing."""


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Whoever comes is known."""
    del people
    port = free_port()
    command = [sys.executable, "-m", __name__, str(port)]
    environment = {"PYTHONPATH": str(hallway.ROOT)}
    with Daemons(folder, {"port": port}) as server:
        server.start(Daemon(command, folder / "server", port, core, environment=environment, is_ready=hallway.answers))
    return server


async def join(details: Details, person: int, members: int) -> HallwayLine:
    """A line that writes to everybody."""
    del members
    line = HallwayLine(details["port"], person, "", f'"to":"{EVERYBODY}","to_kind":"conversation"')
    await line.open()
    return line


_SENDS: msgspec.json.Decoder[list[SendFrame]] = msgspec.json.Decoder(list[SendFrame])


class Relay(WSListener):
    """One connection."""

    def __init__(self, person: str, lines: "dict[str, Relay]") -> None:
        """Not connected yet; `lines` are those of all people."""
        self._person = person
        self._lines = lines
        self.transport: WSTransport

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Be there."""
        self.transport = transport
        self._lines[self._person] = self
        transport.send(WSMsgType.TEXT, WELCOME)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Acknowledge all that arrived together, and pass it on."""
        if frame.msg_type != WSMsgType.TEXT:
            return
        sends = _SENDS.decode(frame.get_payload_as_memoryview())
        messages = [MESSAGE % (self._person, one.key, one.body) for one in sends]
        told = (f'{{"type":"sent","re":{one.id},"message":{it}}}' for one, it in zip(sends, messages, strict=True))
        transport.send(WSMsgType.TEXT, _as_list(told))
        news = _as_list(f'{{"type":"message","message":{it}}}' for it in messages)
        for line in self._audience(sends[0].to):
            line.transport.send(WSMsgType.TEXT, news)

    def _audience(self, to: str) -> "Iterable[Relay]":
        return (one for one in self._lines.values() if one is not self) if to == EVERYBODY else [self._lines[to]]

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """Be gone."""
        del transport
        self._lines.pop(self._person, None)


def _as_list(frames: Iterable[str]) -> bytes:
    return f"[{','.join(frames)}]".encode()


class Echo(Endpoint):
    """Hands connections over exactly as Hallway does, to lines that only relay."""

    def __init__(self) -> None:
        """Nobody is there; no context is needed, because nobody signs in."""
        super().__init__(cast("AppContext", None), Hub(), SessionRegistry())
        self._relays: dict[str, Relay] = {}

    def _listener(self, request: WSUpgradeRequest) -> WSListener:
        person = int(request.headers["Authorization"].rpartition("-")[2])
        return Relay(user_id(person), self._relays)


async def _ready(scope: Any, receive: Any, send: Any) -> None:
    """The answer to whoever asks whether the server is there."""
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    gc.disable()
    uvicorn.run(_ready, port=int(sys.argv[1]), ws=Echo(), lifespan="off", access_log=False, log_config=None)
