"""How requests arrive: soon, and with a short head, or their connection ends.

uvicorn waits for the rest of a request for ever, and keeps whatever comes; a few slow or endless clients would take the
connections and the memory of everybody.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
"""From connecting, or from its first byte, until the head of a request is here."""
BODY_SECONDS = 120.0
"""From there until its body is here."""
LARGEST_HEAD = 64 * 1024
"""Bytes; more than any browser sends."""


class Arrivals(HttpToolsProtocol):
    """uvicorn's end of a connection that speaks HTTP, with less patience."""

    _deadline: asyncio.TimerHandle | None = None
    _is_head = False
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Somebody connected, and may have nothing to say."""
        super().connection_made(transport)
        self._expect_within(HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Something came; the parser calls the `on_…` below for what it finds in it."""
        super().data_received(data)
        if self._is_head:
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._is_head, self._head = True, 0
        self._expect_within(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """Its head is here."""
        super().on_headers_complete()
        self._is_head = False
        self._expect_within(BODY_SECONDS)

    def on_message_complete(self) -> None:
        """All of it is here: a request to answer, or a line, which has its own manners."""
        super().on_message_complete()
        self._expect_within(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """It went."""
        self._expect_within(None)
        super().connection_lost(exc)

    def _expect_within(self, seconds: float | None) -> None:
        """End the connection after that time, unless more has come; None waits for nothing."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self.transport.close)
