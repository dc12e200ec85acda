"""A light XMPP client for the servers that speak it: no TLS, no XML parser, stanzas cut out of the stream by search.

What an acknowledgement means. In a chat of two it is stream management (XEP-0198): each burst ends with a request, and
the server counts the stanzas that it handled. Both servers put a message into the sender's archive before they handle
the next stanza, so a counted message was kept; the partner's own copy is kept before the partner hears it. In a room it
is the room's reflection of the message to its sender, which the room sends after it kept it.
"""

import asyncio
import base64
import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bench.contenders import Details
from bench.texts import text

HOST = "localhost"
ROOMS = f"rooms.{HOST}"
PASSWORD = "secret"  # noqa: S105 - of invented people
PAGE = 250
"""Messages of an archive that are asked for at once; more than ejabberd gives."""
PATIENCE = 60
"""Seconds in which a server must have signed somebody in."""

_OPENING = re.compile(rb"\s*<([a-z:]+)[^>]*>")
_NUMBER = re.compile(rb"<body>(\d+)")
_HANDLED = re.compile(rb"""\bh=["'](\d+)""")
_LAST = re.compile(rb"<last>([^<]*)</last>")
_SLASH = ord("/")

_HEADER = (
    f"<stream:stream to='{HOST}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
)
_BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
_ENABLE = "<enable xmlns='urn:xmpp:sm:3'/>"
_REQUEST = "<r xmlns='urn:xmpp:sm:3'/>"
_QUERY = (
    "<iq type='set' id='archive' to='{to}'><query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'>"
    "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>{only}</x>"
    "<set xmlns='http://jabber.org/protocol/rsm'><max>{page}</max>{after}</set></query></iq>"
)


def name(person: int) -> str:
    """The account of a numbered person."""
    return f"p{person}"


def stanzas(stream: bytes) -> tuple[list[bytes], bytes]:
    """The whole stanzas that a piece of the stream begins with, and what remains of it."""
    found: list[bytes] = []
    at = 0
    while (end := _end(stream, at)) > at:
        found.append(stream[at:end])
        at = end
    return found, stream[at:]


def _end(stream: bytes, at: int) -> int:
    opening = _OPENING.match(stream, at)
    if opening is None:
        return at
    if stream[opening.end() - 2] == _SLASH:
        return opening.end()
    closing = b"</%b>" % opening[1]
    end = stream.find(closing, at)
    if end > 0 and stream.find(b"<forwarded", at, end) > 0:  # an archived message lies within a message
        outer = stream.find(b"</forwarded>", end)
        end = stream.find(closing, outer) if outer > 0 else -1
    return end + len(closing) if end > 0 else at


class Stream(asyncio.Protocol):
    """A signed-in person's stream, as far as chats and rooms are alike."""

    def __init__(self, person: int, peer: str, kind: str, own: str) -> None:
        """Not connected yet; `peer` is to whom messages of this `kind` go, `own` how our address begins there."""
        self.stored: Callable[[int], None] = int
        self.heard: Callable[[int], None] = int
        self.peer = peer
        self._person = person
        self._own = f"from='{own}".encode()
        self._start = f"<message type='{kind}' to='{peer}'><body>"
        self._buffer = b""
        self._arrived = asyncio.Event()
        self._is_signed_in = False
        self._page: list[int] = []
        self._answer: asyncio.Future[bytes]
        self._transport: asyncio.Transport

    def connection_made(self, transport: Any) -> None:
        """Keep it."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take each whole stanza; while signing in, tell that something came."""
        self._buffer += data
        if not self._is_signed_in:
            self._arrived.set()
            return
        whole, self._buffer = stanzas(self._buffer)
        for stanza in whole:
            self.take(stanza)

    async def sign_in(self, *more: str) -> None:
        """Name, password, a resource, and what else must be asked for before the first stanza."""
        secret = base64.b64encode(f"\0{name(self._person)}\0{PASSWORD}".encode()).decode()
        auth = f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>"
        async with asyncio.timeout(PATIENCE):
            await self._say(_HEADER, "</stream:features>")
            await self._say(auth, "<success")
            await self._say(_HEADER, "</stream:features>")
            await self._say(_BIND, "</iq>")
            for word in more:
                await self._say(word, "/>")
        self._is_signed_in = True

    async def _say(self, words: str, until: str) -> None:
        self.write(words)
        while until.encode() not in self._buffer:
            self._arrived.clear()
            await self._arrived.wait()
        self._buffer = self._buffer.partition(until.encode())[2]

    def write(self, words: str) -> None:
        """Send these words."""
        self._transport.write(words.encode())

    def take(self, stanza: bytes) -> None:
        """Keep what answers a question of ours; the rest is for those who know more."""
        if b"<forwarded" in stanza:
            self._page += map(int, _NUMBER.findall(stanza))
        elif stanza.startswith(b"<iq"):
            self._answer.set_result(stanza)
        elif stanza.startswith(b"<message") and b"type='error'" not in stanza:
            number = _NUMBER.search(stanza)
            if number is not None:
                (self.stored if self._own in stanza else self.heard)(int(number[1]))

    async def ask(self, question: str) -> bytes:
        """The answer to an iq."""
        self._answer = asyncio.get_running_loop().create_future()
        self.write(question)
        return await self._answer

    def messages(self, numbers: Sequence[int]) -> list[str]:
        """The stanzas that carry these."""
        return [f"{self._start}{text(number)}</body></message>" for number in numbers]

    async def read_archive(self, to: str, only: str = "") -> list[int]:
        """All messages of an archive (XEP-0313), page by page."""
        self._page, after = [], ""
        while True:
            answer = await self.ask(_QUERY.format(to=to, only=only, page=PAGE, after=after))
            last = _LAST.search(answer)
            if b"complete='true'" in answer or last is None:
                return self._page
            after = f"<after>{last[1].decode()}</after>"

    async def close(self) -> None:
        """Leave."""
        self.write("</stream:stream>")
        self._transport.close()


class ChatLine(Stream):
    """`contenders.Line` to one other person."""

    def __init__(self, person: int, partner: int) -> None:
        """Not connected yet."""
        super().__init__(person, f"{name(partner)}@{HOST}", "chat", f"{name(person)}@{HOST}/")
        self._unhandled: deque[int | None] = deque()
        self._acknowledged = 0
        self._received = 0

    async def open(self) -> None:
        """Be there: the answer to the ping says that the server knows."""
        await self.sign_in(_ENABLE)
        self._unhandled.append(None)
        self.write("<presence/>")
        await self.ask("<iq type='get' id='ping'><ping xmlns='urn:xmpp:ping'/></iq>")

    async def ask(self, question: str) -> bytes:
        """As every stanza, it is counted."""
        self._unhandled.append(None)
        return await super().ask(question)

    def send(self, numbers: Sequence[int]) -> None:
        """One write, which asks for an acknowledgement at its end."""
        self._unhandled.extend(numbers)
        self.write("".join([*self.messages(numbers), _REQUEST]))

    def take(self, stanza: bytes) -> None:
        """Stream management, or a stanza that it counts."""
        if stanza.startswith(b"<a "):
            self._on_handled(int(_HANDLED.search(stanza)[1]))
        elif stanza.startswith(b"<r "):
            self.write(f"<a xmlns='urn:xmpp:sm:3' h='{self._received}'/>")
        else:
            self._received += 1
            super().take(stanza)

    def _on_handled(self, count: int) -> None:
        while self._acknowledged < count:
            self._acknowledged += 1
            number = self._unhandled.popleft()
            if number is not None:
                self.stored(number)

    async def found(self) -> list[int]:
        """What our archive holds of the partner."""
        only = f"<field var='with'><value>{self.peer}</value></field>"
        return await self.read_archive(f"{name(self._person)}@{HOST}", only)


class RoomLine(Stream):
    """`contenders.Line` to a room with its own archive, which sends each message to everybody, its sender included."""

    def __init__(self, person: int, members: int) -> None:
        """Not connected yet."""
        room = f"room{members}@{ROOMS}"
        super().__init__(person, room, "groupchat", f"{room}/{name(person)}'")
        self._is_in = asyncio.Event()

    async def open(self) -> None:
        """Enter: the room tells us last of ourselves."""
        await self.sign_in()
        history = "<history maxstanzas='0'/>"
        to = f"{self.peer}/{name(self._person)}"
        self.write(f"<presence to='{to}'><x xmlns='http://jabber.org/protocol/muc'>{history}</x></presence>")
        async with asyncio.timeout(PATIENCE):
            await self._is_in.wait()

    def send(self, numbers: Sequence[int]) -> None:
        """One write."""
        self.write("".join(self.messages(numbers)))

    def take(self, stanza: bytes) -> None:
        """Our own presence says that we are in."""
        if stanza.startswith(b"<presence"):
            if b"code='110'" in stanza:
                self._is_in.set()
        else:
            super().take(stanza)

    async def found(self) -> list[int]:
        """What the room's archive holds."""
        return await self.read_archive(self.peer)


Kind = TypeVar("Kind", ChatLine, RoomLine)


async def _opened(details: Details, line: Kind) -> Kind:
    await asyncio.get_running_loop().create_connection(lambda: line, "127.0.0.1", details["port"])
    await line.open()
    return line


async def connect(details: Details, person: int, partner: int) -> ChatLine:
    """A chat of two."""
    return await _opened(details, ChatLine(person, partner))


async def join(details: Details, person: int, members: int) -> RoomLine:
    """The room of so many."""
    return await _opened(details, RoomLine(person, members))


async def idle(details: Details, person: int) -> ChatLine:
    """The same line as for a chat, left alone."""
    return await connect(details, person, person ^ 1)
