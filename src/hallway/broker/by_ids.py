"""Events written as ids: what a message says is read from the store by whoever hears of it.

For carriers that take little: PostgreSQL's NOTIFY carries less than 8,000 bytes at a time.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from hallway.broker.whole import Whole, event_of
from hallway.domain.events import Event, MessageDeleted, MessagePosted
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.usecases.naming import titles
from hallway.usecases.ports import Transaction

T = TypeVar("T")


class Reading(Protocol):
    """Runs a work in a reading transaction, outside of the event loop. Raises StoreUnavailable."""

    def __call__(self, work: Callable[[Transaction], T], /) -> Awaitable[T]: ...  # noqa: D102


class Changed(msgspec.Struct, array_like=True, frozen=True, tag="message"):
    """A message was posted or deleted: its address, and who hears of it."""

    members: Sequence[UserId]
    conversation_id: ConversationId
    seq: int


Address = tuple[ConversationId, int]
Told = tuple[Message, str | None]
"""A message as it is now, with the title of its course."""

_ENCODER = msgspec.json.Encoder()
_CHANGED = msgspec.json.Decoder(Changed)
_MARK = b'["message",'
_WHOLE = Whole()


class ByIds:
    """`between.Form`: messages by their address, everything else whole, for it holds nothing but ids."""

    def __init__(self, read: Reading) -> None:
        """`read` asks the store."""
        self._read = read

    def write(self, event: Event) -> bytes:
        """One event as JSON."""
        if isinstance(event, MessagePosted | MessageDeleted):
            return _ENCODER.encode(Changed(sorted(event.members), event.message.conversation_id, event.message.seq))
        return _WHOLE.write(event)

    async def read(self, account_id: AccountId, written: Sequence[msgspec.Raw]) -> Sequence[Event]:
        """The events, with messages as the store has them now. Raises msgspec.DecodeError, StoreUnavailable."""
        notes = [_CHANGED.decode(one) if bytes(one).startswith(_MARK) else event_of(one) for one in written]
        addresses = {(one.conversation_id, one.seq) for one in notes if isinstance(one, Changed)}
        told: Mapping[Address, Told] = {}
        if addresses:
            told = await self._read(lambda tx: _told(tx, account_id, addresses))
        events = (_as_event(account_id, one, told) if isinstance(one, Changed) else one for one in notes)
        return [one for one in events if one is not None]


def _told(tx: Transaction, account_id: AccountId, addresses: set[Address]) -> Mapping[Address, Told]:
    messages = tx.messages.several(account_id, addresses)
    names = titles(tx, account_id, (one.course_id for one in messages.values()))
    return {at: (one, names.get(one.course_id) if one.course_id else None) for at, one in messages.items()}


def _as_event(account_id: AccountId, changed: Changed, told: Mapping[Address, Told]) -> Event | None:
    """What happened to a message; None when it is not there any more."""
    found = told.get((changed.conversation_id, changed.seq))
    if found is None:
        return None
    message, title = found
    kind = MessageDeleted if message.is_deleted else MessagePosted
    return kind(account_id, frozenset(changed.members), message, title)
