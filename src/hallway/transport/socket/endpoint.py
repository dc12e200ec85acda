"""The socket at /api/v1/socket: lets a signed-in person's client in, and carries frames both ways."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

from litestar import WebSocket, websocket
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException, WebSocketDisconnect

from hallway.transport.http.doors import Door, door_of, require_origin, session_of
from hallway.transport.socket.connection import Connection
from hallway.transport.socket.hub import FOREIGN, SIGNED_OUT, UNAVAILABLE, Hub, Outbox
from hallway.usecases.actors import Actor
from hallway.usecases.ports import Session, StoreUnavailable

FOREVER = timedelta(days=365)
"""Longer than any connection lives."""

AnySocket = WebSocket[Any, Any, State]


@websocket("/socket")
async def endpoint(socket: AnySocket) -> None:
    """Live events, and sends; see docs/socket.md for the frames."""
    session = await _let_in(socket)
    if session is None:
        return
    door, hub = door_of(socket.app.state), _hub(socket)
    outbox = Outbox(Actor(session.account_id, session.user_id, session.id))
    connection = Connection(door, outbox)
    hub.join(outbox)
    expiry = _end_with(session, outbox, door)
    try:
        await _look_again(socket, outbox)
        await _carry(socket, connection, outbox)
    finally:
        hub.leave(outbox)
        expiry.cancel()


async def _let_in(socket: AnySocket) -> Session | None:
    """The session, when there is one and the page is ours; otherwise the socket is closed with the reason."""
    await socket.accept()
    try:
        require_origin(socket)
        return await session_of(socket)
    except PermissionDeniedException:
        ending = FOREIGN
    except NotAuthorizedException:
        ending = SIGNED_OUT
    except StoreUnavailable:
        ending = UNAVAILABLE
    await socket.close(ending.code, ending.reason)
    return None


async def _look_again(socket: AnySocket, outbox: Outbox) -> None:
    """Once the connection can hear of an end: a session that ended in between ends it too."""
    try:
        await session_of(socket)
    except NotAuthorizedException:
        outbox.sign_out()
    except StoreUnavailable:
        outbox.end(UNAVAILABLE)


def _end_with(session: Session, outbox: Outbox, door: Door) -> asyncio.TimerHandle:
    """Let the connection end in the moment in which its session expires, if it does."""
    left = FOREVER if session.expires_at is None else session.expires_at - door.desk.clock.now()
    return asyncio.get_running_loop().call_later(left.total_seconds(), outbox.sign_out)


def _hub(socket: AnySocket) -> Hub:
    hub: Hub = socket.app.state.hub
    return hub


async def _carry(socket: AnySocket, connection: Connection, outbox: Outbox) -> None:
    """Read and write at the same time, until one of the two ends."""
    tasks = [asyncio.create_task(_read(socket, connection)), asyncio.create_task(_write(socket, outbox))]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    with suppress(WebSocketDisconnect, asyncio.CancelledError):
        await asyncio.gather(*tasks)


async def _read(socket: AnySocket, connection: Connection) -> None:
    while True:
        await connection.receive(await socket.receive_text())


async def _write(socket: AnySocket, outbox: Outbox) -> None:
    while True:
        frames = await outbox.take()
        if frames:
            await socket.send_text((b"[" + b",".join(frames) + b"]").decode())
        if outbox.ending is not None:
            await socket.close(outbox.ending.code, outbox.ending.reason)
            return
