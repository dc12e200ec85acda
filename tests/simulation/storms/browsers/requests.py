"""The whole application as browsers meet it: real requests through its own router, with cookie and CSRF word."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Litestar

from hallway.app import sketch
from hallway.transport import hosts
from hallway.transport.last_seen import LastSeen
from tests.simulation.storms.environment import Environment

_application: list[Litestar] = []


@dataclass(frozen=True, slots=True)
class Request:
    """What a page of a host asks for, and the secret of its cookie."""

    host: str
    secret: str
    method: str
    path: str
    headers: dict[str, str]
    body: str | None

    async def through(self, environment: Environment) -> tuple[int, str]:
        """The status and the content of the answer."""
        application = _at(environment)
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": (self.body or "").encode(), "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        guarded = hosts.for_sites(application, environment.context)  # type: ignore[arg-type]  # an ASGI application
        await guarded(self._scope(), receive, send)  # type: ignore[arg-type]  # the scope of a plain request
        return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]).decode()

    def _scope(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        headers = {"host": self.host, "cookie": f"hallway_session={self.secret}", **self.headers}
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "server": (self.host, 80),
            "client": ("192.0.2.1", 1),
            "root_path": "",
            "method": self.method,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "state": {},
        }


def _at(environment: Environment) -> Litestar:
    """The application, which takes long to build, with what the house has that is there now."""
    if not _application:
        _application.append(sketch())
    _application[0].state.context = environment.context
    _application[0].state.last_seen = LastSeen(environment.context.store)
    return _application[0]
