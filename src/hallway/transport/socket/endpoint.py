"""The socket at /api/v1/socket: lets a signed-in person's client in, and carries frames both ways."""

import asyncio
from contextlib import suppress
from typing import Any

from litestar import WebSocket, websocket
from litestar.datastructures import State
from litestar.exceptions import HTTPException, WebSocketDisconnect

from hallway.transport.http.doors import Door, door_of, require_origin, session_of
from hallway.transport.socket.connection import Connection
from hallway.transport.socket.hub import Hub, Outbox
from hallway.usecases.actors import Actor

RUBBISH = 4000
SIGNED_OUT = 4001
TOO_SLOW = 4008

AnySocket = WebSocket[Any, Any, State]


@websocket("/socket")
async def endpoint(socket: AnySocket) -> None:
    """Live events, and sends; see docs/socket.md for the frames."""
    actor = await _let_in(socket)
    if actor is None:
        return
    door, hub = door_of(socket.app.state), _hub(socket)
    outbox = Outbox(actor)
    hub.join(outbox)
    try:
        await _carry(socket, door, outbox)
    finally:
        hub.leave(outbox)


async def _let_in(socket: AnySocket) -> Actor | None:
    """The person, when they are signed in and their page is ours; otherwise the socket is closed politely."""
    try:
        require_origin(socket)
        session = await session_of(socket)
    except HTTPException:
        await socket.accept()
        await socket.close(SIGNED_OUT, "Sign in first.")
        return None
    await socket.accept()
    return Actor(session.account_id, session.user_id, session.id)


def _hub(socket: AnySocket) -> Hub:
    hub: Hub = socket.app.state.hub
    return hub


async def _carry(socket: AnySocket, door: Door, outbox: Outbox) -> None:
    """Read and write at the same time, until one of the two ends."""
    connection = Connection(door, outbox)
    tasks = [asyncio.create_task(_read(socket, connection)), asyncio.create_task(_write(socket, outbox))]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    with suppress(WebSocketDisconnect, asyncio.CancelledError):
        await asyncio.gather(*tasks)


async def _read(socket: AnySocket, connection: Connection) -> None:
    while True:
        await connection.receive(await socket.receive_text())
        if connection.is_hopeless:
            await socket.close(RUBBISH, "Too many unreadable frames.")
            return


async def _write(socket: AnySocket, outbox: Outbox) -> None:
    while True:
        frames = await outbox.take()
        if outbox.is_overfull:
            await socket.close(TOO_SLOW, "Too slow; connect again and ask what happened since.")
            return
        await socket.send_text(frames.decode())
        if outbox.is_signed_out:
            await socket.close(SIGNED_OUT, "Signed out.")
            return
