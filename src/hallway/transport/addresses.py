"""At which addresses Hallway is reached: a request that came by another name gets nothing, a page from elsewhere changes nothing.

Without that, a page of somebody else's could let its own name lead to Hallway (DNS rebinding): to the browser it would be
Hallway's own page, inside of the network that keeps strangers out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog

from hallway.transport.async_store import AsyncStore
from hallway.usecases.accounts import keys
from hallway.usecases.transaction import Transaction

USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?P<name>[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?")
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#@]+)")
_ANYWHERE = frozenset({"", "0.0.0.0", "[::]"})  # noqa: S104 - nothing listens here: these name no host
_HINT = (
    "Only requests to localhost are answered. "
    "Set HALLWAY_PUBLIC_URL to the address that people type, and HALLWAY_OTHER_URLS to any others that lead here."
)

_log = structlog.get_logger("hallway")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port of a page (RFC 6454)."""

    scheme: str
    name: str
    port: int

    def __str__(self) -> str:
        """As browsers write it."""
        port = "" if self.port == USUAL_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.name}{port}"


@lru_cache(maxsize=256)
def origin_of(text: str) -> Origin | None:
    """What an `Origin` header says; None for `null`, and for what is none."""
    found = _ORIGIN.fullmatch(text.lower())
    host = found and _HOST.fullmatch(found["host"])
    if not found or not host:
        return None
    scheme = found["scheme"]
    return Origin(scheme, host["name"], int(host["port"] or USUAL_PORTS[scheme]))


@lru_cache(maxsize=256)
def name_of(host: str) -> str | None:
    """The name or address in a `Host` header, without its port; None for what is none."""
    found = _HOST.fullmatch(host.lower())
    return found["name"] if found else None


@lru_cache(maxsize=256)
def is_loopback(name: str) -> bool:
    """Whether it leads to the machine itself, whatever a name server says."""
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"


class Addresses:
    """Those that the operator has set; where none is, the one at which Hallway was set up. Loopback always is one."""

    def __init__(self, configured: Iterable[str] = ()) -> None:
        """`configured` are URLs; one that names no host, as 0.0.0.0, is none."""
        found = map(_configured, configured)
        self._origins = {one for one in found if one is not None and one.name not in _ANYWHERE}
        self._may_learn = all(is_loopback(one.name) for one in self._origins)

    @property
    def may_learn(self) -> bool:
        """Whether the first run may still say where Hallway is reached."""
        return self._may_learn

    async def learn(self, store: AsyncStore) -> None:
        """Know what the first run said, if there was one."""
        remembered = await store.read(_remembered) if self._may_learn else None
        if remembered is not None:
            self._remember(remembered)

    def _remember(self, address: str) -> None:
        self._may_learn = False
        found = origin_of(address)
        if found is not None:
            self._origins.add(found)

    def warn(self) -> None:
        """Say it to the operator where nobody can come in but from the machine itself."""
        if not self._may_learn and all(is_loopback(one.name) for one in self._origins):
            _log.warning("address_unknown", hint=_HINT)

    async def admits(self, host: str, store: AsyncStore) -> bool:
        """Whether a request to this `Host` is answered. Ports do not matter: proxies leave them out, names are what lies."""
        name = name_of(host)
        if name is None:
            return False
        if not self._is_known(name):
            await self.learn(store)
        return self._may_learn or self._is_known(name)

    def _is_known(self, name: str) -> bool:
        return is_loopback(name) or any(one.name == name for one in self._origins)

    def is_https(self, host: str) -> bool:
        """Whether this host is reached over TLS alone."""
        name = name_of(host)
        return {one.scheme for one in self._origins if one.name == name} == {"https"}

    def is_own_page(self, origin: str, host: str) -> bool:
        """Whether a page of this `Origin` is Hallway's. On loopback Hallway is reached without TLS, by any port."""
        found, name = origin_of(origin), name_of(host)
        if found is None or name is None:
            return False
        return found in self._origins or (is_loopback(name) and found == origin_of(f"http://{host}"))

    def at_set_up(self, origin: str | None, host: str) -> str | None:
        """The address by which the first run is made, to be remembered; None when the page is not of that host.

        Behind a proxy with TLS the page alone knows its scheme. Who sets up has the token, and no other page has.
        """
        if origin is None:
            return str(origin_of(f"http://{host}") or "")
        found = origin_of(origin)
        if found is None or found != origin_of(f"{found.scheme}://{host}"):
            return None
        return str(found)


def _configured(address: str) -> Origin | None:
    """Operators may end their URL with a slash, and write names as people do."""
    parts = urlsplit(address)
    try:
        name = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return Origin(parts.scheme, name, parts.port or USUAL_PORTS[parts.scheme]) if parts.scheme in USUAL_PORTS else None


def _remembered(tx: Transaction) -> str | None:
    """What the first run said; empty when it said nothing, None before it."""
    account = tx.accounts.default()
    return None if account is None else tx.settings.secret(account.id, keys.ADDRESS) or ""
