"""Who listens here: hands each committed event to the connections of its audience, encoded once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never, cast

import msgspec

from hallway.domain.audiences import audience
from hallway.domain.events import (
    AccountChanged,
    ChatDeleted,
    ChatMoved,
    ConversationRead,
    DraftChanged,
    Ephemeral,
    Event,
    FactsChanged,
    MemberSettingsChanged,
    MessageChanged,
    MessageHidden,
    MessagePosted,
    MessageStarred,
    ProfileChanged,
    ScheduledChanged,
    SessionEnded,
    Typing,
    UnreadMarked,
)
from hallway.domain.ids import AccountId, UserId
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.actors import Actor

OUTBOX = 1_000
"""Frames that wait for one slow reader at most; then it is cut, and resumes."""
OUTBOX_BYTES = 1024 * 1024
"""As for OUTBOX, in bytes."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The reason for which the server closes a connection: the close code, and words for people who debug."""

    code: int
    reason: str


RUBBISH = Ending(4000, "Too many unreadable frames.")
SIGNED_OUT = Ending(4001, "Signed out.")
FOREIGN = Ending(4003, "This page comes from another address; see HALLWAY_PUBLIC_URL.")
TOO_MUCH = Ending(1009, "A frame can have at most 64 KiB.")
BROKEN = Ending(1002, "The fragments of a frame are out of order.")
FAULT = Ending(1011, "Something went wrong on the server. Reconnect.")
AWAY = Ending(1012, "The server is restarting. Reconnect.")
UNAVAILABLE = Ending(1013, "The database isn't responding. Try again in a moment.")
OUTDATED = Ending(4010, "Hallway was updated. Reload the page.")
TOO_SLOW = Ending(4008, "Reading too slowly. Reconnect and catch up.")

MESSAGE = b'{"type":"message",'
"""How the frame begins that holds a message."""

Published = (
    MessagePosted
    | MessageChanged
    | ConversationRead
    | MessageHidden
    | MessageStarred
    | UnreadMarked
    | ChatDeleted
    | MemberSettingsChanged
    | ChatMoved
    | DraftChanged
    | ScheduledChanged
    | ProfileChanged
    | AccountChanged
    | FactsChanged
    | Ephemeral
)
"""Events that become frames."""

_APART = frozenset({SessionEnded, Ephemeral})
"""Kinds that are not published as committed ones are."""
_ENCODER = msgspec.json.Encoder()


class Outbox:
    """The frames that wait for a connection. All that is ready leaves together; then the ending, if there is one."""

    __slots__ = ("_asked", "_size", "_texts", "_waiting", "_wake", "actor", "ending")

    def __init__(self, actor: Actor, wake: Callable[[], None]) -> None:
        """Make an empty outbox of a signed-in person; `wake` is called when something begins to wait in it."""
        self.actor = actor
        self.ending: Ending | None = None
        self._wake = wake
        self._asked: dict[str, int] = {}
        self._texts: list[bytes] = []
        self._waiting = 0
        self._size = 0

    def put(self, text: bytes, frames: int = 1) -> None:
        """Queue encoded frames, with commas between them; when too much waits already, the connection is cut."""
        if self.ending is not None:
            return
        if self._waiting >= OUTBOX or self._size > OUTBOX_BYTES:
            self._texts = []
            self.end(TOO_SLOW)
            return
        if not self._texts:
            self._wake()
        self._texts.append(text)
        self._waiting += frames
        self._size += len(text)

    def offer(self, text: bytes) -> None:
        """Queue an ephemeral frame where nothing else waits. It does not count, so it keeps no other frame out."""
        if self.ending is None and not self._texts:
            self._wake()
            self._texts.append(text)

    def end(self, ending: Ending) -> None:
        """Close the connection after what waits already; nothing follows it."""
        if self.ending is None:
            self.ending = ending
            self._wake()

    def sign_out(self) -> None:
        """Tell the client that it is signed out, then close the connection."""
        self.put(encode(wire_frames.SignedOutFrame()))
        self.end(SIGNED_OUT)

    def ask(self, key: str, number: int) -> bool:
        """Note that frame `number` sends a message with this key: its posting will be the answer.

        Return False when another frame on this connection has sent the key before.
        """
        return self._asked.setdefault(key, number) == number

    def asked(self, key: str) -> int | None:
        """Return, once, the frame in which the message with this key was sent; None when it was answered, or not asked."""
        return self._asked.pop(key, None) if self._asked else None

    @property
    def is_asking(self) -> bool:
        """Whether a message that was sent on this connection has no answer yet."""
        return bool(self._asked)

    def take(self) -> bytes:
        """Take all frames that are ready, with commas between them."""
        texts, self._texts, self._waiting, self._size = self._texts, [], 0, 0
        return texts[0] if len(texts) == 1 else b",".join(texts)


async def _nothing_to_follow(_: AccountId) -> None:
    """Do nothing: there is a single process."""


class Hub:
    """The connections of this process, by person."""

    def __init__(self, follow: Callable[[AccountId], Awaitable[None]] = _nothing_to_follow) -> None:
        """Begin without connections. `follow` lets an account's events come from other processes, too."""
        self.follow = follow
        self.endings = 0
        """How many ends of sessions were heard of; a line that is opening looks whether one was among them."""
        self.handed = 0
        """How many frames events became: one for each connection that heard of each."""
        self.cuts = 0
        """How many connections were too slow."""
        self._outboxes: defaultdict[AccountId, defaultdict[UserId, set[Outbox]]] = defaultdict(_by_user)

    def join(self, outbox: Outbox) -> None:
        """Let a connection hear what its person may hear."""
        self._outboxes[outbox.actor.account_id][outbox.actor.user_id].add(outbox)

    def leave(self, outbox: Outbox) -> None:
        """Remove a connection that has ended."""
        self.cuts += outbox.ending is TOO_SLOW
        account_id, user_id = outbox.actor.account_id, outbox.actor.user_id
        account = self._outboxes[account_id]
        account[user_id].discard(outbox)
        if not account[user_id]:
            del account[user_id]
        if not account:
            del self._outboxes[account_id]

    def accounts(self) -> frozenset[AccountId]:
        """Return the accounts with connections."""
        return frozenset(self._outboxes)

    def connections(self) -> Mapping[AccountId, int]:
        """Count the connections of each account."""
        return {one: sum(map(len, users.values())) for one, users in self._outboxes.items()}

    def of(self, account_id: AccountId) -> Sequence[Outbox]:
        """Return the connections of an account at this moment."""
        return self._listeners(account_id, None)

    def hear(self, events: Sequence[Event]) -> None:
        """Hand events to the people they concern, in order; events that follow each other go to them together."""
        for (account_id, users, kind), run in groupby(events, _concerned):
            listeners = self._listeners(account_id, users)
            batch = list(run)
            self.handed += len(listeners) * len(batch)
            if kind is SessionEnded:
                self._end(cast("list[SessionEnded]", batch), listeners)
            elif kind is Ephemeral:
                _offer(cast("list[Ephemeral]", batch), listeners)
            elif listeners:
                _publish(cast("list[Published]", batch), listeners)

    def _end(self, events: Sequence[SessionEnded], listeners: Sequence[Outbox]) -> None:
        self.endings += len(events)
        for event in events:
            for outbox in listeners:
                if event.session_id in {None, outbox.actor.session_id}:
                    outbox.sign_out()

    def _listeners(self, account_id: AccountId, users: frozenset[UserId] | None) -> list[Outbox]:
        account = self._outboxes.get(account_id)
        if account is None:
            return []
        if users is None:
            return [one for outboxes in account.values() for one in outboxes]
        return [one for user_id in users for one in account.get(user_id, ())]


def _concerned(event: Event) -> tuple[AccountId, frozenset[UserId] | None, type | None]:
    kind = type(event)
    return event.account_id, audience(event), kind if kind in _APART else None


def _offer(events: Sequence[Ephemeral], listeners: Sequence[Outbox]) -> None:
    for event in events:
        frame = encode(frame_of(event))
        for outbox in listeners:
            outbox.offer(frame)


def _publish(events: Sequence[Published], listeners: Sequence[Outbox]) -> None:
    """Encode each event once, and queue the same bytes for everyone.

    The connection on which a message was sent hears it as the answer, in its place among all that happened.
    """
    frames = [encode(frame_of(event)) for event in events]
    text = b",".join(frames)
    for outbox in listeners:
        if outbox.is_asking:
            own = [_as_answer(outbox, *one) for one in zip(events, frames, strict=True)]
            outbox.put(b",".join(own), len(own))
        else:
            outbox.put(text, len(frames))


def _as_answer(outbox: Outbox, event: Published, frame: bytes) -> bytes:
    """Return what this connection hears of an event: a message that was sent on it stands in `sent`, instead of `message`."""
    if not isinstance(event, MessagePosted) or event.message.sender_id != outbox.actor.user_id:
        return frame
    number = outbox.asked(event.message.key)
    return frame if number is None else b'{"type":"sent","re":%d,' % number + frame.removeprefix(MESSAGE)


def _by_user() -> defaultdict[UserId, set[Outbox]]:
    return defaultdict(set)


def frame_of(event: Published) -> wire_frames.ServerFrame:  # noqa: C901, PLR0911, PLR0912 - one for each kind of event
    """Return the frame that describes an event."""
    match event:
        case MessagePosted() | MessageChanged():
            return wire_frames.MessageFrame(serializers.message(event.message, event.course_title))
        case ConversationRead():
            return wire_frames.ReadMarkFrame(event.conversation_id, event.rev, event.user_id, event.read_seq)
        case MessageHidden():
            return wire_frames.HiddenFrame(event.conversation_id, event.own_rev, event.seq, event.is_hidden)
        case MessageStarred():
            return wire_frames.StarFrame(event.conversation_id, event.own_rev, event.seq, event.is_starred)
        case UnreadMarked():
            return wire_frames.UnreadMarkFrame(event.conversation_id, event.own_rev, event.unread_from)
        case ChatDeleted():
            return wire_frames.ChatDeletedFrame(event.conversation_id, event.own_rev, event.cleared_seq)
        case MemberSettingsChanged():
            return wire_frames.MemberSettingsFrame(event.conversation_id, event.is_muted, event.muted_until)
        case ChatMoved():
            return wire_frames.ChatMovedFrame(event.conversation_id, event.own_rev, event.is_pinned, event.is_archived)
        case DraftChanged():
            return wire_frames.DraftFrame(event.conversation_id, event.revision)
        case ScheduledChanged():
            return wire_frames.ScheduledFrame(event.conversation_id)
        case ProfileChanged():
            return wire_frames.ProfileFrame(event.user_id)
        case AccountChanged():
            return wire_frames.AccountFrame()
        case FactsChanged():
            return wire_frames.FactsFrame()
        case Typing():
            return wire_frames.TypistFrame(event.conversation_id, event.user_id)
        case _:
            assert_never(event)


def encode(frame: wire_frames.ServerFrame | wire_messages.Message) -> bytes:
    """Encode a frame, or what one holds, as JSON."""
    return _ENCODER.encode(frame)
