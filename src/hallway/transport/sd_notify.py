"""Notify whoever started us how we are, as sd_notify(3) describes: systemd, or the parent of several workers."""

import os
import socket
from contextlib import suppress

ADDRESS = "NOTIFY_SOCKET"
"""The variable that names the socket of the one who wants to know."""
READY, STOPPING = "READY=1", "STOPPING=1"


def notify(word: str) -> None:
    """Send a word to the socket of whoever started us, if there is one, ignoring that they may be gone."""
    address = os.environ.get(ADDRESS)
    if address is None:
        return
    path = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as starter, suppress(OSError):
        starter.sendto(word.encode(), path)
