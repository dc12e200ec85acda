"""How requests arrive, and their answers leave: soon, and with a short head, or their connection ends.

uvicorn waits for the rest of a request for ever, keeps whatever comes, and waits for ever until an answer is read; a few
slow or endless clients would take the connections and the memory of everybody.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from hallway.transport import errors
from hallway.transport.departures import Departure

HEAD_SECONDS = 10.0
"""From connecting, or from its first byte, until the head of a request is here."""
BODY_SECONDS = 120.0
"""From there until its body is here."""
LARGEST_HEAD = 64 * 1024
"""Bytes; more than any browser sends."""
MOST_HEADERS = 200
LOOK = 5.0
"""Seconds between two looks whether an answer is being read."""


class HeadTooLarge(Exception):  # noqa: N818 - the parser takes it for what it is
    """The head of a request has too many bytes, or too many lines."""


class Arrivals(HttpToolsProtocol):
    """uvicorn's end of a connection that speaks HTTP, with less patience."""

    _deadline: asyncio.TimerHandle | None = None
    _look: asyncio.TimerHandle | None = None
    _is_head = False
    _arrived = 0
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Expect the head of a request soon after connecting."""
        super().connection_made(transport)
        self._expect_within(HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Parse what came, by the `on_…` methods below, and refuse a head that grows too large."""
        super().data_received(data)
        if self._is_head:
            self._arrived += len(data)
            if self._arrived > LARGEST_HEAD:
                self.send_400_response("The request's headers are too large.")

    def on_message_begin(self) -> None:
        """Begin to count and time the head of a request, at its first byte."""
        super().on_message_begin()
        self._is_head, self._arrived, self._head = True, 0, 0
        self._expect_within(HEAD_SECONDS)

    def on_url(self, url: bytes) -> None:
        """Count a part of the address. Raises HeadTooLarge."""
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header. Raises HeadTooLarge."""
        self._count_head(len(name) + len(value))
        if len(self.headers) >= MOST_HEADERS:
            raise HeadTooLarge
        super().on_header(name, value)

    def _count_head(self, size: int) -> None:
        """Count bytes of the head here, too, since all of a large head may come at once. Raises HeadTooLarge."""
        self._head += size
        if self._head > LARGEST_HEAD:
            raise HeadTooLarge

    def on_headers_complete(self) -> None:
        """Expect the body, now that the head is complete."""
        super().on_headers_complete()
        self._is_head = False
        self._expect_within(BODY_SECONDS)

    def on_message_complete(self) -> None:
        """Stop timing a complete request; an upgraded connection has its own timeouts."""
        super().on_message_complete()
        self._expect_within(None)

    def send_400_response(self, msg: str) -> None:
        """Refuse a malformed request with a problem document, and close the connection."""
        del msg
        if self.transport.is_closing():
            return
        headers, body = errors.bare(400, "-")
        lines = [name + b": " + value + b"\r\n" for name, value in [*headers, (b"connection", b"close")]]
        self.transport.write(b"".join([STATUS_LINE[400], *lines, b"\r\n", body]))
        self.transport.close()
        self._watch_departure()

    def pause_writing(self) -> None:
        """Watch whether a slow client still reads."""
        super().pause_writing()
        self._watch_departure()

    def resume_writing(self) -> None:
        """Stop watching a client that has caught up."""
        super().resume_writing()
        self._forget_departure()

    def on_response_complete(self) -> None:
        """Watch whether the client reads what is left of an answer in the network's buffer."""
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._watch_departure()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers of a connection that has ended."""
        self._expect_within(None)
        self._forget_departure()
        super().connection_lost(exc)

    def _expect_within(self, seconds: float | None) -> None:
        """Close the connection after `seconds`, unless more has come; None cancels that."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self.transport.close)

    def _watch_departure(self) -> None:
        """Check from time to time whether the client reads, until nothing waits for it any more."""
        if self._look is None:
            departure = Departure(self.transport, self.loop.time())
            self._look = self.loop.call_later(LOOK, self._look_at, departure)

    def _forget_departure(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _look_at(self, departure: Departure) -> None:
        self._look = None
        if departure.is_stalled(self.loop.time()):
            self.transport.abort()
        elif self.transport.get_write_buffer_size():
            self._look = self.loop.call_later(LOOK, self._look_at, departure)
