"""Who asks: sessions from cookie or bearer token, the words that changes must carry, and scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hmac import compare_digest
from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from hallway.domain.audit import Via
from hallway.domain.scopes import Scope, allows
from hallway.domain.verdicts import require
from hallway.transport import cookies
from hallway.transport.app_context import AppContext, context_of
from hallway.transport.errors import ClientOutdated
from hallway.transport.networks import networks, truncated
from hallway.transport.tenancy import Site, site_of
from hallway.transport.wire.version import HEADER, PROTOCOL
from hallway.usecases.access import sessions
from hallway.usecases.access.records import Session
from hallway.usecases.access.visitors import Visitor
from hallway.usecases.actors import Actor

AnyConnection = ASGIConnection[Any, Any, Any, State]


SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


ADMINISTRATION = "/api/v1/admin/"
"""What begins like this needs the scope of administration, whatever the method."""


CSRF = "x-csrf-token"
"""The header with the word that changes must carry."""


LONGEST_PROTOCOL = 9
"""Digits that are read of a version."""


LONGEST_AGENT = 400
"""Letters that are kept of what a browser says of itself."""


WithSession = NamedDependency[Session]


CurrentActor = NamedDependency[Actor]


def client_address(connection: AnyConnection) -> str:
    """Return the address that a request comes from, for counting tries."""
    return connection.client.host if connection.client else "-"


def visitor_of(connection: AnyConnection) -> Visitor:
    """Describe the visitor who signs in: networks, address, browser and device."""
    address = client_address(connection)
    device = cookies.read(connection.headers.get("cookie", ""), cookies.device_name(site_of(connection)))
    agent = connection.headers.get("user-agent", "")[:LONGEST_AGENT]
    return Visitor(networks=networks(address), network=truncated(address), agent=agent, device=device, address=address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The secret that a request or a socket brings, the page, host and address that it comes from, and the version of
    the protocol that its client speaks, where it must state it.

    A bearer token takes precedence over the cookie.
    """

    token: str | None
    cookies: str
    origin: str | None
    host: str
    address: str
    protocol: str | None
    must_state_protocol: bool

    @classmethod
    def of(cls, headers: Mapping[str, str], address: str, *, protocol: str | None, is_script: bool) -> "Credentials":
        """Read the credentials from `headers`, which are found by their names in lower case.

        A page's script can state its protocol; what a browser asks for by itself (a picture, a preload) cannot.
        """
        scheme, _, token = headers.get("authorization", "").partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" else None
        host, origin = headers.get("host", ""), headers.get("origin")
        return cls(
            token=bearer,
            cookies=headers.get("cookie", ""),
            origin=origin,
            host=host,
            address=address,
            protocol=protocol,
            must_state_protocol=bearer is None and is_script,
        )

    @property
    def is_cookie(self) -> bool:
        """Whether they come from a browser, by its cookie."""
        return self.token is None

    def require_own_page(self, site: Site) -> None:
        """Raise PermissionDeniedException when a browser states an origin that is not a page of this site."""
        if self.origin is not None and not site.is_own_page(self.origin, self.host):
            raise PermissionDeniedException

    async def site(self, context: AppContext) -> Site:
        """Return the site of the host. Raises PermissionDeniedException for a host that is not ours."""
        site = await context.sites.at(self.host)
        if site is None:
            raise PermissionDeniedException
        return site

    def require_current(self) -> None:
        """Raise ClientOutdated for a client of an older protocol, which would misread what it gets."""
        if self.protocol is None:
            if self.must_state_protocol:
                raise ClientOutdated
        elif not self.protocol.isdecimal() or int(self.protocol[:LONGEST_PROTOCOL]) < PROTOCOL:
            raise ClientOutdated

    async def session(self, context: AppContext, site: Site) -> Session:
        """Return the session in the site's account that the secret proves. Raises NotAuthorizedException."""
        secret = cookies.read(self.cookies, cookies.session_name(site)) if self.token is None else self.token
        if not secret or site.account is None or site.account.is_suspended:
            raise NotAuthorizedException
        look_up = partial(sessions.who_is, account_id=site.account.id, secret=secret, clock=context.store.clock)
        session = await context.store.read(look_up)
        if session is None or (session.kind == sessions.BROWSER) is not self.is_cookie:
            context.secrets.fail(f"secret {site.account.id}", self.address)
            raise NotAuthorizedException
        return session


async def session_of(request: Request[Any, Any, State]) -> Session:
    """Return the session of a request, after checking that its scopes allow the request.

    Raises NotAuthorizedException; PermissionDeniedException for a change from elsewhere; ClientOutdated; Refused.
    """
    site, credentials = site_of(request), _credentials(request)
    session = await credentials.session(context_of(request.app.state), site)
    if credentials.is_cookie and request.method not in SAFE_METHODS:
        credentials.require_own_page(site)
        _require_csrf(request, session)
    credentials.require_current()
    require(allows(session.scopes, _needed(request)))
    return session


def _credentials(connection: AnyConnection) -> Credentials:
    """Read the credentials of a request; scripts of our own page send the CSRF token with each."""
    headers = connection.headers
    protocol, is_script = headers.get(HEADER), CSRF in headers
    return Credentials.of(headers, client_address(connection), protocol=protocol, is_script=is_script)


def _needed(request: Request[Any, Any, State]) -> Scope:
    """Return the scope that a request needs, by the route found for it: no spelling of its address gets around it."""
    if request.scope["path_template"].startswith(ADMINISTRATION):
        return Scope.ADMIN
    return Scope.READ if request.method in SAFE_METHODS else Scope.WRITE


async def actor_of(session: WithSession, request: Request[Any, Any, State]) -> Actor:
    """Return the current actor."""
    return actor_through(session, client_address(request))


def actor_through(session: Session, address: str) -> Actor:
    """Return the person of a session as an actor, at an address: over HTTP and on the socket."""
    via = Via.TOKEN if session.kind == sessions.TOKEN else Via.WEB
    return Actor(
        account_id=session.account_id,
        user_id=session.user_id,
        session_id=session.id,
        via=via,
        address=address,
        scopes=session.scopes,
    )


def _require_csrf(connection: AnyConnection, session: Session) -> None:
    """Raise PermissionDeniedException for a change without the session's CSRF token, which other sites cannot read."""
    if not compare_digest(connection.headers.get(CSRF, "").encode(), session.csrf.encode()):
        raise PermissionDeniedException


def require_origin(connection: AnyConnection) -> None:
    """Raise PermissionDeniedException when a request comes from a page of another site."""
    _credentials(connection).require_own_page(site_of(connection))
