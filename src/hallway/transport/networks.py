"""Where a request comes from: the client behind trusted proxies, and the networks for which tries are counted."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

SITE, LINK = 48, 64
"""Bits of the prefix that one customer is given at most, and of the smallest one: who has an address has all of those."""
UNKNOWN = "unknown"


def networks(address: str) -> tuple[str, ...]:
    """Return the networks of an address, the smallest first: for IPv4 the address alone, for IPv6 its /64 and its /48."""
    try:
        found = ip_address(address)
    except ValueError:
        return (UNKNOWN,)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if isinstance(found, IPv6Address):
        return tuple(str(ip_network((int(found), bits), strict=False)) for bits in (LINK, SITE))
    return (str(found),)


def truncated(address: str) -> str:
    """Shorten an address so that its owner recognises it and it names no household: IPv4 without its last number, IPv6's /48."""
    found = networks(address)[-1]
    if found == UNKNOWN:
        return ""
    return found.removesuffix(f"/{SITE}") if ":" in found else found.rpartition(".")[0] + ".*"


class Proxies:
    """Proxies that are believed when they say whom they stand for, as uvicorn believes them for HTTP."""

    def __init__(self, trusted: str = "", *, sets_host: bool = False) -> None:
        """Trust these addresses and networks, separated by commas; `*` trusts everybody.

        `sets_host` says that they always set X-Forwarded-Host themselves: where they pass on what a client sent, a page
        from elsewhere could choose the host.
        """
        self._sets_host = sets_host
        self._is_everybody = trusted.strip() == "*"
        self._trusted = [] if self._is_everybody else [*_networks(trusted.split(","))]

    def host(self, peer: str, host: str, forwarded_host: str) -> str:
        """Return the host that a request came by: the one that its proxy states, where that is trusted."""
        named = forwarded_host.rpartition(",")[2].strip()
        return named if self._sets_host and named and self._is_trusted(peer) else host

    def client(self, peer: str, forwarded_for: str) -> str:
        """Return the client that a connection from `peer` stands for, by its X-Forwarded-For."""
        named = [_without_port(one.strip()) for one in forwarded_for.split(",") if one.strip()]
        if not named or not self._is_trusted(peer):
            return peer
        if self._is_everybody:
            return named[0]
        return next((one for one in reversed(named) if not self._is_trusted(one)), named[0])

    def _is_trusted(self, address: str) -> bool:
        if self._is_everybody:
            return True
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._trusted)


def _networks(texts: Sequence[str]) -> Iterator[IPv4Network | IPv6Network]:
    """Parse the networks that are valid; uvicorn, which reads the same setting, tolerates the others, too."""
    for one in texts:
        with suppress(ValueError):
            yield ip_network(one.strip())


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host
