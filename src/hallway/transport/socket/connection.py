"""One client's side of the socket: frames in, frames out. No socket library here."""

from typing import assert_never

import msgspec

from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.transport import present, wire
from hallway.transport.http.doors import Door
from hallway.transport.replies import problem
from hallway.transport.socket.hub import RUBBISH, Outbox, encode
from hallway.usecases import conversations, reading
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.sending import Send

VERSION = 1
PATIENCE = 10
"""Unreadable frames in a row after which the connection is closed."""

_DECODER: msgspec.json.Decoder[wire.ClientFrame | list[wire.ClientFrame]] = msgspec.json.Decoder(
    wire.ClientFrame | list[wire.ClientFrame]
)


class Connection:
    """Answers the frames of one client, in order; every answer goes into its outbox."""

    def __init__(self, door: Door, outbox: Outbox) -> None:
        """Greet."""
        self._door = door
        self._actor = outbox.actor
        self._outbox = outbox
        self._unreadable = 0
        self._say(wire.WelcomeFrame(VERSION, self._actor.user_id, door.desk.clock.now()))

    async def receive(self, text: str | bytes) -> None:
        """Answer one text frame of the client, which holds one frame or a list of them."""
        if self._outbox.ending is not None:
            return
        try:
            frames = _DECODER.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            self._count_unreadable(wrong)
            return
        self._unreadable = 0
        for frame in frames if isinstance(frames, list) else [frames]:
            await self._answer(frame)

    def _count_unreadable(self, wrong: Exception) -> None:
        """Say what is wrong; who sends nothing but rubbish is let go."""
        self._unreadable += 1
        self._refuse(None, Invalid(Problem("", "unreadable", f"The frame cannot be read: {wrong}")))
        if self._unreadable >= PATIENCE:
            self._outbox.end(RUBBISH)

    async def _answer(self, frame: wire.ClientFrame) -> None:
        try:
            self._say(await self._carry_out(frame))
        except Exception as failure:  # noqa: BLE001 - whatever it is, the client gets its problem document
            self._refuse(frame.id, failure)

    async def _carry_out(self, frame: wire.ClientFrame) -> wire.ServerFrame:
        match frame:
            case wire.SendFrame():
                return await self._send(frame)
            case wire.ReadFrame():
                return await self._read(frame)
            case wire.SyncFrame():
                return await self._sync(frame)
            case wire.PingFrame():
                return wire.DoneFrame(frame.id)
            case _:
                assert_never(frame)

    async def _send(self, frame: wire.SendFrame) -> wire.SentFrame:
        self._door.sends.spend("send", self._actor.user_id)
        is_person = frame.to_kind == "person"
        command = Send(
            self._actor,
            frame.body,
            frame.key,
            None if is_person else ConversationId(frame.to),
            UserId(frame.to) if is_person else None,
            CourseId(frame.course_id) if frame.course_id else None,
        )
        return wire.SentFrame(frame.id, present.posted(await self._door.desk.send(command)))

    async def _read(self, frame: wire.ReadFrame) -> wire.DoneFrame:
        conversation_id = ConversationId(frame.conversation_id)
        await self._door.desk.write(
            lambda tx: reading.mark_read(tx, self._actor, conversation_id=conversation_id, seq=frame.seq)
        )
        return wire.DoneFrame(frame.id)

    async def _sync(self, frame: wire.SyncFrame) -> wire.ChangesFrame:
        conversation_id = ConversationId(frame.conversation_id)
        found = await self._door.desk.read(
            lambda tx: conversations.missed(
                tx, self._actor, conversation_id=conversation_id, rev=frame.rev, own_rev=frame.own_rev
            )
        )
        return wire.ChangesFrame(frame.id, present.missed(found, self._actor.user_id))

    def _say(self, frame: wire.ServerFrame) -> None:
        self._outbox.put(encode(frame))

    def _refuse(self, re: int | None, failure: Exception) -> None:
        self._say(wire.NoFrame(re, problem(failure, "socket")))
