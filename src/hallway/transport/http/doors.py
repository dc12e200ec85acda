"""Who is at the door: sessions from cookie or bearer token, the words that changes must carry, and limits."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from litestar.connection import ASGIConnection, Request
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from hallway.transport.desk import Desk
from hallway.usecases import entry
from hallway.usecases.actors import Actor
from hallway.usecases.entry import Issued
from hallway.usecases.errors import TooMany
from hallway.usecases.imports import Sheet
from hallway.usecases.ports import Session

AnyConnection = ASGIConnection[Any, Any, Any, State]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Limits:
    """How often one may try: counted per key, in this process."""

    def __init__(self, per_minute: int) -> None:
        """Allow `per_minute` in any minute."""
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, *key: str) -> None:
        """Raise TooMany when this key has used up its minute."""
        if not self._limiter.test(self._item, *key):
            raise TooMany(self._wait(*key))

    def count(self, *key: str) -> None:
        """Count one try."""
        self._limiter.hit(self._item, *key)

    def spend(self, *key: str) -> None:
        """Check and count."""
        if not self._limiter.hit(self._item, *key):
            raise TooMany(self._wait(*key))

    def _wait(self, *key: str) -> int:
        return max(1, round(self._limiter.get_window_stats(self._item, *key).reset_time - time.time()))


@dataclass(frozen=True, slots=True)
class Door:
    """What every handler may need of the installation.

    `address` is how people reach it. `offered` are the (login, hint) of the demo's one-click sign-in, None outside of
    the demo. `read_sheet` reads an uploaded file.
    """

    desk: Desk
    address: str
    session_life: timedelta
    sign_ins: Limits
    sends: Limits
    set_up_token: str
    read_sheet: Callable[[bytes], Sheet]
    offered: Sequence[tuple[str, str]] | None = None

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


async def session_of(connection: AnyConnection) -> Session:
    """The session of a request or socket. Raises NotAuthorizedException."""
    door = door_of(connection.app.state)
    secret, is_cookie = _secret(connection, door)
    session = await door.desk.read(lambda tx: entry.who_is(tx, secret, clock=door.desk.clock)) if secret else None
    if session is None or (session.kind == entry.BROWSER) is not is_cookie:
        raise NotAuthorizedException
    if is_cookie and isinstance(connection, Request) and connection.method not in SAFE_METHODS:
        require_origin(connection)
        _require_csrf(connection, session)
    return session


async def session_of_request(request: Request[Any, Any, State]) -> Session:
    """The session of a request."""
    return await session_of(request)


async def actor_of(session: WithSession) -> Actor:
    """The one who asks."""
    return Actor(session.account_id, session.user_id, session.id)


def _secret(connection: AnyConnection, door: Door) -> tuple[str, bool]:
    """(the secret, whether it came as a cookie)."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip(), False
    return connection.cookies.get(door.cookie_name, ""), True


def _require_csrf(connection: AnyConnection, session: Session) -> None:
    """A change made with the cookie carries a word that other sites cannot read."""
    if not compare_digest(connection.headers.get("x-csrf-token", "").encode(), session.csrf.encode()):
        raise PermissionDeniedException


def require_origin(connection: AnyConnection) -> None:
    """A browser that says where it comes from must come from here. Raises PermissionDeniedException."""
    origin = connection.headers.get("origin")
    if origin is None:
        return
    ours = {connection.headers.get("host", ""), urlsplit(door_of(connection.app.state).address).netloc}
    if urlsplit(origin).netloc not in ours:
        raise PermissionDeniedException
