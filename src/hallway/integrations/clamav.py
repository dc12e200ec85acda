"""Ask ClamAV's daemon whether a file holds a virus, over its own protocol (clamd(8), INSTREAM)."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from hallway.usecases.files.scanner import ScannerAway

SECONDS = 60.0
"""For connecting, and for each answer."""
LONGEST_ANSWER = 4_096
PIECE = 1024 * 1024
"""Bytes that are sent at once."""


class Clamd:
    """`scanner.Scanner` at `tcp://host:port` or `unix:/path`. It blocks: call it in a thread."""

    def __init__(self, url: str) -> None:
        """Keep the address. Raises ValueError for one that is none."""
        parts = urlsplit(url)
        if parts.scheme not in {"tcp", "unix"} or not (parts.hostname if parts.scheme == "tcp" else parts.path):
            raise ValueError(url)
        self._path = parts.path if parts.scheme == "unix" else None
        self._host, self._port = parts.hostname or "", parts.port or 3310

    def virus_in(self, pieces: Iterable[bytes]) -> str | None:
        """Return the name of the virus in a file, None for a clean one. Raises ScannerAway."""
        try:
            with self._connected() as line:
                line.sendall(b"zINSTREAM\0")
                for piece in pieces:
                    for start in range(0, len(piece), PIECE):
                        some = piece[start : start + PIECE]
                        line.sendall(len(some).to_bytes(4, "big") + some)
                line.sendall(bytes(4))
                answer = _answer(line)
        except OSError as failure:
            raise ScannerAway(str(failure)) from failure
        return _virus(answer)

    def _connected(self) -> socket.socket:
        if self._path is None:
            return socket.create_connection((self._host, self._port), SECONDS)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(self._path)
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket) -> str:
    """Read the answer up to its end, which is a NUL."""
    found = b""
    while not found.endswith(b"\0") and len(found) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        found += more
    return found.rstrip(b"\0\n").decode("utf-8", "replace")


def _virus(answer: str) -> str | None:
    """Return what an answer names: `stream: OK`, `stream: Eicar-Signature FOUND`, or an error, as for a file it takes too large."""
    said = answer.partition(": ")[2] or answer
    if said == "OK":
        return None
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAway(answer or "It did not answer.")
