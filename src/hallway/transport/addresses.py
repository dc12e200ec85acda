"""Hosts and origins as requests name them, and as an operator writes them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?P<name>[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?")
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#@]+)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port of a page (RFC 6454)."""

    scheme: str
    name: str
    port: int

    def __str__(self) -> str:
        """Return the origin as browsers write it."""
        port = "" if self.port == USUAL_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.name}{port}"


@lru_cache(maxsize=256)
def origin_of(text: str) -> Origin | None:
    """Parse an `Origin` header; None for `null`, and for anything that is not an origin."""
    found = _ORIGIN.fullmatch(text.lower())
    host = found and _HOST.fullmatch(found["host"])
    if not found or not host:
        return None
    scheme = found["scheme"]
    return Origin(scheme, host["name"], int(host["port"] or USUAL_PORTS[scheme]))


@lru_cache(maxsize=256)
def name_of(host: str) -> str | None:
    """Return the name or address in a `Host` header, without its port; None when it is malformed."""
    found = _HOST.fullmatch(host.lower())
    return found["name"] if found else None


@lru_cache(maxsize=256)
def is_loopback(name: str) -> bool:
    """Return whether a host name leads to the machine itself, whatever a name server says."""
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"


def configured_origin(address: str) -> Origin | None:
    """Return the origin of a URL, or None. Operators may end it with a slash, and write names as people do."""
    parts = urlsplit(address)
    try:
        name = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return Origin(parts.scheme, name, parts.port or USUAL_PORTS[parts.scheme]) if parts.scheme in USUAL_PORTS else None
