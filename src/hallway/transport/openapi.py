"""The API's own description: OpenAPI 3.1 with the socket's frames, and a page to read it on."""

from html import escape
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.datastructures import State

from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import problems as wire_problems
from hallway.transport.wire.version import PROTOCOL

DESCRIPTION = """Messaging for learning platforms. Sign in with a cookie, or send a personal access token as
`Authorization: Bearer …`. State the version of the protocol that you speak in `Hallway-Protocol`. A change made with the cookie carries the `csrf` of `GET /api/v1/me` in `X-CSRF-Token`.
Every refusal is a problem document (RFC 9457) with a stable `code`. Lists are paged with `cursor` and `limit`.
The socket at `/api/v1/socket?protocol=…` speaks the frames ClientFrame and ServerFrame."""

PROBLEM = "ProblemDocument"
METHODS = ("get", "post", "put", "patch", "delete")


def document(app: Litestar) -> dict[str, Any]:
    """Build the OpenAPI document: what Litestar knows of the handlers, every problem document, and the frames."""
    found: dict[str, Any] = app.openapi_schema.to_schema()
    schemas: dict[str, Any] = found.setdefault("components", {}).setdefault("schemas", {})
    schemas |= _frames()
    found["components"]["securitySchemes"] = {
        "cookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": "hallway_session",
            "description": "Over HTTPS its name is __Host-hallway.",
        },
        "token": {"type": "http", "scheme": "bearer"},
    }
    found["info"]["x-protocol"] = PROTOCOL
    found["security"] = [{"cookie": []}, {"token": []}]
    for path in found["paths"].values():
        for method in METHODS:
            if method in path:
                _complete(path[method])
    return found


def printed(app: Litestar) -> str:
    """Return the document as text, in a stable order and form."""
    return msgspec.json.format(msgspec.json.encode(document(app), order="deterministic"), indent=2).decode()


def _frames() -> dict[str, Any]:
    """Return the schemas of the frames, and the two unions by name."""
    structs = (*wire_frames.ClientFrame.__args__, *wire_frames.ServerFrame.__args__, wire_problems.ProblemDocument)
    _, components = msgspec.json.schema_components(structs, ref_template="#/components/schemas/{name}")
    return components | {"ClientFrame": _union(wire_frames.ClientFrame), "ServerFrame": _union(wire_frames.ServerFrame)}


def _union(frames: Any) -> dict[str, Any]:
    return {"oneOf": [{"$ref": f"#/components/schemas/{frame.__name__}"} for frame in frames.__args__]}


def _complete(operation: dict[str, Any]) -> None:
    """Add the problem document to the answers of an operation."""
    answers = operation.setdefault("responses", {})
    for status in ("400", "500"):
        answers.pop(status, None)
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
    answers["default"] = {"description": "A problem document; see its code.", "content": content}


@get("/api/openapi.json", include_in_schema=False)
async def openapi(request: Request[Any, Any, State]) -> Response[bytes]:
    """Return the OpenAPI document."""
    return Response(msgspec.json.encode(document(request.app)), media_type="application/json")


@get("/api/docs", include_in_schema=False)
async def docs(request: Request[Any, Any, State]) -> Response[str]:
    """Return the document as a page, without a line of script."""
    return Response(page(document(request.app)), media_type="text/html")


def page(found: dict[str, Any]) -> str:
    """Render every operation with its parameters, body and answer, then every schema."""
    operations = "".join(
        _operation(path, method, item[method])
        for path, item in sorted(found["paths"].items())
        for method in METHODS
        if method in item
    )
    schemas = "".join(_schema(name, one) for name, one in sorted(found["components"]["schemas"].items()))
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Hallway API</title>'
    view = '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/docs.css">'
    intro = f"<h1>Hallway API</h1><p>{escape(DESCRIPTION)}</p><p><a href='/api/openapi.json'>OpenAPI 3.1</a></p>"
    return f"{head}{view}<main>{intro}<h2>Operations</h2>{operations}<h2>Schemas</h2>{schemas}</main></html>"


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    parameters = ", ".join(one["name"] for one in operation.get("parameters", ()))
    empty: dict[str, Any] = {}
    body = _name_of(operation.get("requestBody", empty))
    success = next((one for status, one in operation["responses"].items() if status.startswith("2")), empty)
    parts = [
        f"<h3><code>{method.upper()} {escape(path)}</code></h3>",
        f"<p>{escape(operation.get('description', ''))}</p>",
        f"<p>Parameters: <code>{escape(parameters)}</code></p>" if parameters else "",
        f"<p>Body: {body}</p>" if body else "",
        f"<p>Answer: {_name_of(success) or 'nothing'}</p>",
    ]
    return "".join(parts)


def _name_of(part: dict[str, Any]) -> str:
    for content in part.get("content", {}).values():
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if name:
            return f'<a href="#{escape(name)}">{escape(name)}</a>'
    return ""


def _schema(name: str, schema: dict[str, Any]) -> str:
    text = msgspec.json.format(msgspec.json.encode(schema), indent=2).decode()
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><pre>{escape(text)}</pre>'


handlers = [openapi, docs]
