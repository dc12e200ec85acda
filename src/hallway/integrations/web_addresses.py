"""Which addresses of the network belong to everybody: a request from inside may reach no other (SSRF)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_EMBEDDING = [ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]
"""IPv6 addresses that lead to an IPv4 one, by NAT64, 6to4, Teredo, or as was usual once."""
_OF_CLOUDS = frozenset({ip_address("168.63.129.16")})
"""What clouds say of a machine under an address that looks public: Azure's."""


def is_public(address: str) -> bool:
    """Return whether an address is one of the public network, in whatever form it hides: not this machine's, a private network's, the
    link's, a provider's, a group's, reserved, or one that leads on to another.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return found.ipv4_mapped is None and not any(found in one for one in _EMBEDDING) and _is_global(found)
    return found not in _OF_CLOUDS and _is_global(found)


def _is_global(found: IPv4Address | IPv6Address) -> bool:
    is_special = found.is_private or found.is_loopback or found.is_link_local or found.is_multicast
    is_special = is_special or found.is_reserved or found.is_unspecified
    return found.is_global and not is_special and not (isinstance(found, IPv6Address) and found.is_site_local)
