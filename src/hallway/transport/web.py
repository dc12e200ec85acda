"""The web client's files, the headers that keep a page safe, and health for those who run it."""

import mimetypes
import secrets
from pathlib import Path
from typing import Any

import structlog
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from hallway.transport.http.doors import door_of

WEB = Path(__file__).parent.parent / "web"
"""Where the package's build puts the client."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name holds a hash of their content."""


@get(["/", "/{path:path}"], include_in_schema=False)
async def client(request: Request[Any, Any, State], path: FromPath[str] = "") -> Response[bytes]:
    """A file of the client, or its one page for every other address."""
    name = path.strip("/")
    if name.startswith("api/"):
        raise NotFoundException
    file = (WEB / name).resolve()
    if name and file.is_file() and WEB in file.parents:
        return _file(file, request, FOREVER if name.startswith("assets/") else "no-cache")
    page = WEB / "index.html"
    if not page.is_file() or "." in name.rpartition("/")[2]:
        raise NotFoundException
    return _file(page, request, "no-cache")


def _file(file: Path, request: Request[Any, Any, State], cache: str) -> Response[bytes]:
    """The file, compressed beforehand where the browser takes that."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    packed = file.with_name(file.name + ".gz")
    if packed.is_file() and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = packed.read_bytes()
    else:
        content = file.read_bytes()
    return Response(
        content, media_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream", headers=headers
    )


@get("/livez", include_in_schema=False)
async def livez() -> dict[str, str]:
    """The process is there."""
    return {"status": "ok"}


@get("/readyz", include_in_schema=False)
async def readyz(request: Request[Any, Any, State]) -> dict[str, str]:
    """The database answers, too."""
    await door_of(request.app.state).desk.read(lambda tx: tx.accounts.only())
    return {"status": "ok"}


def guarded(app: ASGIApp) -> ASGIApp:
    """Give each request an id, each answer the safe headers, and each pair a line in the log.

    HEAD is answered like GET, without the body (RFC 9110 §9.3.2).
    """
    log = structlog.get_logger("hallway.http")

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id  # type: ignore[typeddict-item]
        method, is_api = scope["method"], scope["path"].startswith("/api/")
        if method == "HEAD":
            scope["method"] = "GET"  # type: ignore[typeddict-item]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", [])]
                names = {name.lower() for name, _ in headers}
                extra = HEADERS | {"X-Request-Id": request_id} | ({"Cache-Control": "no-store"} if is_api else {})
                headers += [
                    (name.lower().encode(), value.encode())
                    for name, value in extra.items()
                    if name.lower().encode() not in names
                ]
                message = {**message, "headers": headers}  # type: ignore[typeddict-item]
                log.info(
                    "request",
                    method=method,
                    path=scope["path"],
                    status=message["status"],
                    request_id=request_id,
                )
            elif method == "HEAD":
                message = {**message, "body": b""}  # type: ignore[typeddict-item]
            await send(message)

        await app(scope, receive, send_guarded)

    return guard


handlers = [client, livez, readyz]
