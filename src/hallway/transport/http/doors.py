"""Who is at the door: sessions from cookie or bearer token, the words that changes must carry, and limits."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hmac import compare_digest
from typing import Any, Protocol, TypeVar

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from hallway.domain.audit import Via
from hallway.domain.ids import UserId
from hallway.domain.notices import Channel
from hallway.domain.scopes import Scope, allows
from hallway.domain.verdicts import require
from hallway.transport.addresses import Addresses
from hallway.transport.desk import Desk
from hallway.transport.networks import Proxies, networks, truncated
from hallway.transport.pace import Pace, Tries
from hallway.transport.turns import Turns
from hallway.transport.typing import TypingRelay
from hallway.usecases.access import sessions
from hallway.usecases.access.known_devices import DEVICE_LIFE
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import Issued
from hallway.usecases.access.visitors import Visitor
from hallway.usecases.actors import Actor
from hallway.usecases.imports.sheets import HowToRead, Kind, Look, Upload
from hallway.usecases.people.pictures import Picture
from hallway.usecases.transaction import Transaction

T = TypeVar("T")

AnyConnection = ASGIConnection[Any, Any, Any, State]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
ADMINISTRATION = "/api/v1/admin/"
"""What begins like this needs the scope of administration, whatever the method."""
WRONG_SECRETS = 300
"""In a minute from one network. Whoever returns after their session expired brings one, too, and a class returns at once."""
LONGEST_AGENT = 400
"""Letters that are kept of what a browser says of itself."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """By which channels people who are away are told here; the push services that are sent to, and the public key that
    browsers sign up with.
    """

    channels: Collection[Channel] = ()
    push_services: Collection[str] = ()
    push_key: Callable[[], Awaitable[str]] | None = None


class ReadsFiles(Protocol):
    """Reads files to import, out of this process."""

    async def read(self, content: bytes, how: HowToRead, asker: UserId, /) -> Upload:
        """All of a file. Raises Invalid, Busy."""
        ...

    def template(self, kind: Kind, /) -> bytes:
        """An empty workbook with the columns of a kind."""
        ...

    async def look(self, content: bytes, how: HowToRead, asker: UserId, /) -> Look:
        """What is in a file. Raises Invalid, Busy."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """What every handler may need of the installation.

    `address` is how people reach it, `addresses` all by which they may. `files` reads uploaded files,
    and `read_picture` an uploaded picture, for one person at a time. `offered` are the (login, hint) of the demo's one-click
    sign-in, None outside of the demo. `sign_ins` counts tries of links and of the set-up token, and says how
    often passwords may be tried, which the store counts; `secrets` counts tries of sessions and access tokens.
    `typing` passes on that people type. `refusals` counts what was refused, by the code of the problem. `searches` and `exports` are each person's turns.
    """

    desk: Desk
    address: str
    session_life: timedelta
    sign_ins: Tries
    sends: Pace
    set_up_token: str
    files: ReadsFiles
    read_picture: Callable[[bytes, UserId], Awaitable[Picture]]
    typing: TypingRelay
    outlets: Outlets = field(default_factory=Outlets)
    offered: Sequence[tuple[str, str]] | None = None
    refusals: Counter[str] = field(default_factory=Counter)
    addresses: Addresses = field(default_factory=Addresses)
    proxies: Proxies = field(default_factory=Proxies)
    secrets: Tries = field(default_factory=lambda: Tries(WRONG_SECRETS))
    searches: Turns = field(default_factory=Turns)
    exports: Turns = field(default_factory=Turns)

    async def search(self, actor: Actor, work: Callable[[Transaction], T]) -> T:
        """Read what may take long because much is looked through: one of a person's at a time. Raises TooMany."""
        async with self.searches.turn(actor.user_id):
            return await self.desk.read(work)

    @property
    def has_mail(self) -> bool:
        """Whether mail can be sent from here."""
        return Channel.EMAIL in self.outlets.channels

    @property
    def is_https(self) -> bool:
        """Whether cookies may demand a safe line."""
        return self.address.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """A name that a browser protects where it can."""
        return "__Host-hallway" if self.is_https else "hallway_session"

    def cookie(self, issued: Issued) -> Cookie:
        """The session cookie: out of reach of scripts and of other sites."""
        return self._cookie(self.cookie_name, issued.secret, self.session_life)

    def no_cookie(self) -> Cookie:
        """Takes the session cookie away."""
        return self._cookie(self.cookie_name, "", timedelta())

    @property
    def device_cookie_name(self) -> str:
        """As for the session's."""
        return "__Host-hallway_device" if self.is_https else "hallway_device"

    def device_cookie(self, secret: str) -> Cookie:
        """The cookie by which a browser is known in which somebody has signed in. It stays when they sign out.

        It is not signed: its secret cannot be guessed, and the store knows its hash.
        """
        return self._cookie(self.device_cookie_name, secret, DEVICE_LIFE)

    def _cookie(self, name: str, value: str, life: timedelta) -> Cookie:
        return Cookie(
            name,
            value=value,
            path="/",
            max_age=life // timedelta(seconds=1),
            httponly=True,
            samesite="lax",
            secure=self.is_https,
        )


AtDoor = NamedDependency[Door]
WithSession = NamedDependency[Session]
Asker = NamedDependency[Actor]


def door_of(state: State) -> Door:
    """The installation's door."""
    door: Door = state.door
    return door


def client_address(connection: AnyConnection) -> str:
    """Where a request comes from, for counting tries."""
    return connection.client.host if connection.client else "-"


def visitor_of(connection: AnyConnection) -> Visitor:
    """Where somebody who signs in comes from."""
    door, address = door_of(connection.app.state), client_address(connection)
    device = _cookie(connection.headers.get("cookie", ""), door.device_cookie_name)
    agent = connection.headers.get("user-agent", "")[:LONGEST_AGENT]
    return Visitor(networks(address), truncated(address), agent, device, address)


@dataclass(frozen=True, slots=True)
class Knock:
    """What a request or a socket says of itself: the secret it brings, the page and the address it comes from."""

    secret: str
    is_cookie: bool
    origin: str | None
    host: str
    address: str

    @classmethod
    def of(cls, headers: Mapping[str, str], address: str, door: Door) -> "Knock":
        """A bearer token goes before the cookie. `headers` are found by their names in small letters."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        is_cookie = scheme.lower() != "bearer"
        secret = _cookie(headers.get("cookie", ""), door.cookie_name) if is_cookie else token.strip()
        return cls(secret, is_cookie, headers.get("origin"), headers.get("host", ""), address)

    def require_own_page(self, door: Door) -> None:
        """A browser that says where it comes from must come from here. Raises PermissionDeniedException."""
        if self.origin is not None and not door.addresses.is_own_page(self.origin, self.host):
            raise PermissionDeniedException

    async def require_known_host(self, door: Door) -> None:
        """Who comes by a name that is not ours is nobody's guest. Raises PermissionDeniedException."""
        if not await door.addresses.admits(self.host, door.desk):
            raise PermissionDeniedException

    async def session(self, door: Door) -> Session:
        """The session that the secret proves. Raises NotAuthorizedException."""
        look_up = partial(sessions.who_is, secret=self.secret, clock=door.desk.clock)
        session = await door.desk.read(look_up) if self.secret else None
        if session is None or (session.kind == sessions.BROWSER) is not self.is_cookie:
            if self.secret:
                door.secrets.fail("secret", self.address)
            raise NotAuthorizedException
        return session


def _cookie(header: str, name: str) -> str:
    pairs = (one.strip().partition("=") for one in header.split(";"))
    return next((value for key, _, value in pairs if key == name), "")


async def session_of(request: Request[Any, Any, State]) -> Session:
    """The session of a request, which may ask for this by its scopes.

    Raises NotAuthorizedException; PermissionDeniedException for a change from elsewhere; Refused.
    """
    door = door_of(request.app.state)
    knock = Knock.of(request.headers, client_address(request), door)
    session = await knock.session(door)
    if knock.is_cookie and request.method not in SAFE_METHODS:
        knock.require_own_page(door)
        _require_csrf(request, session)
    require(allows(session.scopes, _needed(request)))
    return session


def _needed(request: Request[Any, Any, State]) -> Scope:
    """The scope that a request needs, by the route that was found for it: no spelling of its address leads around it."""
    if request.scope["path_template"].startswith(ADMINISTRATION):
        return Scope.ADMIN
    return Scope.READ if request.method in SAFE_METHODS else Scope.WRITE


async def actor_of(session: WithSession, request: Request[Any, Any, State]) -> Actor:
    """The one who asks."""
    return actor_through(session, client_address(request))


def actor_through(session: Session, address: str) -> Actor:
    """The person of a session as one who acts through it, from an address: over HTTP and on the socket."""
    via = Via.TOKEN if session.kind == sessions.TOKEN else Via.WEB
    return Actor(session.account_id, session.user_id, session.id, via, address, session.scopes)


def _require_csrf(connection: AnyConnection, session: Session) -> None:
    """A change made with the cookie carries a word that other sites cannot read."""
    if not compare_digest(connection.headers.get("x-csrf-token", "").encode(), session.csrf.encode()):
        raise PermissionDeniedException


def require_origin(connection: AnyConnection) -> None:
    """Raise PermissionDeniedException when a request comes from a page of another site."""
    door = door_of(connection.app.state)
    Knock.of(connection.headers, client_address(connection), door).require_own_page(door)
