"""The addresses at which an account's people reach it: URLs of host names, without a path."""

from urllib.parse import urlsplit

from hallway.domain.accounts import Account
from hallway.usecases.errors import Conflict, Invalid, Problem

LONGEST_HOST = 253
"""Characters of a host name (RFC 1035 §2.3.4)."""
_SCHEMES = ("https", "http")


def address(text: str) -> str:
    """Return an address as it is stored: in small letters, its host in ASCII, without a slash at its end.

    Raises Invalid for what is no address of a host name.
    """
    parts = urlsplit(text.strip().rstrip("/"))
    host, port = _host_and_port(text)
    if parts.scheme not in _SCHEMES or not host or parts.path or parts.query or parts.fragment or parts.username:
        raise _bad(text)
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def host_of(url: str) -> str:
    """Return the host name of a stored address."""
    return urlsplit(url).hostname or ""


def taken(host: str, by: Account) -> Conflict:
    """Return the refusal of an address whose host already leads to an account."""
    message = (
        f"{host} already leads to the account “{by.name}”. Choose another address, "
        f"or give that account another one first: hallway account change {by.id} --address https://…"
    )
    return Conflict("clash", message)


def _host_and_port(text: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (UnicodeError, ValueError):
        raise _bad(text) from None
    return (host, port) if len(host) <= LONGEST_HOST else ("", port)


def _bad(text: str) -> Invalid:
    message = f"{text} isn't an address. Write it like https://chat.example.org, without a path."
    return Invalid(Problem("address", "invalid", message))
