"""Who listens here: hands each committed event to the connections of its audience, encoded once."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import assert_never

import msgspec

from hallway.domain.audiences import audience
from hallway.domain.events import (
    ChatDeleted,
    ConversationRead,
    Event,
    FactsChanged,
    MessageDeleted,
    MessageHidden,
    MessagePosted,
    SessionEnded,
)
from hallway.domain.ids import AccountId, UserId
from hallway.transport import present, wire
from hallway.usecases.actors import Actor

OUTBOX = 1_000
"""Frames that wait for one slow reader at most; then it is cut, and resumes."""


class Outbox:
    """What waits for one connection. All that is ready leaves together, as one list."""

    def __init__(self, actor: Actor) -> None:
        """An empty outbox of a signed-in person."""
        self.actor = actor
        self.is_overfull = False
        self.is_signed_out = False
        self._frames: list[bytes] = []
        self._has_frames = asyncio.Event()

    def put(self, frame: bytes) -> None:
        """Let an encoded frame wait; too many, and the connection is to be cut."""
        if len(self._frames) >= OUTBOX:
            self.is_overfull = True
        else:
            self._frames.append(frame)
        self._has_frames.set()

    def sign_out(self) -> None:
        """Say so, after what waits already."""
        self.put(encode(wire.SignedOutFrame()))
        self.is_signed_out = True

    async def take(self) -> bytes:
        """Everything that is ready, as one JSON list; waits until there is something."""
        await self._has_frames.wait()
        self._has_frames.clear()
        frames, self._frames = self._frames, []
        return b"[" + b",".join(frames) + b"]"


class Hub:
    """The connections of this process, by person."""

    def __init__(self) -> None:
        """Nobody is here yet."""
        self._outboxes: defaultdict[tuple[AccountId, UserId], set[Outbox]] = defaultdict(set)

    def join(self, outbox: Outbox) -> None:
        """Let a connection hear what its person may hear."""
        self._outboxes[_key(outbox.actor)].add(outbox)

    def leave(self, outbox: Outbox) -> None:
        """A connection went."""
        mine = self._outboxes[_key(outbox.actor)]
        mine.discard(outbox)
        if not mine:
            del self._outboxes[_key(outbox.actor)]

    def hear(self, events: Sequence[Event]) -> None:
        """Hand committed events to those whom they concern, in order."""
        for event in events:
            listeners = self._listeners(event)
            if isinstance(event, SessionEnded):
                _end(event, listeners)
            elif listeners:
                frame = encode(frame_of(event))
                for outbox in listeners:
                    outbox.put(frame)

    def _listeners(self, event: Event) -> list[Outbox]:
        users = audience(event)
        if users is None:
            return [one for key, outboxes in self._outboxes.items() if key[0] == event.account_id for one in outboxes]
        return [one for user_id in users for one in self._outboxes.get((event.account_id, user_id), ())]


def _key(actor: Actor) -> tuple[AccountId, UserId]:
    return actor.account_id, actor.user_id


def _end(event: SessionEnded, listeners: Sequence[Outbox]) -> None:
    for outbox in listeners:
        if event.session_id in {None, outbox.actor.session_id}:
            outbox.sign_out()


def frame_of(
    event: MessagePosted | MessageDeleted | ConversationRead | MessageHidden | ChatDeleted | FactsChanged,
) -> wire.ServerFrame:
    """An event in the words of the wire."""
    match event:
        case MessagePosted() | MessageDeleted():
            return wire.MessageFrame(present.message(event.message, event.course_title))
        case ConversationRead():
            return wire.ReadMarkFrame(event.conversation_id, event.rev, event.user_id, event.read_seq)
        case MessageHidden():
            return wire.HiddenFrame(event.conversation_id, event.own_rev, event.seq, event.is_hidden)
        case ChatDeleted():
            return wire.ChatDeletedFrame(event.conversation_id, event.own_rev, event.cleared_seq)
        case FactsChanged():
            return wire.FactsFrame()
        case _:
            assert_never(event)


def encode(frame: wire.ServerFrame) -> bytes:
    """A frame as JSON."""
    return msgspec.json.encode(frame)
