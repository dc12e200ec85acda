"""Whether a client reads what waits for it, also when more is written behind it meanwhile."""

from typing import Any

from hallway.transport.departures import LEAST, STALLED, Departure


class Waiting:
    """A transport with so many bytes in its buffer, and none in a kernel's."""

    def __init__(self, size: int) -> None:
        self.size = size

    def get_write_buffer_size(self) -> int:
        """Bytes that were written and not sent."""
        return self.size

    def get_extra_info(self, _: str) -> Any:
        """No socket."""
        return None


def test_who_reads_what_was_written_behind_is_no_stalled_client() -> None:
    transport = Waiting(10_000)
    departure = Departure(transport, 0.0)
    transport.size += 300_000
    assert not departure.is_stalled(1.0)
    transport.size -= LEAST
    assert not departure.is_stalled(STALLED)
    assert not departure.is_stalled(2 * STALLED)
    assert departure.is_stalled(2 * STALLED + 1)


def test_what_is_written_behind_buys_nobody_time_who_does_not_read() -> None:
    transport = Waiting(10_000)
    departure = Departure(transport, 0.0)
    for moment in range(int(STALLED)):
        transport.size += LEAST
        assert not departure.is_stalled(moment)
    assert departure.is_stalled(STALLED + 1)
