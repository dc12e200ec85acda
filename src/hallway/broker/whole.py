"""Events written whole, so that another process can tell its connections without asking the store."""

from collections.abc import Sequence
from typing import get_args

import msgspec

from hallway.broker.parcels import read
from hallway.domain.events import Event
from hallway.domain.ids import AccountId

_ENCODER = msgspec.json.Encoder()
_NAMED = msgspec.json.Decoder(tuple[str, msgspec.Raw])
_DECODERS = {kind.__name__: msgspec.json.Decoder(kind) for kind in get_args(Event)}


class Whole:
    """`between.Form`: the name of the event, and everything in it."""

    def write(self, event: Event) -> bytes:
        """One event as JSON."""
        return _ENCODER.encode((type(event).__name__, event))

    async def read(self, account_id: AccountId, written: Sequence[msgspec.Raw]) -> Sequence[Event]:
        """The events that were written. Raises msgspec.DecodeError."""
        del account_id
        return [event_of(one) for one in written]


def event_of(written: msgspec.Raw) -> Event:
    """One event that was written whole. Raises msgspec.DecodeError, for one that this Hallway does not know, too."""
    name, value = read(written, _NAMED)
    decoder = _DECODERS.get(name)
    if decoder is None:
        reason = f"There is no event {name[:100]}."
        raise msgspec.DecodeError(reason)
    return read(value, decoder)
