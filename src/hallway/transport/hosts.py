"""Refuses requests that came by a name that is not Hallway's, whatever they ask for."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

import msgspec
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from hallway.locales import LANGUAGES, locale_of
from hallway.transport import errors
from hallway.transport.addresses import name_of
from hallway.transport.app_context import AppContext
from hallway.usecases.errors import Busy
from hallway.usecases.transaction import StoreUnavailable

PROBES = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked by machines, by the address of a container; they say nothing to strangers."""
HSTS = (b"strict-transport-security", b"max-age=31536000")
"""For a year this host is asked over TLS alone (RFC 6797)."""
MISDIRECTED = 421

Headers = Iterable[tuple[bytes, bytes]]


def only_known(app: ASGIApp, context: AppContext) -> ASGIApp:
    """Answer requests to known hosts, and promise browsers TLS where it is spoken; refuse all others."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        host = _header(scope["headers"], b"host")
        try:
            is_known = scope["path"] in PROBES or await context.addresses.admits(host, context.store)
        except (StoreUnavailable, Busy) as failure:
            await _refuse(scope, send, context, failure)
            return
        if not is_known:
            await _refuse(scope, send, context, errors.UnknownHost(host))
            return
        await app(scope, receive, _promising(send) if context.addresses.is_https(host) else send)

    return guard


def _promising(send: Send) -> Send:
    async def promise(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), HSTS]}  # type: ignore[typeddict-item]
        await send(message)

    return promise


async def _refuse(scope: Any, send: Send, context: AppContext, failure: Exception) -> None:
    """A problem document for programs, a page for people."""
    document = errors.problem(failure, str(scope.get("state", {}).get("request_id", "-")))
    context.refusals[document.code] += 1
    accepts = _header(scope["headers"], b"accept")
    if document.status == MISDIRECTED and "text/html" in accepts:
        media_type, body = "text/html; charset=utf-8", _page(scope).encode()
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


def _page(scope: Any) -> str:
    wanted = re.findall(r"(?:^|,)\s*(\w\w)", _header(scope["headers"], b"accept-language"))
    say = locale_of(next((one for one in wanted if one in LANGUAGES), "en"))
    name = name_of(_header(scope["headers"], b"host")) or "…"
    said = [escape(say(one, host=name)) for one in ("unknown-host-title", "unknown-host-what", "unknown-host-remedy")]
    title, *lines = said
    head = f'<!doctype html><html lang="{say.language}" dir="{say.direction}"><meta charset="utf-8">'
    fit = '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    return f"{head}{fit}<title>{title}</title><h1>{title}</h1>" + "".join(f"<p>{one}</p>" for one in lines)


def _header(headers: Headers, name: bytes) -> str:
    """The value of a header; nothing where it is missing, and where two values leave open which one is meant."""
    found = [value.decode("latin-1") for key, value in headers if key == name]
    return found[0] if len(found) == 1 else ""
