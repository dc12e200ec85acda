"""Who is at the door: sessions from cookie or bearer token, the words that changes must carry, and limits."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hmac import compare_digest
from math import ceil
from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from hallway.domain.audit import Via
from hallway.domain.events import Event, MessagePosted
from hallway.domain.ids import UserId
from hallway.domain.notices import Channel
from hallway.transport.addresses import Addresses
from hallway.transport.desk import Desk
from hallway.usecases.access import sessions
from hallway.usecases.access.sessions import Issued
from hallway.usecases.actors import Actor
from hallway.usecases.errors import TooMany
from hallway.usecases.ports import Session
from hallway.usecases.sheets import Kind, Upload

AnyConnection = ASGIConnection[Any, Any, Any, State]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Pace:
    """How often one may do something: a minute's worth at once, then evenly (the generic cell rate algorithm).

    Our own, because it is asked for every message and must cost next to nothing. What other processes accepted is heard of.
    """

    def __init__(self, per_minute: int) -> None:
        """Allow `per_minute` in a minute, on the average."""
        self.per_minute = per_minute
        self._gap = 60 / per_minute
        self._even_at: dict[str, float] = {}

    def spend(self, person: str, wanted: int = 1) -> int:
        """How many of the wanted messages may be sent now; they are counted."""
        now = time.monotonic()
        even_at = max(self._even_at.get(person, now), now)
        granted = max(0, min(wanted, int((now + 60 - even_at) / self._gap + ROUNDING)))
        self._count(person, granted, now)
        return granted

    def hear(self, events: Sequence[Event]) -> None:
        """Count what somebody sent through another process."""
        now = time.monotonic()
        for event in events:
            if isinstance(event, MessagePosted):
                self._count(event.message.sender_id, 1, now)

    def _count(self, person: str, sent: int, now: float) -> None:
        self._even_at[person] = max(self._even_at.get(person, now), now) + sent * self._gap
        if len(self._even_at) > REMEMBERED:
            self._even_at = {one: at for one, at in self._even_at.items() if at > now}

    def require(self, whoever: str) -> None:
        """Count one. Raises TooMany."""
        if not self.spend(whoever):
            raise self.too_many(whoever)

    def too_many(self, person: str) -> TooMany:
        """The refusal for who has spent all, with the seconds until the next message may be sent."""
        return TooMany(max(1, ceil(self._even_at.get(person, 0) + self._gap - 60 - time.monotonic())))


ROUNDING = 1e-6
REMEMBERED = 100_000
"""People whose pace is kept at most, beyond those who are writing at the moment."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """By which channels people who are away are told here; the push services that are sent to, and the public key that
    browsers sign up with.
    """

    channels: Collection[Channel] = ()
    push_services: Collection[str] = ()
    push_key: Callable[[], Awaitable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """What every handler may need of the installation.

    `address` is how people reach it, `addresses` all by which they may. `offered` are the (login, hint) of the demo's one-click sign-in, None outside of
    the demo. `sign_ins` is how often secrets may be tried that nobody can guess, and says how often passwords may, which
    the store counts. `read_upload` reads an uploaded file, for one person at a time. `refusals` counts what was refused, by the code of the problem.
    """

    desk: Desk
    address: str
    session_life: timedelta
    sign_ins: Pace
    sends: Pace
    set_up_token: str
    read_upload: Callable[[bytes, Kind, UserId], Awaitable[Upload]]
    outlets: Outlets = field(default_factory=Outlets)
    offered: Sequence[tuple[str, str]] | None = None
    refusals: Counter[str] = field(default_factory=Counter)
    addresses: Addresses = field(default_factory=Addresses)

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
        return self._cookie(issued.secret, self.session_life)

    def no_cookie(self) -> Cookie:
        """Takes the session cookie away."""
        return self._cookie("", timedelta())

    def _cookie(self, value: str, life: timedelta) -> Cookie:
        return Cookie(
            self.cookie_name,
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


@dataclass(frozen=True, slots=True)
class Knock:
    """What a request or a socket says of itself: the secret it brings, and the page it comes from."""

    secret: str
    is_cookie: bool
    origin: str | None
    host: str

    @classmethod
    def of(cls, headers: Mapping[str, str], door: Door) -> "Knock":
        """A bearer token goes before the cookie. `headers` are found by their names in small letters."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        is_cookie = scheme.lower() != "bearer"
        secret = _cookie(headers.get("cookie", ""), door.cookie_name) if is_cookie else token.strip()
        return cls(secret, is_cookie, headers.get("origin"), headers.get("host", ""))

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
            raise NotAuthorizedException
        return session


def _cookie(header: str, name: str) -> str:
    pairs = (one.strip().partition("=") for one in header.split(";"))
    return next((value for key, _, value in pairs if key == name), "")


async def session_of(connection: AnyConnection) -> Session:
    """The session of a request. Raises NotAuthorizedException; PermissionDeniedException for a change from elsewhere."""
    door = door_of(connection.app.state)
    knock = Knock.of(connection.headers, door)
    session = await knock.session(door)
    if knock.is_cookie and isinstance(connection, Request) and connection.method not in SAFE_METHODS:
        knock.require_own_page(door)
        _require_csrf(connection, session)
    return session


async def session_of_request(request: Request[Any, Any, State]) -> Session:
    """The session of a request."""
    return await session_of(request)


async def actor_of(session: WithSession, request: Request[Any, Any, State]) -> Actor:
    """The one who asks."""
    via = Via.TOKEN if session.kind == sessions.TOKEN else Via.WEB
    return Actor(session.account_id, session.user_id, session.id, via, client_address(request))


def _require_csrf(connection: AnyConnection, session: Session) -> None:
    """A change made with the cookie carries a word that other sites cannot read."""
    if not compare_digest(connection.headers.get("x-csrf-token", "").encode(), session.csrf.encode()):
        raise PermissionDeniedException


def require_origin(connection: AnyConnection) -> None:
    """Raise PermissionDeniedException when a request comes from a page of another site."""
    door = door_of(connection.app.state)
    Knock.of(connection.headers, door).require_own_page(door)
