"""Who listens here: hands each committed event to the connections of its audience, encoded once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
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
OUTBOX_BYTES = 1024 * 1024
"""As for OUTBOX, in bytes."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Why the server closes a connection: the close code, and words for people who debug."""

    code: int
    reason: str


RUBBISH = Ending(4000, "Too many unreadable frames.")
SIGNED_OUT = Ending(4001, "Signed out.")
FOREIGN = Ending(4003, "This page is not of this address; see HALLWAY_PUBLIC_URL.")
TOO_MUCH = Ending(1009, "A text holds at most 64 KiB.")
AWAY = Ending(1012, "The server restarts. Connect again.")
UNAVAILABLE = Ending(1013, "The database does not answer at the moment. Try again.")
TOO_SLOW = Ending(4008, "Too slow; connect again and ask what happened since.")


class Outbox:
    """What waits for one connection. All that is ready leaves together; then the ending, if there is one."""

    __slots__ = ("_frames", "_size", "_wake", "actor", "ending")

    def __init__(self, actor: Actor, wake: Callable[[], None]) -> None:
        """An empty outbox of a signed-in person; `wake` is called when something begins to wait in it."""
        self.actor = actor
        self.ending: Ending | None = None
        self._wake = wake
        self._frames: list[bytes] = []
        self._size = 0

    def put(self, frame: bytes) -> None:
        """Let an encoded frame wait; of one that is too many nothing waits any more, and the connection is cut."""
        if self.ending is not None:
            return
        if len(self._frames) >= OUTBOX or self._size > OUTBOX_BYTES:
            self._frames = []
            self.end(TOO_SLOW)
            return
        if not self._frames:
            self._wake()
        self._frames.append(frame)
        self._size += len(frame)

    def end(self, ending: Ending) -> None:
        """Close the connection after what waits already; nothing comes behind it."""
        if self.ending is None:
            self.ending = ending
            self._wake()

    def sign_out(self) -> None:
        """Say so, then close."""
        self.put(encode(wire.SignedOutFrame()))
        self.end(SIGNED_OUT)

    def take(self) -> list[bytes]:
        """Everything that is ready."""
        frames, self._frames, self._size = self._frames, [], 0
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
