"""Where we listen: on a socket of our own, or on those that whoever started us hands over, as sd_listen_fds(3) has it."""

import os
import socket

from hallway.settings import BadSettings

FIRST = 3
"""The number of the first file that is handed over."""
NAME = "worker-"
"""With its number, what the sockets are called that one of several workers gets, by which it knows itself."""
BACKLOG = 2_048


def listen(host: str, port: int, *, instead: str = "--port") -> socket.socket:
    """A socket that listens there. Raises BadSettings when somebody else does; `instead` says what sets another port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=False)
    except OSError as taken:
        message = f"Can't listen on {host}, port {port}: {taken.strerror}. Try another {instead}."
        raise BadSettings(message) from taken


def is_handed_over() -> bool:
    """Whether somebody listens for us: then who connects while we restart just waits."""
    return os.environ.get("LISTEN_PID") == str(os.getpid())


def handed_over() -> list[socket.socket]:
    """The sockets on which they listen."""
    return [socket.socket(fileno=FIRST + number) for number in range(int(os.environ["LISTEN_FDS"]))]


def worker_number() -> int | None:
    """Return which of several workers of the same parent this process is, from 1 on; None when it is none of them."""
    name = os.environ.get("LISTEN_FDNAMES", "").partition(":")[0]
    return int(name.removeprefix(NAME)) if name.startswith(NAME) else None
