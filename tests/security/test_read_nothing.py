"""Attack: ask for much and read nothing of it, so that answers pile up in the server's memory and connections stay for ever.

The good twin reads as slowly as a phone on a bad line does, and is waited for.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from hallway.client import SOCKET, Client
from hallway.demo.academy import PASSWORD
from hallway.transport import departures, timeouts
from hallway.transport.websocket import registry, session
from tests.servers.academy import Serving, serve_academy

pytestmark = pytest.mark.slow

STALLED = 4.0
PATIENCE = 60
SMALL = 4 * 1024
"""Bytes that the client's kernel keeps for it."""
KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
PING = b"\x89\xfd\x00\x00\x00\x00" + b"x" * 125
"""A WebSocket ping with as much as it may hold; each must be answered with as much."""


@pytest.fixture
def nearby(built_academy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """An academy in this process with less patience."""
    monkeypatch.setattr(departures, "STALLED", STALLED)
    monkeypatch.setattr(timeouts, "LOOK", 0.2)
    monkeypatch.setattr(registry, "SWEEP", 0.1)
    monkeypatch.setattr(session, "FAREWELL", 0.5)
    serving = serve_academy(built_academy, tmp_path / "academy")
    yield serving
    serving.stop()


@contextmanager
def _connected(serving: Serving) -> Iterator[socket.socket]:
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        opened.settimeout(PATIENCE)
        opened.connect(("127.0.0.1", serving.settings.port))
        yield opened


@contextmanager
def _line(serving: Serving) -> Iterator[socket.socket]:
    """A live line, open, whose welcome was read."""
    with Client(serving.address) as client:
        client.sign_in("maya", PASSWORD)
        cookie = str(client._http.build_request("GET", "/").headers["Cookie"])
    with _connected(serving) as opened:
        head = f"GET {SOCKET} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade"
        opened.sendall(f"{head}\r\n{KEY}\r\nCookie: {cookie}\r\n\r\n".encode())
        heard = b""
        while b"welcome" not in heard:
            part = opened.recv(1_000)
            assert part, heard
            heard += part
        yield opened


def _send_until_nothing_goes(opened: socket.socket, what: bytes, most: int) -> int:
    """How many bytes the server and the two kernels took before they took no more, or the connection was ended."""
    opened.setblocking(False)
    sent, still = 0, 0
    while still < 20 and sent < most:
        try:
            sent += opened.send(what)
            still = 0
        except BlockingIOError:
            still += 1
            time.sleep(0.02)
        except ConnectionError:
            break
    opened.settimeout(PATIENCE)
    return sent


def _connections(serving: Serving) -> int:
    return len(serving.server.server_state.connections)


def _becomes(question: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False


def _is_served(serving: Serving) -> bool:
    with Client(serving.address) as client:
        client.sign_in("ingrid", PASSWORD)
        return client.me().login == "ingrid"


MOST = 64 * 1024 * 1024


def test_a_line_that_pings_and_reads_nothing_is_not_read_and_then_cut(nearby: Serving) -> None:
    with _line(nearby) as opened:
        sent = _send_until_nothing_goes(opened, PING * 500, MOST)
        assert sent < MOST, "the server took all of it, and keeps the answers"
        assert _is_served(nearby)
        assert _becomes(lambda: _connections(nearby) == 0)


def test_a_line_that_asks_and_reads_nothing_is_cut(nearby: Serving) -> None:
    text = b'{"type":"ping","id":1}'
    frame = bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text
    with _line(nearby) as opened:
        sent = _send_until_nothing_goes(opened, frame * 500, MOST)
        assert sent < MOST
        assert _becomes(lambda: _connections(nearby) == 0)


def _large_answer(serving: Serving) -> tuple[str, int]:
    """A file of the client that fills more than two kernels keep, asked for again and again; its size."""
    from hallway.transport.static import WEB  # noqa: PLC0415

    file = max((WEB / "assets").iterdir(), key=lambda one: one.stat().st_size)
    assert serving
    return f"/assets/{file.name}", file.stat().st_size


def test_who_reads_no_answer_is_let_go(nearby: Serving) -> None:
    path, size = _large_answer(nearby)
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with _connected(nearby) as opened:
        opened.sendall(request * (20_000_000 // size))
        assert _becomes(lambda: _connections(nearby) == 1)
        assert _is_served(nearby)
        assert _becomes(lambda: _connections(nearby) == 0)


def test_who_reads_no_answer_and_hangs_up_halfway_is_let_go(nearby: Serving) -> None:
    path, size = _large_answer(nearby)
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    with _connected(nearby) as opened:
        opened.sendall(request.replace(b"Connection: close\r\n", b"") * (20_000_000 // size) + request)
        opened.shutdown(socket.SHUT_WR)
        assert _becomes(lambda: _connections(nearby) == 0)


def test_who_reads_slowly_gets_all_of_it(nearby: Serving) -> None:
    """Twice as slowly as patience lasts, and some of it all the time."""
    path, size = _large_answer(nearby)
    times = 4_000_000 // size
    with _connected(nearby) as opened:
        opened.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * times)
        got = 0
        began = time.monotonic()
        while got < times * size:
            part = opened.recv(64 * 1024)
            assert part, f"cut after {got} of {times * size} bytes"
            got += len(part)
            if time.monotonic() - began < 2 * STALLED:
                time.sleep(0.1)


def test_a_line_that_reads_slowly_is_kept(nearby: Serving) -> None:
    with _line(nearby) as opened:
        answered = threading.Event()

        def ask() -> None:
            with suppress(OSError):
                opened.sendall(PING * 20_000)
            answered.set()

        asking = threading.Thread(target=ask)
        asking.start()
        got, began = 0, time.monotonic()
        while got < 20_000 * 127:
            part = opened.recv(32 * 1024)
            assert part, f"cut after {got} bytes"
            got += len(part)
            if time.monotonic() - began < 2 * STALLED:
                time.sleep(0.05)
        asking.join()
        assert answered.is_set()
        assert _connections(nearby) == 1


def test_an_upload_that_stays_half_open_is_let_go(nearby: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeouts, "BODY_SECONDS", 1.0)
    with _connected(nearby) as opened:
        head = (
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000"
        )
        opened.sendall(f"{head}\r\n\r\n{{".encode())
        assert _becomes(lambda: _connections(nearby) == 1)
        assert _becomes(lambda: _connections(nearby) == 0)
