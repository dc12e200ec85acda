"""Who listens here: hands each committed event to the connections of its audience, encoded once."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Ending:
    """Why the server closes a connection: the close code, and words for people who debug."""

    code: int
    reason: str


RUBBISH = Ending(4000, "Too many unreadable frames.")
SIGNED_OUT = Ending(4001, "Signed out.")
FOREIGN = Ending(4003, "This page is not of this address; see HALLWAY_PUBLIC_URL.")
UNAVAILABLE = Ending(1013, "The database does not answer at the moment. Try again.")
TOO_SLOW = Ending(4008, "Too slow; connect again and ask what happened since.")


class Outbox:
    """What waits for one connection. All that is ready leaves together, as one list; then its ending, if it has one."""

    def __init__(self, actor: Actor) -> None:
        """An empty outbox of a signed-in person."""
        self.actor = actor
        self.ending: Ending | None = None
        self._frames: list[bytes] = []
        self._has_news = asyncio.Event()

    def put(self, frame: bytes) -> None:
        """Let an encoded frame wait; of one that is too many nothing waits any more, and the connection is cut."""
        if len(self._frames) >= OUTBOX:
            self._frames.clear()
            self.end(TOO_SLOW)
        if self.ending is None:
            self._frames.append(frame)
            self._has_news.set()

    def end(self, ending: Ending) -> None:
        """Close the connection after what waits already; nothing comes behind it."""
        self.ending = self.ending or ending
        self._has_news.set()

    def sign_out(self) -> None:
        """Say so, then close."""
        self.put(encode(wire.SignedOutFrame()))
        self.end(SIGNED_OUT)

    async def take(self) -> list[bytes]:
        """Everything that is ready; waits until there is something, or an ending."""
        await self._has_news.wait()
        self._has_news.clear()
        frames, self._frames = self._frames, []
        return frames


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
