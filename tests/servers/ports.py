"""Ports of the loopback for the servers that tests start: each test process has a stretch of them to itself.

They lie below those that Linux gives to whoever connects somewhere (from 32768 on): one of these may be taken between
the moment when it was seen to be free and the one when a server listens on it.
"""

import socket
from contextlib import ExitStack
from functools import cache
from itertools import cycle

FIRST, WIDTH, STRETCHES = 12_000, 500, 40


def free_port(following: int = 0) -> int:
    """A port that nobody listens on, nor on so many behind it."""
    ports = _ports()
    while not _are_free(range(port := next(ports), port + following + 1)):
        pass
    for _ in range(following):
        next(ports)
    return port


@cache
def _ports() -> "cycle[int]":
    """This process's own, over and over."""
    first = int(_guard().getsockname()[1])
    return cycle(range(first + 1, first + WIDTH))


@cache
def _guard() -> socket.socket:
    """Holds the first port of a stretch for as long as this process lives, so that no other has the stretch."""
    for first in range(FIRST, FIRST + STRETCHES * WIDTH, WIDTH):
        guard = socket.socket()
        try:
            guard.bind(("127.0.0.1", first))
        except OSError:
            guard.close()
        else:
            return guard
    message = f"{STRETCHES} processes have the ports from {FIRST} on."
    raise RuntimeError(message)


def _are_free(ports: range) -> bool:
    with ExitStack() as taken:
        try:
            for port in ports:
                taken.enter_context(socket.socket()).bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
