"""Leads requests to the account whose host they name, and refuses those by a name that is none, whatever they ask for."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import msgspec
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from hallway.locales import LANGUAGES, locale_of
from hallway.transport import errors
from hallway.transport.addresses import name_of
from hallway.transport.app_context import AppContext
from hallway.transport.tenancy import STATE, Site
from hallway.usecases.errors import Busy
from hallway.usecases.transaction import StoreUnavailable

PROBES = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked by machines, by the address of a container; they say nothing to strangers."""
HSTS = (b"strict-transport-security", b"max-age=31536000")
"""For a year this host is asked over TLS alone (RFC 6797)."""
_PAGES: Mapping[type[Exception], str] = {errors.UnknownHost: "unknown-host", errors.AccountSuspended: "suspended"}
"""Refusals that people are told on a page, by how the names of its texts begin."""

Headers = Iterable[tuple[bytes, bytes]]


def for_sites(app: ASGIApp, context: AppContext) -> ASGIApp:
    """Lead each request to the site of its host, refuse all others, and send HSTS where a host speaks TLS alone."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        host = _behind_proxies(scope, context)
        if scope["path"] in PROBES:
            await app(scope, receive, send)
            return
        try:
            site = _open(await context.sites.at(host), host)
        except (StoreUnavailable, Busy, errors.UnknownHost, errors.AccountSuspended) as failure:
            await _refuse(scope, send, context, failure)
            return
        scope["state"][STATE] = site  # type: ignore[typeddict-item]  # made by the guard around this one
        with bound_contextvars(account=site.account.id if site.account else "-"):
            await app(scope, receive, _promising(send) if site.speaks_tls_alone(host) else send)

    return guard


def _open(site: Site | None, host: str) -> Site:
    """Return the site, where people may come in. Raises UnknownHost, AccountSuspended."""
    if site is None:
        raise errors.UnknownHost(host)
    if site.account is not None and site.account.is_suspended:
        raise errors.AccountSuspended
    return site


def _behind_proxies(scope: Any, context: AppContext) -> str:
    """Return the host of a request. Behind a trusted proxy, the client and the host in the scope are replaced."""
    headers, peer = scope["headers"], scope["client"][0] if scope["client"] else ""
    forwarded_for = ",".join(value.decode("latin-1") for key, value in headers if key == b"x-forwarded-for")
    client = context.proxies.client(peer, forwarded_for)
    if client != peer:
        scope["client"] = (client, 0)
    named = _header(headers, b"host")
    host = context.proxies.host(peer, named, _header(headers, b"x-forwarded-host"))
    if host != named:
        scope["headers"] = [(key, value) for key, value in headers if key != b"host"] + [
            (b"host", host.encode("latin-1"))
        ]
    return host


def _promising(send: Send) -> Send:
    async def promise(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), HSTS]}  # type: ignore[typeddict-item]
        await send(message)

    return promise


async def _refuse(scope: Any, send: Send, context: AppContext, failure: Exception) -> None:
    """Send a problem document to programs, and a page to people."""
    document = errors.problem(failure, str(scope.get("state", {}).get("request_id", "-")))
    context.refusals[document.code] += 1
    accepts = _header(scope["headers"], b"accept")
    page = _PAGES.get(type(failure))
    if page is not None and "text/html" in accepts:
        media_type, body = "text/html; charset=utf-8", _page(scope, page).encode()
    else:
        media_type, body = errors.MEDIA_TYPE, msgspec.json.encode(document)
    headers = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
    start = {
        "type": "http.response.start",
        "status": document.status,
        "headers": [*headers, (b"cache-control", b"no-store")],
    }
    await send(start)  # type: ignore[arg-type]  # a dictionary as ASGI has it
    await send({"type": "http.response.body", "body": body})  # type: ignore[arg-type, typeddict-item]  # as above


def _page(scope: Any, name: str) -> str:
    wanted = re.findall(r"(?:^|,)\s*(\w\w)", _header(scope["headers"], b"accept-language"))
    say = locale_of(next((one for one in wanted if one in LANGUAGES), "en"))
    host = name_of(_header(scope["headers"], b"host")) or "…"
    said = [escape(say(f"{name}-{part}", host=host)) for part in ("title", "what", "remedy")]
    title, *lines = said
    head = f'<!doctype html><html lang="{say.language}" dir="{say.direction}"><meta charset="utf-8">'
    fit = '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    return f"{head}{fit}<title>{title}</title><h1>{title}</h1>" + "".join(f"<p>{one}</p>" for one in lines)


def _header(headers: Headers, name: bytes) -> str:
    """Return the value of a header; empty where it is missing, or where two values leave open which is meant."""
    found = [value.decode("latin-1") for key, value in headers if key == name]
    return found[0] if len(found) == 1 else ""
