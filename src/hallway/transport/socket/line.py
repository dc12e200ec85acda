"""One client's line: bytes in, bytes out, how it begins and how it ends. What the frames mean is `connection`'s."""

import asyncio
from datetime import datetime

from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from hallway.transport.http.doors import Door, Knock
from hallway.transport.socket.connection import Connection
from hallway.transport.socket.hub import AWAY, FOREIGN, SIGNED_OUT, TOO_MUCH, UNAVAILABLE, Ending, Hub, Outbox
from hallway.transport.socket.lines import Lines
from hallway.usecases.actors import Actor
from hallway.usecases.ports import Session, StoreUnavailable

INBOX = 64
"""Texts that wait for their turn; beyond, nothing more is read of this client until they are answered."""
LARGEST_TEXT = 64 * 1024
"""Bytes; who sends more is cut."""
IDLE = 20.0
"""Seconds of silence after which a client is asked whether it is there; after twice as many it is not."""
FAREWELL = 5.0
"""Seconds that a client has for its part of the closing handshake."""


class Line(WSListener):
    """One connection. All that arrived together is answered together, and all that is ready leaves as one text.

    It opens on a knock; what the client says before it is known to be signed in waits like everything else.
    """

    __slots__ = (
        "_connection",
        "_door",
        "_expires_at",
        "_heard_at",
        "_hub",
        "_inbox",
        "_is_answering",
        "_is_asked",
        "_is_leaving",
        "_is_stuck",
        "_knock",
        "_lines",
        "_outbox",
        "_part",
        "_transport",
        "_until",
    )
    _transport: WSTransport

    def __init__(self, door: Door, hub: Hub, lines: Lines, knock: Knock) -> None:
        """Not connected yet."""
        self._door = door
        self._hub = hub
        self._lines = lines
        self._knock: Knock | None = knock
        self._expires_at: datetime | None = None
        self._outbox: Outbox | None = None
        self._connection: Connection | None = None
        self._inbox: list[bytes] = []
        self._part: list[bytes] | None = None
        self._is_answering = True
        self._is_stuck = False
        self._is_leaving = False
        self._is_asked = False
        self._heard_at = _moment()
        self._until: float | None = None

    # What picows calls.

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Find out who this is."""
        transport.request.headers.clear()  # an idle line keeps nothing that it does not need
        self._transport = transport
        self._lines.join(self)
        self._lines.start(self._begin())

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Let a text wait for its turn, and keep the manners of the protocol."""
        self._heard_at = _moment()
        self._is_asked = False
        kind = frame.msg_type
        if kind == WSMsgType.TEXT or kind == WSMsgType.BINARY:  # noqa: PLR1714 - the common one is compared first
            self._take(frame.get_payload_as_bytes(), is_last=frame.fin)
        elif kind == WSMsgType.CONTINUATION:
            self._take_more(frame.get_payload_as_bytes(), is_last=frame.fin)
        elif kind == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """It went; what it asked for is done all the same."""
        del transport
        self._lines.leave(self)
        if self._outbox is not None:
            self._hub.leave(self._outbox)

    def pause_writing(self) -> None:
        """The client reads too slowly: from here on its outbox fills."""
        self._is_stuck = True

    def resume_writing(self) -> None:
        """It has caught up."""
        self._is_stuck = False
        self.depart()

    # Beginning.

    async def _begin(self) -> None:
        ending = await self._let_in()
        if ending is not None:
            self._close(ending)
            return
        await self._answer_all()

    async def _let_in(self) -> Ending | None:
        """Open to the session that the knock proves; the reason why not, otherwise."""
        knock, self._knock = self._knock, None
        assert knock is not None
        try:
            knock.require_own_page(self._door)
            before = self._hub.endings
            session = await knock.session(self._door)
            await self._hub.follow(session.account_id)
            self._open(session)
            # From now on the line hears of its end. Was it in between, then the line did not.
            if self._hub.endings != before:
                await knock.session(self._door)
        except PermissionDeniedException:
            return FOREIGN
        except NotAuthorizedException:
            return SIGNED_OUT
        except StoreUnavailable:
            return UNAVAILABLE
        return None

    def _open(self, session: Session) -> None:
        self._expires_at = session.expires_at
        actor = Actor(session.account_id, session.user_id, session.id)
        self._outbox = Outbox(actor, self._wake)
        self._connection = Connection(self._door, self._outbox)
        self._hub.join(self._outbox)

    # What comes in.

    def _take(self, text: bytes, *, is_last: bool) -> None:
        if not is_last:
            self._part = [text]
            return
        self._inbox.append(text)
        if len(self._inbox) == INBOX:
            self._transport.underlying_transport.pause_reading()
        if not self._is_answering:
            self._is_answering = True
            self._lines.start(self._answer_all())

    def _take_more(self, text: bytes, *, is_last: bool) -> None:
        """The next part of a text that comes in several frames."""
        parts = [*(self._part or []), text]
        self._part = None if is_last else parts
        if sum(map(len, parts)) > LARGEST_TEXT:
            self._close(TOO_MUCH)
        elif is_last:
            self._take(b"".join(parts), is_last=True)

    async def _answer_all(self) -> None:
        """Answer what waits, and what arrives meanwhile, always all of it together."""
        assert self._connection is not None
        while self._inbox and not self._is_leaving:
            texts, self._inbox = self._inbox, []
            if len(texts) >= INBOX:
                self._transport.underlying_transport.resume_reading()
            await self._connection.answer(texts)
        self._is_answering = False
        if self._is_leaving:
            self._leave()

    # What goes out.

    def _wake(self) -> None:
        self._lines.wake(self)

    def depart(self) -> None:
        """Write all that is ready as one text, then the ending, if there is one."""
        outbox = self._outbox
        if outbox is None or self._until is not None or (self._is_stuck and outbox.ending is None):
            return
        frames = outbox.take()
        if frames:
            self._transport.send(WSMsgType.TEXT, b"[" + frames + b"]")
        if outbox.ending is not None:
            self._close(outbox.ending)

    def shutdown(self) -> None:
        """The server stops: answer what was accepted, accept no more, and let the client come back to the next one."""
        self._is_leaving = True
        if not self._is_answering:
            self._leave()

    def _leave(self) -> None:
        if self._outbox is not None:
            self._outbox.end(AWAY)

    def look_after(self, moment: float) -> None:
        """Ask a silent client whether it is there, and end what is over."""
        silence = moment - self._heard_at
        if self._until is not None:
            if moment >= self._until:
                self._transport.disconnect(graceful=False)
        elif silence > 2 * IDLE:
            self._transport.disconnect(graceful=False)
        elif self._is_over() and self._outbox is not None:
            self._outbox.sign_out()
        elif silence > IDLE and not self._is_asked:
            self._is_asked = True
            self._transport.send_ping()

    def _is_over(self) -> bool:
        return self._expires_at is not None and self._expires_at <= self._door.desk.clock.now()

    def _close(self, ending: Ending) -> None:
        """Say why, and give the client a moment to say goodbye."""
        if self._until is None:
            self._until = _moment() + FAREWELL
            self._transport.send_close(WSCloseCode(ending.code), ending.reason.encode())


def _moment() -> float:
    return asyncio.get_running_loop().time()
