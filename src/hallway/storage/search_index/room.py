"""The ids of documents on SQLite: the account's number, the hour in which a message was sent, and a number in that hour.

So ids go by time, whenever a message is indexed, and a moment says between which ids to look. An hour has room for
2**`bits` documents; where that is too little, the account begins anew with more bits.
"""

from dataclasses import dataclass

BITS, MORE, MOST_BITS = 16, 4, 26
"""To begin with, more each time, and at most: four bytes of a posting list say nothing, so no more than are needed."""
_HOUR = 3_600_000_000
_SINCE = 1_577_836_800_000_000
"""Microseconds: 2020 began then. What was sent before shares the first hour."""
_LAST_HOUR = 2**19 - 1
_BITS_OF_ACCOUNT = 45


@dataclass(frozen=True, slots=True)
class Room:
    """The ids of one account's documents."""

    number: int
    bits: int

    def first(self, sent_at: int | None = None) -> int:
        """Return the lowest id of the hour of a moment, in microseconds, or of all hours."""
        return (self.number << _BITS_OF_ACCOUNT) + (self._hour(sent_at) << self.bits if sent_at is not None else 0)

    def last(self, sent_at: int | None = None) -> int:
        """Return the highest id of the hour of a moment, or of all hours."""
        hour = _LAST_HOUR if sent_at is None else self._hour(sent_at)
        return (self.number << _BITS_OF_ACCOUNT) + ((hour + 1) << self.bits) - 1

    def hour_of(self, document_id: int) -> int:
        """Return the hour of an id, to compare with those of others."""
        return document_id >> self.bits

    @staticmethod
    def _hour(sent_at: int) -> int:
        return min(max((sent_at - _SINCE) // _HOUR, 0), _LAST_HOUR)
