"""How events are written for other processes: whole, or as references to what the store holds."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar, get_args

import msgspec

from hallway.broker.envelope import Number, read
from hallway.domain.conversations import Conversation
from hallway.domain.events import Event, MessageChanged, MessagePosted, ProfileChanged
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.usecases.messaging.changing import seen_by
from hallway.usecases.people.cards import titles
from hallway.usecases.transaction import Transaction

_ENCODER = msgspec.json.Encoder()
_NAMED = msgspec.json.Decoder(tuple[str, msgspec.Raw])
_DECODERS = {kind.__name__: msgspec.json.Decoder(kind) for kind in get_args(Event)}


class FullCodec:
    """`cluster.Codec`: writes the name of the event, and everything in it."""

    def write(self, event: Event) -> bytes:
        """Encode an event as JSON."""
        return _ENCODER.encode((type(event).__name__, event))

    async def read(self, account_id: AccountId, written: Sequence[msgspec.Raw]) -> Sequence[Event]:
        """Decode the events that were written. Raises msgspec.DecodeError."""
        del account_id
        return [event_of(one) for one in written]


def event_of(written: msgspec.Raw) -> Event:
    """Decode an event that was written whole. Raises msgspec.DecodeError, also for an event that this version does not know."""
    name, value = read(written, _NAMED)
    decoder = _DECODERS.get(name)
    if decoder is None:
        reason = f"There is no event {name[:100]}."
        raise msgspec.DecodeError(reason)
    return read(value, decoder)


T = TypeVar("T")


class Reading(Protocol):
    """Runs `work` in a reading transaction, outside of the event loop. Raises StoreUnavailable."""

    def __call__(self, work: Callable[[Transaction], T], /) -> Awaitable[T]: ...  # noqa: D102


class Changed(msgspec.Struct, array_like=True, frozen=True, tag="message"):
    """A message was posted, or changed later: its address, and who hears of it; empty `members` stand for many, who are all that see it."""

    members: Sequence[UserId]
    conversation_id: ConversationId
    seq: Number
    is_new: bool = True


class Profile(msgspec.Struct, array_like=True, frozen=True, tag="profile"):
    """What is shown of a person changed; the many who are shown it are read from the store."""

    user_id: UserId


MANY = 50
"""People who hear of an event, beyond whom they are read from the store as well: an envelope has no room for them."""


_BY_ID: msgspec.json.Decoder[Changed | Profile] = msgspec.json.Decoder(Changed | Profile)
_MARKS = (b'["message",', b'["profile",')
_FULL = FullCodec()


class ReferenceCodec:
    """`cluster.Codec`: writes messages by their address, people whom many know by their id, everything else whole."""

    def __init__(self, read: Reading) -> None:
        """Resolve references through the store with `read`."""
        self._read = read

    def write(self, event: Event) -> bytes:
        """Encode an event as JSON, as a reference where the store holds it."""
        if isinstance(event, MessagePosted | MessageChanged):
            members = sorted(event.members) if len(event.members) <= MANY else ()
            is_new = isinstance(event, MessagePosted)
            return _ENCODER.encode(Changed(members, event.message.conversation_id, event.message.seq, is_new))
        if isinstance(event, ProfileChanged) and len(event.users) > MANY:
            return _ENCODER.encode(Profile(event.user_id))
        return _FULL.write(event)

    async def read(self, account_id: AccountId, written: Sequence[msgspec.Raw]) -> Sequence[Event]:
        """Decode the events, with messages as the store has them now. Raises msgspec.DecodeError, StoreUnavailable."""
        notes = [read(one, _BY_ID) if bytes(one).startswith(_MARKS) else event_of(one) for one in written]
        by_id = [one for one in notes if isinstance(one, Changed | Profile)]
        if not by_id:
            return [one for one in notes if not isinstance(one, Changed | Profile)]
        now = await self._read(lambda tx: _Now(tx, account_id, by_id))
        events = (now.event(one) if isinstance(one, Changed | Profile) else one for one in notes)
        return [one for one in events if one is not None]


class _Now:
    """What the store says of messages and people that changed."""

    def __init__(self, tx: Transaction, account_id: AccountId, by_id: Sequence[Changed | Profile]) -> None:
        self._account_id = account_id
        changed = [one for one in by_id if isinstance(one, Changed)]
        profiles = {one.user_id for one in by_id if isinstance(one, Profile)}
        self._shown_to = {one: tx.people.conversation_partners(account_id, [one]) | {one} for one in profiles}
        self._messages = tx.messages.several(account_id, {(one.conversation_id, one.seq) for one in changed})
        self._titles = titles(tx, account_id, (one.course_id for one in self._messages.values()))
        large = {one.conversation_id for one in changed if not one.members}
        self._large: Mapping[ConversationId, Conversation] = {}
        if large:
            self._large = tx.conversations.several(account_id, large)
        self._readers = {
            (one.conversation_id, one.seq): seen_by(tx, self._large[one.conversation_id], one.seq)
            for one in changed
            if not one.members and not one.is_new
        }

    def event(self, changed: Changed | Profile) -> Event | None:
        """Return the event of a change; None when the message is not there any more."""
        if isinstance(changed, Profile):
            return ProfileChanged(self._account_id, changed.user_id, self._shown_to[changed.user_id])
        message = self._messages.get((changed.conversation_id, changed.seq))
        if message is None:
            return None
        kind = MessagePosted if changed.is_new and not message.is_deleted else MessageChanged
        title = self._titles.get(message.course_id) if message.course_id else None
        return kind(self._account_id, self._members(changed, message), message, title)

    def _members(self, changed: Changed, message: Message) -> frozenset[UserId]:
        if changed.members:
            return frozenset(changed.members)
        if changed.is_new or message.is_deleted:
            return frozenset(self._large[changed.conversation_id].members)
        return self._readers[changed.conversation_id, changed.seq]
