"""The web client's files, the headers that keep a page safe, and health for those who run it."""

import mimetypes
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from hallway.transport import edge, errors, preload
from hallway.transport.health import Health
from hallway.transport.metrics import Metrics
from hallway.transport.tenancy import site_of

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
_log = structlog.get_logger("hallway.http")

FOREVER = "public, max-age=31536000, immutable"
"""For files whose name holds a hash of their content."""

LINK = "/link/"
"""Where the pages for one-time links are."""

APP: Mapping[str, Any] = {
    "id": "/",
    "start_url": "/messages",
    "scope": "/",
    "display": "standalone",
    "theme_color": "#0a6650",
    "background_color": "#f4f6f4",
    "icons": [
        {"src": "/mark.svg", "type": "image/svg+xml", "sizes": "any"},
        {"src": "/icon-192.png", "type": "image/png", "sizes": "192x192"},
        {"src": "/icon-512.png", "type": "image/png", "sizes": "512x512"},
        {"src": "/icon-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
    ],
}
"""The installed app, but for its name."""

PACKINGS = {"br": ".br", "gzip": ".gz"}
"""How the package's build packed the texts, the smallest first: coding -> the ending of the packed twin's name."""


@get(["/", "/{path:path}"], include_in_schema=False)
async def client(request: Request[Any, Any, State], path: FromPath[str] = "") -> Response[bytes]:
    """Return a file of the web client, or its single page for every other address."""
    name = path.strip("/")
    if name.startswith("api/"):
        raise NotFoundException
    file = _part_of_client(name)
    if file is not None:
        return _file(file, request, FOREVER if name.startswith("assets/") else "no-cache")
    page = WEB / "index.html"
    if not page.is_file() or "." in name.rpartition("/")[2]:
        raise NotFoundException
    answer = _file(page, request, "no-cache")
    answer.headers["Link"] = preload.links(request, name, WEB / "foreseen.json")
    answer.headers["Vary"] = ", ".join([answer.headers["Vary"], *preload.VARY])
    return answer


def _part_of_client(name: str) -> Path | None:
    """Return the file with this name inside the client's folder, or None, also for a name that no file system takes.

    The folder itself may be reached by a symbolic link, as with releases beside each other; no link leads out of it.
    """
    try:
        file = (WEB / name).resolve()
        return file if name and file.is_file() and WEB.resolve() in file.parents else None
    except (OSError, ValueError):
        return None


def _file(file: Path, request: Request[Any, Any, State], cache: str) -> Response[bytes]:
    """Return the file, precompressed where the browser accepts that."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    packed = file
    for coding, ending in PACKINGS.items():
        candidate = file.with_name(file.name + ending)
        if coding in request.headers.get("accept-encoding", "") and candidate.is_file():
            headers["Content-Encoding"], packed = coding, candidate
            break
    return Response(
        packed.read_bytes(),
        media_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        headers=headers,
    )


@get("/manifest.webmanifest", include_in_schema=False)
async def manifest(request: Request[Any, Any, State]) -> Response[dict[str, Any]]:
    """Return what a browser needs to install Hallway as an app (W3C Web Application Manifest), with the academy's name."""
    account = site_of(request).account
    content = {**APP, "name": account.name if account else "Hallway"}
    return Response(content, media_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@get("/livez", include_in_schema=False)
async def livez() -> dict[str, str]:
    """Answer that the process is alive."""
    return {"status": "ok"}


@get("/readyz", include_in_schema=False)
async def readyz(request: Request[Any, Any, State]) -> dict[str, str]:
    """Answer ok when the database can be read and written, and nobody has asked the server to stop."""
    health: Health = request.app.state.health
    await health.require_ready()
    return {"status": "ok"}


def guarded(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """Give each request an id, each answer the security headers, and each pair a line in the log and a place in the metrics.

    HEAD is answered like GET, without the body (RFC 9110 §9.3.2).
    """

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope = {**scope, "method": "GET"}  # type: ignore[assignment] # a copy, since uvicorn looks at its own once more
        answer = _Answer(send, scope, metrics, is_head=is_head)
        scope.setdefault("state", {})["request_id"] = answer.request_id  # type: ignore[typeddict-item]
        objection = _objection(scope)
        if objection is not None:
            await answer.refuse(objection)
            return
        with bound_contextvars(request_id=answer.request_id):
            await app(scope, receive, answer.pass_on)

    return guard


def _objection(scope: Any) -> int | None:
    """Return the status that refuses an address which no handler could use; None for a usable address."""
    path, query = scope["raw_path"], scope["query_string"]
    if edge.is_too_long(path, query):
        return 414
    return None if edge.is_legible(path) and edge.is_legible(query) else 400


class _Answer:
    """One answer on its way out."""

    def __init__(self, send: Send, scope: Any, metrics: Metrics, *, is_head: bool) -> None:
        self._began = time.perf_counter()
        self._send = send
        self._scope = scope
        self._metrics = metrics
        self._is_head = is_head
        self._method = "HEAD" if is_head else str(scope["method"])
        self._path: str = scope["path"]
        self._status = 0
        self.request_id = secrets.token_hex(8)

    async def refuse(self, status: int) -> None:
        """Answer with a problem document, before the request reaches the application."""
        headers, body = errors.bare(status, self.request_id)
        await self.pass_on({"type": "http.response.start", "status": status, "headers": headers})
        await self.pass_on({"type": "http.response.body", "body": body, "more_body": False})

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message = {**message, "headers": self._completed([*message.get("headers", [])])}  # type: ignore[typeddict-item]
        elif self._is_head:
            message = {**message, "body": b""}  # type: ignore[typeddict-item]
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self._note()

    def _note(self) -> None:
        """Log and measure the answer. Its route is known only once a handler was found; otherwise it is `none`."""
        seconds = time.perf_counter() - self._began
        route = self._scope.get("path_template", "none")
        self._metrics.answered(self._method, route, self._status, seconds)
        _log.info(
            "request",
            method=self._method,
            path=_shown(self._path),
            status=self._status,
            milliseconds=round(seconds * 1e3),
        )

    def _completed(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Add the usual headers that the handler left out."""
        names = {name.lower() for name, _ in headers}
        cache = {"Cache-Control": "no-store"} if self._path.startswith("/api/") else {}
        usual = HEADERS | {"X-Request-Id": self.request_id} | cache
        added = [(name.lower().encode(), value.encode()) for name, value in usual.items()]
        return headers + [one for one in added if one[0] not in names]


def _shown(path: str) -> str:
    """Return a path for the log, without the secret of a one-time link: whoever reads the log must not spend it."""
    return f"{LINK}…" if path.startswith(LINK) else path


handlers = [client, manifest, livez, readyz]
