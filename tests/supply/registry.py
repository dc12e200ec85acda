"""A registry on the loopback that says what it knows against packages, as those of Python and of npm do."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Registry:
    """What it knows, by package, and how often it was asked."""

    known: dict[str, str] = field(default_factory=dict)
    is_open: bool = True
    asked: int = 0
    address: str = ""

    def answer(self, path: str, body: dict[str, Any]) -> Any:
        """What is known, in the words of the one whose path that is."""
        if path == "/python":
            name = body["package"]["name"]
            return {"vulns": [python(self.known[name], name)]} if name in self.known else {}
        return {name: [of_npm(self.known[name], name)] for name in body if name in self.known}


def python(number: str, name: str) -> dict[str, Any]:
    """As OSV has it."""
    package = {"name": name, "ecosystem": "PyPI"}
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}]
    affected = [{"package": package, "ranges": ranges}]
    return {"id": number, "summary": "Harms people.", "affected": affected, "aliases": []}


def of_npm(number: str, name: str) -> dict[str, Any]:
    """As npm's bulk answer has it."""
    address = f"http://127.0.0.1/advisories/{number}"
    plain = {"id": 1, "url": address, "title": "Harms people.", "severity": "high", "cwe": []}
    return {**plain, "name": name, "vulnerable_versions": "<999", "cvss": {"score": 0, "vectorString": None}}


@contextmanager
def serving() -> Iterator[Registry]:
    """A registry, until the block ends."""
    registry = Registry()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            registry.asked += 1
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            body = json.loads(gzip.decompress(sent) if self.headers["Content-Encoding"] == "gzip" else sent)
            found = registry.answer(self.path, body) if registry.is_open else {}
            self.send_response(200 if registry.is_open else 405)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    registry.address = f"http://127.0.0.1:{server.server_port}"
    yield registry
    server.shutdown()
    server.server_close()
