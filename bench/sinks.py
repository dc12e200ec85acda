"""What takes notices and does nothing with them: a mail server, and a web server for pushes and a messenger.

Both run in a thread of the load, on its core. `arrived` holds when each came, in seconds of the monotonic clock, by the
path or the recipient's address.
"""

import asyncio
import re
import threading
import time
from collections.abc import Callable

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Sink:
    """Listens on a free port of the loopback."""

    def __init__(self, taker: Callable[["Sink"], asyncio.Protocol]) -> None:
        """Listen; `taker` speaks with whoever connects."""
        self.arrived: dict[str, float] = {}
        self._something = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(self._loop.create_server(lambda: taker(self), "127.0.0.1", 0))
        self.port = int(self._server.sockets[0].getsockname()[1])
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def take(self, name: str) -> None:
        """Something came."""
        with self._something:
            self.arrived[name] = time.monotonic()
            self._something.notify_all()

    def wait_for(self, count: int, patience: float) -> None:
        """Until so many came. Raises TimeoutError."""
        with self._something:
            if not self._something.wait_for(lambda: len(self.arrived) >= count, patience):
                message = f"Of {count} came {len(self.arrived)}."
                raise TimeoutError(message)

    def close(self) -> None:
        """Listen no more."""
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)


class Hook(asyncio.Protocol):
    """HTTP: every POST is created, over a connection that stays."""

    def __init__(self, sink: Sink) -> None:
        """Nothing came yet."""
        self._sink = sink
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        self._came += data
        while (end := self._came.find(b"\r\n\r\n")) >= 0:
            head = self._came[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._came) < whole:
                return
            self._came = self._came[whole:]
            self._sink.take(head.split(b" ", 2)[1].decode())
            self._transport.write(CREATED)


class Mail(asyncio.Protocol):
    """SMTP, as far as who sends needs it: every mail is taken."""

    def __init__(self, sink: Sink) -> None:
        """Between mails."""
        self._sink = sink
        self._came = b""
        self._recipient = ""
        self._is_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._say("220 sink")

    def _say(self, line: str) -> None:
        self._transport.write(f"{line}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Read a line, or the rest of a mail, as long as there is one."""
        self._came += data
        while (end := self._came.find(b"\r\n.\r\n" if self._is_mail else b"\r\n")) >= 0:
            line, self._came = self._came[:end], self._came[end + (5 if self._is_mail else 2) :]
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        if self._is_mail:
            self._is_mail = False
            self._sink.take(self._recipient)
            self._say("250 taken")
            return
        match line[:4].upper():
            case b"RCPT":
                self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                self._say("250 fine")
            case b"DATA":
                self._is_mail = True
                self._say("354 go on")
            case b"QUIT":
                self._say("221 bye")
            case _:
                self._say("250 fine")
