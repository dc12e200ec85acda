"""One client's side of the socket: frames in, frames out. No socket library here."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import assert_never, cast

import msgspec

from hallway.domain.ids import ConversationId, CourseId, FileId, UserId
from hallway.domain.scopes import Scope, allows
from hallway.domain.verdicts import require
from hallway.transport import edge
from hallway.transport.app_context import AppContext
from hallway.transport.errors import problem
from hallway.transport.rate_limit import RateLimiter
from hallway.transport.serializers import core as serializers
from hallway.transport.websocket.hub import RUBBISH, Outbox, encode
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire.version import PROTOCOL
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.messaging import conversations, reading
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.runtime import Clock

PATIENCE = 10
"""Unreadable frames in a row after which the connection is closed."""

Other = wire_frames.ReadFrame | wire_frames.UnreadFrame | wire_frames.SyncFrame | wire_frames.PingFrame
"""Frames that are answered one by one."""
Single = Other | wire_frames.TypingFrame | Invalid
"""What is carried out by itself."""

_DECODER: msgspec.json.Decoder[wire_frames.ClientFrame | list[wire_frames.ClientFrame]] = msgspec.json.Decoder(
    wire_frames.ClientFrame | list[wire_frames.ClientFrame]
)


def greeting(actor: Actor, clock: Clock) -> bytes:
    """Return the frame that tells the client that it hears everything from now on, and must ask what happened before."""
    return encode(wire_frames.WelcomeFrame(PROTOCOL, actor.user_id, clock.now()))


class Connection:
    """Answers the frames of one client, in order; every answer goes into its outbox."""

    def __init__(self, context: AppContext, outbox: Outbox, sends: RateLimiter) -> None:
        """Put the greeting into the outbox. `sends` limits how often this person may send."""
        self._context = context
        self._sends = sends
        self._actor = outbox.actor
        self._outbox = outbox
        self._unreadable = 0
        outbox.put(greeting(self._actor, context.store.clock))

    async def answer(self, texts: Sequence[bytes]) -> None:
        """Answer the texts that arrived together, in order; each holds one frame or a list of them.

        Sends that follow each other are handed in at once, and so are written together.
        """
        for are_sends, run in groupby(self._frames(texts), lambda frame: isinstance(frame, wire_frames.SendFrame)):
            if self._outbox.ending is not None:
                return
            if are_sends:
                await self._send(cast("list[wire_frames.SendFrame]", list(run)))
            else:
                for frame in cast("Iterator[Single]", run):
                    if self._outbox.ending is None:
                        await self._answer(frame)

    def _frames(self, texts: Sequence[bytes]) -> Iterator[wire_frames.ClientFrame | Invalid]:
        for text in texts:
            try:
                found = edge.decode(text, _DECODER)
            except edge.Unreadable as wrong:
                yield Invalid(Problem("", "unreadable", f"The frame can't be read: {wrong}"))
            except Invalid as wrong:
                yield wrong
            else:
                yield from found if isinstance(found, list) else [found]

    async def _answer(self, frame: Single) -> None:
        if isinstance(frame, Invalid):
            self._count_unreadable(frame)
            return
        self._unreadable = 0
        if isinstance(frame, wire_frames.TypingFrame):
            await self._context.typing.typing(self._actor, ConversationId(frame.conversation_id))
            return
        try:
            self._say(await self._carry_out(frame))
        except Exception as failure:  # noqa: BLE001 - whatever it is, the client gets its problem document
            self._refuse(frame.id, failure)

    def _count_unreadable(self, wrong: Invalid) -> None:
        """Answer what is wrong, and disconnect a client that sends nothing but rubbish."""
        self._unreadable += 1
        self._refuse(None, wrong)
        if self._unreadable >= PATIENCE:
            self._outbox.end(RUBBISH)

    async def _carry_out(self, frame: Other) -> wire_frames.ServerFrame:
        match frame:
            case wire_frames.ReadFrame():
                return await self._read(frame)
            case wire_frames.UnreadFrame():
                return await self._mark_unread(frame)
            case wire_frames.SyncFrame():
                return await self._sync(frame)
            case wire_frames.PingFrame():
                return wire_frames.DoneFrame(frame.id)
            case _:
                assert_never(frame)

    async def _send(self, frames: Sequence[wire_frames.SendFrame]) -> None:
        """Send as many messages as the person's rate limit allows, and answer each. A refused one refuses those after it."""
        self._unreadable = 0
        me = self._actor.user_id
        granted = self._sends.spend(me, len(frames))
        asked = [self._outbox.ask(frame.key, frame.id) for frame in frames[:granted]]
        answers = await self._handed_in(frames[:granted])
        for frame, answer, is_asked in zip(frames, answers, asked, strict=False):
            is_answered = is_asked and self._outbox.asked(frame.key) is None
            if not is_answered:
                self._acknowledge(frame, answer)
        for frame in frames[granted:]:
            self._refuse(frame.id, self._sends.too_many(me))

    async def _handed_in(self, frames: Sequence[wire_frames.SendFrame]) -> Sequence[Posted | Exception]:
        if not frames:
            return []
        try:
            self._require_writing()
            return await self._context.store.send_all([self._command(frame) for frame in frames])
        except Exception as failure:  # noqa: BLE001 - as above: it concerns all of them
            return [failure] * len(frames)

    def _acknowledge(self, frame: wire_frames.SendFrame, answer: Posted | Exception) -> None:
        """Answer what the hub did not: a refusal, a message that was there already, or whose event was lost."""
        if isinstance(answer, Exception):
            self._refuse(frame.id, answer)
        else:
            self._say(wire_frames.SentFrame(frame.id, serializers.posted(answer)))

    def _command(self, frame: wire_frames.SendFrame) -> Send:
        is_person = frame.to_kind == "person"
        return Send(
            actor=self._actor,
            body=frame.body,
            key=frame.key,
            to=None if is_person else ConversationId(frame.to),
            to_person=UserId(frame.to) if is_person else None,
            course_id=CourseId(frame.course_id) if frame.course_id else None,
            reply_to=frame.reply_to,
            files=[FileId(one) for one in frame.files],
        )

    async def _read(self, frame: wire_frames.ReadFrame) -> wire_frames.DoneFrame:
        self._require_writing()
        conversation_id = ConversationId(frame.conversation_id)
        await self._context.store.write(
            lambda tx: reading.mark_read(tx, self._actor, conversation_id=conversation_id, seq=frame.seq)
        )
        return wire_frames.DoneFrame(frame.id)

    async def _mark_unread(self, frame: wire_frames.UnreadFrame) -> wire_frames.DoneFrame:
        self._require_writing()
        conversation_id = ConversationId(frame.conversation_id)
        await self._context.store.write(
            lambda tx: reading.mark_unread(tx, self._actor, conversation_id=conversation_id, seq=frame.seq)
        )
        return wire_frames.DoneFrame(frame.id)

    async def _sync(self, frame: wire_frames.SyncFrame) -> wire_frames.ChangesFrame:
        conversation_id = ConversationId(frame.conversation_id)
        found = await self._context.store.read(
            lambda tx: conversations.missed(
                tx, self._actor, conversation_id=conversation_id, rev=frame.rev, own_rev=frame.own_rev
            )
        )
        return wire_frames.ChangesFrame(
            frame.id, serializers.missed(found, self._actor.user_id, self._context.store.clock.now())
        )

    def _require_writing(self) -> None:
        """Raise Refused for a token that may read, but not write."""
        require(allows(self._actor.scopes, Scope.WRITE))

    def _say(self, frame: wire_frames.ServerFrame) -> None:
        self._outbox.put(encode(frame))

    def _refuse(self, re: int | None, failure: Exception) -> None:
        document = problem(failure, "socket")
        self._context.refusals[document.code] += 1
        self._say(wire_frames.NoFrame(re, document))
