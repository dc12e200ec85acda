"""How answers leave: whoever does not read them is let go, whoever reads slowly is waited for.

What a client has not taken yet waits in two places, ours and the kernel's. As long as it becomes less, the client reads.
"""

import struct
from typing import Any

try:
    import fcntl
    import termios
except ImportError:  # Windows cannot tell what the kernel keeps
    fcntl = termios = None

STALLED = 30.0
"""Seconds in which a client that reads has taken at least …"""
LEAST = 8 * 1024
"""… so many bytes of what waits for it: the slowest phone does, and a byte now and then buys no time."""


class Departure:
    """Watches what waits for one client, from the moment when it begins to wait."""

    __slots__ = ("_left", "_moved_at", "_transport")

    def __init__(self, transport: Any, moment: float) -> None:
        """Start watching the asyncio `transport`; `moment` is the loop's time, in seconds."""
        self._transport = transport
        self._left = outstanding(transport)
        self._moved_at = moment

    def is_stalled(self, moment: float) -> bool:
        """Return whether the client has stopped reading."""
        left = outstanding(self._transport)
        if left <= self._left - LEAST:
            self._left, self._moved_at = left, moment
        elif left > self._left:  # more was written meanwhile, which the client has to take first
            self._left = left
        return moment - self._moved_at > STALLED


def outstanding(transport: Any) -> int:
    """Count the bytes that the client has not acknowledged: ours, and the kernel's where the kernel tells."""
    ours: int = transport.get_write_buffer_size()
    return ours + _in_kernel(transport.get_extra_info("socket"))


def _in_kernel(socket: Any) -> int:
    if fcntl is None or termios is None or socket is None:
        return 0
    try:
        return _INT.unpack(fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(_INT.size)))[0]
    except OSError:
        return 0


_INT = struct.Struct("i")
