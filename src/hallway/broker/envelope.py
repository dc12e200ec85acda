"""What processes send each other: envelopes of events. Those with committed events are numbered by their sender, so that a lost one is noticed."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, TypeVar

import msgspec

from hallway.domain.ids import AccountId

T = TypeVar("T")
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Word = Literal["", "bye", "ask", "ephemeral"]
"""`bye`: the sender goes, and nothing of it is lost. `ask`: something happened that no envelope holds; ask the store.
`ephemeral`: its events may be lost, so it has no number.
"""


class Envelope(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """A process's events of an account. `number` counts its envelopes for that account; a beat is one without events."""

    process: str
    account_id: AccountId
    number: Number
    word: Word = ""
    events: Sequence[msgspec.Raw] = ()


ROOM = 200
"""Bytes that an envelope needs beside its events."""

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Envelope)


def encode(envelope: Envelope) -> bytes:
    """Encode an envelope as JSON."""
    return _ENCODER.encode(envelope)


def decode(payload: bytes) -> Envelope:
    """Decode the envelope in a payload. Raises msgspec.DecodeError."""
    return read(payload, _DECODER)


def read(written: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[T]) -> T:
    """Decode what another process wrote. Raises msgspec.DecodeError, whatever may be wrong with it."""
    try:
        return decoder.decode(written)
    except (UnicodeDecodeError, RecursionError) as wrong:
        raise msgspec.DecodeError(str(wrong)) from wrong


def packed(events: Sequence[bytes], largest: int) -> Iterator[Sequence[msgspec.Raw] | None]:
    """Split encoded events into portions that fit an envelope of `largest` bytes, in order; None for an event that fits in none."""
    portion: list[msgspec.Raw] = []
    size = ROOM
    for event in events:
        if ROOM + len(event) > largest:
            if portion:
                yield portion
            yield None
            portion, size = [], ROOM
            continue
        if size + len(event) > largest:
            yield portion
            portion, size = [], ROOM
        portion.append(msgspec.Raw(event))
        size += len(event) + 1
    if portion:
        yield portion
