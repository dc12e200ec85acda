"""A bound: the same socket server and frames, without store and rules. Every message is told as stored at once.

Run as a module it is the server: each text of sends is acknowledged, and the message frames go to the partner, or to all.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest

from bench.contenders import Details
from bench.contenders.hallway import HallwayLine, _is_ready, user_id
from bench.contenders.hallway import connect as connect_line
from bench.daemons import Daemon, Daemons
from bench.machine import free_port
from hallway.transport.socket.endpoint import Endpoint
from hallway.transport.wire import SendFrame

NAME = "bare echo (bound)"
ARCHIVES = False


def install() -> None:
    """Nothing is missing."""


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Only the socket."""
    del people
    port = free_port()
    server = Daemons(folder, {"port": port})
    words = [sys.executable, "-m", "bench.contenders.echo", str(port)]
    server.start(
        Daemon(words, folder / "server", port, core, environment={"PYTHONPATH": str(Path.cwd())}, is_ready=_is_ready)
    )
    return server


async def connect(details: Details, person: int, partner: int) -> HallwayLine:
    """The same line as Hallway's."""
    return await connect_line(details, person, partner)


async def join(details: Details, person: int, members: int) -> HallwayLine:
    """Whoever writes to nobody in particular writes to all."""
    del members
    return await connect_line(details, person, person)


_DECODER: msgspec.json.Decoder[list[SendFrame]] = msgspec.json.Decoder(list[SendFrame])
_PLACE = '"conversation_id":"00000000-0000-0000-0000-000000000001","seq":1,"rev":1,"sender_id":"%s","key":"%s"'
_REST = '"sent_at":"2026-01-01T00:00:00Z","course":null,"deleted_at":null'


class _Everybody(Endpoint):
    """Hands connections over exactly as Hallway does, to lines that only relay."""

    def __init__(self) -> None:
        self.lines: dict[str, _Relay] = {}

    def __call__(self, **more: Any) -> asyncio.Protocol:
        from hallway.transport.socket.endpoint import _Handover  # noqa: PLC0415 - the same one

        del more
        return _Handover(self)

    def _listener(self, request: WSUpgradeRequest) -> WSListener | None:
        person = int(request.headers["Authorization"].rpartition("-")[2])
        line = self.lines[str(user_id(person))] = _Relay(self, str(user_id(person)))
        return line


class _Relay(WSListener):
    def __init__(self, everybody: _Everybody, me: str) -> None:
        self._everybody = everybody
        self._me = me

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        transport.send(WSMsgType.TEXT, b'[{"type":"welcome"}]')

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        sends = _DECODER.decode(frame.get_payload_as_bytes())
        messages = [f'{{{_PLACE % (self._me, one.key)},"body":"{one.body}",{_REST}}}' for one in sends]
        acks = ",".join(
            f'{{"type":"sent","re":{one.id},"message":{text}}}' for one, text in zip(sends, messages, strict=True)
        )
        news = ("[" + ",".join(f'{{"type":"message","message":{text}}}' for text in messages) + "]").encode()
        transport.send(WSMsgType.TEXT, f"[{acks}]".encode())
        lines = self._everybody.lines
        for line in lines.values() if sends[0].to == self._me else [lines[sends[0].to]]:
            if line is not self:
                line.transport.send(WSMsgType.TEXT, news)


async def _ready(scope: Any, receive: Any, send: Any) -> None:
    del receive
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    uvicorn.run(_ready, port=int(sys.argv[1]), ws=_Everybody(), lifespan="off", access_log=False, log_config=None)
