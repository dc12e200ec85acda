"""The cookies of a site: of a session, and of a browser in which somebody has signed in."""

from datetime import timedelta

from litestar.datastructures import Cookie

from hallway.transport.tenancy import Site
from hallway.usecases.access.known_devices import DEVICE_LIFE
from hallway.usecases.access.sessions import Issued


def session_name(site: Site) -> str:
    """Return the name of the session cookie, with the prefix that browsers protect where the site has TLS."""
    return "__Host-hallway" if site.is_https else "hallway_session"


def device_name(site: Site) -> str:
    """Return the name of the device cookie."""
    return "__Host-hallway_device" if site.is_https else "hallway_device"


def session_cookie(site: Site, issued: Issued, life: timedelta) -> Cookie:
    """Make the session cookie, out of reach of scripts and of other sites."""
    return _cookie(site, session_name(site), issued.secret, life)


def no_session_cookie(site: Site) -> Cookie:
    """Make the cookie that removes the session cookie."""
    return _cookie(site, session_name(site), "", timedelta())


def device_cookie(site: Site, secret: str) -> Cookie:
    """Make the cookie that marks a browser in which somebody has signed in. It stays when they sign out.

    It is not signed: its secret cannot be guessed, and the store knows its hash.
    """
    return _cookie(site, device_name(site), secret, DEVICE_LIFE)


def read(header: str, name: str) -> str:
    """Return a cookie of a `Cookie` header; empty where it is missing."""
    pairs = (one.strip().partition("=") for one in header.split(";"))
    return next((value for key, _, value in pairs if key == name), "")


def _cookie(site: Site, name: str, value: str, life: timedelta) -> Cookie:
    return Cookie(
        name,
        value=value,
        path="/",
        max_age=life // timedelta(seconds=1),
        httponly=True,
        samesite="lax",
        secure=site.is_https,
    )
