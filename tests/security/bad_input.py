"""Bad input for every operation of the API: what its description allows, with one thing in it that nobody can use."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

JSON = {"Content-Type": "application/json"}
SOMEBODY = "0198b000-0000-7000-8000-00000000dead"
DEEP = b"[" * 20_000
DEEP_FIELD = b'{"x":' + b"[" * 20_000
NUMBERS = (str(2**53 + 1), str(2**63), str(2**64), f"-{2**63}1", "9" * 5000, "1e400", "\u0661", "1\n")
TEXTS = ("\0", "a\0b", "\ud800", "\udc00\ud800", "\U0010ffff\n", "\ufdfd" * 300, "\u0390" * 200)
RAW_TEXTS = (
    "%00",
    "a%00b",
    "%ff",
    "%ed%a0%80",
    "%F8%88%80%80%80",
    "%0a",
    "a" * 300,
    "a" * 5000,
    "%u0000",
    "..%2f..%2fetc",
    "%C0%80",
)
BODIES = (
    *(DEEP, DEEP_FIELD, b'{"a":' * 20_000, DEEP + b"]" * 20_000, b"\xff\xfe", b'{"\xff":1}', b'"\\ud800"'),
    *(b"9" * 5000, b"1e999", b"\0", b"[]", b"null", b"{", b'{"a":1,"a":2}', b"[" * 990 + b"]" * 990),
)
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Bad:
    """One request; `path` is already quoted, and goes out as it is."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def raw(self, host: str, **more: str) -> bytes:
        """As it goes over the network."""
        headers = {"Host": host, **self.headers, **more}
        if self.body is not None:
            headers |= {"Content-Length": str(len(self.body))}
        lines = [f"{self.method.upper()} {self.path} HTTP/1.1", *(f"{name}: {one}" for name, one in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + (self.body or b"")

    def __str__(self) -> str:
        return f"{self.method} {self.path[:120]} {(self.body or b'')[:120]!r}"


def corpus(document: Mapping[str, Any], ids: Mapping[str, str]) -> Iterator[Bad]:
    """All of it, from what a server says of itself; `ids` are some that are there, by the name of the parameter."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield from _operation(document, ids, path, method)
    yield from strange_addresses()


def strange_addresses() -> Iterator[Bad]:
    """Paths, queries and headers that lead nowhere."""
    for raw in RAW_TEXTS:
        for start in ("/", "/api/v1/", "/api/v1/conversations/", "/link/", "/assets/", "/api/v1/entry?x=", "/?q="):
            yield Bad("get", start + raw)
    yield from (Bad("get", "/" + "a/" * 3000), Bad("get", "/api/v1/entry?" + "a=1&" * 4000), Bad("get", "//"))
    yield from (Bad("get", "/api/v1/entry", None, {name: one}) for name in HEADERS for one in HEADER_TEXTS)
    signing_in = json.dumps({"login": "maya", "password": "x"}).encode()
    yield from (Bad("post", "/api/v1/session", signing_in, JSON | {"Origin": one}) for one in HEADER_TEXTS)


HEADERS = ("Authorization", "Cookie", "Origin", "Accept", "Accept-Language", "X-Forwarded-For", "X-CSRF-Token", "Range")
HEADER_TEXTS = ("http://[", "Bearer \xff\xfe", "hallway_session=\xe9", ";;;=,,q=x;q=", "a" * 9000, "text/\xff;q=zz")


def _operation(document: Mapping[str, Any], ids: Mapping[str, str], path: str, method: str) -> Iterator[Bad]:
    described = document["paths"][path][method]
    parameters = described.get("parameters", [])
    plain = {one["name"]: ids.get(one["name"], SOMEBODY) for one in parameters if one["in"] == "path"}
    here = path.format_map(plain)
    for one in plain:
        yield from (Bad(method, path.format_map(plain | {one: raw})) for raw in (*RAW_TEXTS, *map(quote, NUMBERS)))
    for one in parameters:
        if one["in"] == "query":
            yield from (Bad(method, f"{here}?{one['name']}={raw}") for raw in (*RAW_TEXTS, *map(quote, NUMBERS)))
    if "cursor" in {one["name"] for one in parameters}:
        yield from (Bad(method, f"{here}?cursor={one}") for one in _cursors())
    if "requestBody" in described:
        yield from (Bad(method, here, one, JSON) for one in _bodies(document, described["requestBody"]))
    else:
        yield from (Bad(method, here, one, JSON) for one in (DEEP, b"\xff"))


def _cursors() -> Iterator[str]:
    inside = (
        *(b"[" * 700, b'["a\\u0000","b"]', b'["a","\\u0000"]', b"9" * 600, str(2**63).encode(), str(2**64).encode()),
        *(b"-1", b'["\xff","b"]', b'["\\ud800","b"]', b"[1,2]", b"{}", b"\0", b'["a","b\\n"]', b"1e400", b"1.5"),
    )
    yield from (urlsafe_b64encode(one).decode().rstrip("=") for one in inside)
    yield from ("a", "%C3%A9", "%ff", "=", "====", "AAAAA")


def _bodies(document: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[bytes]:
    yield from BODIES
    for content in described["content"].values():
        usual = _usual(document, content["schema"])
        if isinstance(usual, dict):
            for name in usual:
                yield from (_with(usual, name, text) for text in TEXTS)
                yield from (_with_raw(usual, name, number) for number in (*NUMBERS[:6], "[" * 900 + "]" * 900))
                yield _with(usual, name, ["a\0b"])
            yield _with(usual, "a\0b", 1)


def _with(usual: Mapping[str, Any], name: str, value: Any) -> bytes:
    return json.dumps({**usual, name: value}).encode()


def _with_raw(usual: Mapping[str, Any], name: str, raw: str) -> bytes:
    return json.dumps({**usual, name: "HERE"}).replace('"HERE"', raw).encode()


def _usual(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """Something that fits."""
    match schema:
        case {"$ref": reference}:
            return _usual(document, document["components"]["schemas"][reference.rpartition("/")[2]])
        case {"oneOf": [first, *_]} | {"anyOf": [first, *_]}:
            return _usual(document, first)
        case {"enum": [first, *_]}:
            return first
        case {"type": "object"}:
            return {name: _usual(document, one) for name, one in schema.get("properties", {}).items()}
        case {"type": "array"}:
            return [_usual(document, schema["items"])] if "items" in schema else []
        case _:
            plain = {"integer": max(1, schema.get("minimum", 1)), "boolean": False, "null": None}
            return plain[schema["type"]] if schema.get("type") in plain else _text(schema)


def _text(schema: Mapping[str, Any]) -> str:
    pattern = schema.get("pattern", "")
    if pattern.startswith("^[0-9a-f]{8}"):
        return SOMEBODY
    if r"[0-5]\d" in pattern:
        return "08:00"
    return "a" * max(12, schema.get("minLength", 0)) if not pattern.startswith("^(#") else ""
