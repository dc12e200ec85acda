"""One client's line: bytes in, bytes out, how it begins and how it ends. What the frames mean is `connection`'s."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime

import structlog
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from hallway.transport.app_context import AppContext
from hallway.transport.auth import Credentials, actor_through
from hallway.transport.departures import Departure
from hallway.transport.errors import ClientOutdated
from hallway.transport.tenancy import Site
from hallway.transport.websocket.connection import Connection
from hallway.transport.websocket.hub import (
    AWAY,
    BROKEN,
    FAULT,
    FOREIGN,
    OUTDATED,
    SIGNED_OUT,
    TOO_MUCH,
    TOO_SLOW,
    UNAVAILABLE,
    Ending,
    Hub,
    Outbox,
)
from hallway.transport.websocket.registry import SessionRegistry
from hallway.usecases.access.records import Session
from hallway.usecases.errors import TooMany
from hallway.usecases.transaction import StoreUnavailable

INBOX = 64
"""Texts that wait for their turn; beyond, nothing more is read of this client until they are answered."""
LARGEST_TEXT = 64 * 1024
"""Bytes; who sends more is cut."""
IDLE = 20.0
"""Seconds of silence after which a client is asked whether it is there; after twice as many it is not."""
FAREWELL = 5.0
"""Seconds that a client has for its part of the closing handshake."""

_log = structlog.get_logger("hallway.socket")


class WebSocketSession(WSListener):
    """A live connection. All that arrived together is answered together, and all that is ready leaves as one text.

    It opens with credentials; what the client says before it is known to be signed in waits like everything else.
    """

    __slots__ = (
        "_connection",
        "_context",
        "_credentials",
        "_departure",
        "_expires_at",
        "_heard_at",
        "_hub",
        "_inbox",
        "_is_answering",
        "_is_asked",
        "_is_leaving",
        "_is_paused",
        "_outbox",
        "_part",
        "_registry",
        "_transport",
        "_until",
    )
    _transport: WSTransport

    def __init__(self, context: AppContext, hub: Hub, registry: SessionRegistry, credentials: Credentials) -> None:
        """Keep the credentials until the client is connected."""
        self._context = context
        self._hub = hub
        self._registry = registry
        self._credentials: Credentials | None = credentials
        self._expires_at: datetime | None = None
        self._outbox: Outbox | None = None
        self._connection: Connection | None = None
        self._inbox: list[bytes] = []
        self._part: bytearray | None = None
        self._departure: Departure | None = None
        self._is_answering = True
        self._is_paused = False
        self._is_leaving = False
        self._is_asked = False
        self._heard_at = _moment()
        self._until: float | None = None

    # What picows calls.

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Join the registry, and find out who this is."""
        assert self._credentials is not None
        self._credentials = self._behind_proxies(self._credentials, transport)
        transport.request.headers.clear()  # an idle line keeps nothing that it does not need
        self._transport = transport
        self._registry.join(self)
        self._registry.start(self._guarded(self._begin()))

    def _behind_proxies(self, credentials: Credentials, transport: WSTransport) -> Credentials:
        """Return the credentials with the client's address and host, where a proxy stands for it."""
        found = transport.underlying_transport.get_extra_info("peername")
        peer, headers, proxies = str(found[0]) if found else "", transport.request.headers, self._context.proxies
        host = proxies.host(peer, credentials.host, headers.get("x-forwarded-host", ""))
        return replace(credentials, address=proxies.client(peer, headers.get("x-forwarded-for", "")), host=host)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Queue a text for its turn, and answer the frames of the protocol."""
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
        """Leave the registry and the hub; what the client asked for is done all the same."""
        del transport
        self._registry.leave(self)
        if self._outbox is not None:
            self._hub.leave(self._outbox)

    def pause_writing(self) -> None:
        """Stop reading from a client that reads too slowly; its outbox fills from here on.

        Otherwise it could ask and ask, and let the answers wait in our memory.
        """
        self._departure = Departure(self._transport.underlying_transport, _moment())
        self._hold_back()

    def resume_writing(self) -> None:
        """Read and write again, now that the client has caught up."""
        self._departure = None
        self._heard_at = _moment()
        self._hold_back()
        self.depart()

    async def _guarded(self, work: Coroutine[None, None, None]) -> None:
        """Do some work of this session. A failure ends it, so that nobody waits for what will never come."""
        try:
            await work
        except Exception:  # noqa: BLE001 - whatever it is, the client learns of it
            _log.exception("line_failed")
            self.fail()

    def fail(self) -> None:
        """Close the connection after a fault of ours, dropping what waits, so that a stop of the server need not wait for it."""
        self._is_answering = False
        self._inbox = []
        self._close(FAULT)

    # Beginning.

    async def _begin(self) -> None:
        ending = await self._let_in()
        if ending is not None:
            self._close(ending)
            return
        await self._answer_all()

    async def _let_in(self) -> Ending | None:
        """Open for the session that the credentials prove; otherwise return the reason for closing."""
        credentials, self._credentials = self._credentials, None
        assert credentials is not None
        try:
            site = await credentials.site(self._context)
            credentials.require_own_page(site)
            before = self._hub.endings
            session = await credentials.session(self._context, site)
            credentials.require_current()
            await self._hub.follow(session.account_id)
            self._open(session, credentials.address, site)
            # From now on the line hears of its end. Was it in between, then the line did not.
            if self._hub.endings != before:
                await credentials.session(self._context, site)
        except PermissionDeniedException:
            return FOREIGN
        except (NotAuthorizedException, TooMany):
            return SIGNED_OUT
        except ClientOutdated:
            return OUTDATED
        except StoreUnavailable:
            return UNAVAILABLE
        return None

    def _open(self, session: Session, address: str, site: Site) -> None:
        self._expires_at = session.expires_at
        self._outbox = Outbox(actor_through(session, address), self._wake)
        self._connection = Connection(self._context, self._outbox, self._context.sends.of(site.limits))
        self._hub.join(self._outbox)

    # What comes in.

    def _take(self, text: bytes, *, is_last: bool) -> None:
        if self._until is not None:
            return
        if self._part is not None:
            self._close(BROKEN)
        elif is_last:
            self._accept(text)
        else:
            self._part = bytearray(text)

    def _take_more(self, text: bytes, *, is_last: bool) -> None:
        """Take the next part of a text that comes in several frames, each of which costs no more than the first."""
        if self._until is not None:
            return
        if self._part is None:
            self._close(BROKEN)
            return
        self._part += text
        if len(self._part) > LARGEST_TEXT:
            self._close(TOO_MUCH)
        elif is_last:
            whole, self._part = bytes(self._part), None
            self._accept(whole)

    def _accept(self, text: bytes) -> None:
        self._inbox.append(text)
        self._hold_back()
        if not self._is_answering:
            self._is_answering = True
            self._registry.start(self._guarded(self._answer_all()))

    def _hold_back(self) -> None:
        """Pause or resume reading from this client, by how much waits."""
        shall_pause = self._departure is not None or len(self._inbox) >= INBOX
        if shall_pause == self._is_paused:
            return
        transport = self._transport.underlying_transport
        if transport.is_closing():
            return
        self._is_paused = shall_pause
        if shall_pause:
            transport.pause_reading()
        else:
            transport.resume_reading()

    async def _answer_all(self) -> None:
        """Answer what waits, and what arrives meanwhile, always all of it together."""
        assert self._connection is not None
        while self._inbox and not self._is_leaving:
            texts, self._inbox = self._inbox, []
            self._hold_back()
            await self._connection.answer(texts)
        self._is_answering = False
        if self._is_leaving:
            self._leave()

    # What goes out.

    def _wake(self) -> None:
        self._registry.wake(self)

    def depart(self) -> None:
        """Write all that is ready as one text, then the ending, if there is one."""
        outbox = self._outbox
        if outbox is None or self._until is not None or (self._departure is not None and outbox.ending is None):
            return
        frames = outbox.take()
        if frames:
            self._transport.send(WSMsgType.TEXT, b"[" + frames + b"]")
        if outbox.ending is not None:
            self._close(outbox.ending)

    def shutdown(self) -> None:
        """Answer what was accepted, accept no more, and let the client come back to the next server."""
        self._is_leaving = True
        if not self._is_answering:
            self._leave()

    def _leave(self) -> None:
        if self._outbox is not None:
            self._outbox.end(AWAY)

    def look_after(self, moment: float) -> None:
        """Ping a silent client, and end a session that is over."""
        silence = moment - self._heard_at
        if self._until is not None:
            if moment >= self._until:
                self._transport.disconnect(graceful=False)
        elif self._departure is not None:
            self._look_at(self._departure, moment)
        elif silence > 2 * IDLE:
            self._transport.disconnect(graceful=False)
        elif self._is_over() and self._outbox is not None:
            self._outbox.sign_out()
        elif silence > IDLE and not self._is_asked:
            self._is_asked = True
            self._transport.send_ping()

    def _look_at(self, departure: Departure, moment: float) -> None:
        """Cut a client that has stopped reading; it cannot be pinged, since nothing it says is read meanwhile."""
        if departure.is_stalled(moment) and self._outbox is not None:
            self._outbox.end(TOO_SLOW)

    def _is_over(self) -> bool:
        return self._expires_at is not None and self._expires_at <= self._context.store.clock.now()

    def _close(self, ending: Ending) -> None:
        """Send the reason for closing, and give the client a moment to close its side."""
        if self._until is None:
            self._until = _moment() + FAREWELL
            self._transport.send_close(WSCloseCode(ending.code), ending.reason.encode())


def _moment() -> float:
    return asyncio.get_running_loop().time()
