"""A websocket session: texts in parts, silence, slow readers, and what a person may write in a minute."""

import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from hallway.client import SOCKET, Client
from hallway.demo.academy import PASSWORD
from hallway.domain.events import FactsChanged, MessagePosted
from hallway.domain.ids import dialog_id
from hallway.transport import rate_limit as pace_module
from hallway.transport.rate_limit import RateLimiter
from hallway.transport.websocket import registry, session
from hallway.transport.wire import frames as wire_frames
from hallway.usecases.errors import TooMany
from tests.contracts.world import EXPERT, HERE, LENA, message
from tests.servers.academy import Serving, serve_academy

ALWAYS = 30
"""Seconds after which something that must happen has failed to."""
TOO_MUCH = 1009
HIGHER, SAME = (f"GET {SOCKET} HTTP/1.1", "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade")


@pytest.fixture
def nearby(built_academy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    """An academy in this process, in which 20 seconds of silence are one."""
    monkeypatch.setattr(session, "IDLE", 1.0)
    monkeypatch.setattr(registry, "SWEEP", 0.02)
    serving = serve_academy(built_academy, tmp_path / "academy")
    yield serving
    serving.stop()


def _cookie(serving: Serving, login: str) -> str:
    with Client(serving.address) as client:
        client.sign_in(login, PASSWORD)
        return str(client._http.build_request("GET", "/").headers["Cookie"])


def _opened(serving: Serving, login: str = "maya") -> ClientConnection:
    address = f"ws{serving.address.removeprefix('http')}{SOCKET}"
    return connect(address, additional_headers={"Cookie": _cookie(serving, login)})


def test_a_text_may_come_in_parts(nearby: Serving) -> None:
    with _opened(nearby) as opened:
        opened.recv(ALWAYS)
        opened.send(iter(['{"type": "pi', 'ng", "id"', ": 7}"]))
        assert msgspec.json.decode(opened.recv(ALWAYS), type=list[wire_frames.ServerFrame]) == [
            wire_frames.DoneFrame(7)
        ]


def test_parts_that_are_too_much_together_end_the_line(nearby: Serving) -> None:
    with _opened(nearby) as opened:
        opened.recv(ALWAYS)
        with suppress(ConnectionClosed):
            opened.send(iter(["[", *["x" * 30_000] * 3]))
        with pytest.raises(ConnectionClosed):
            opened.recv(ALWAYS)
        assert opened.close_code == TOO_MUCH


@pytest.mark.slow
def test_a_silent_client_that_answers_pings_stays(nearby: Serving) -> None:
    with _opened(nearby) as opened:
        opened.recv(ALWAYS)
        with suppress(TimeoutError):
            opened.recv(4)  # longer than silence may last
        opened.send('{"type": "ping", "id": 1}')
        assert opened.recv(ALWAYS) == '[{"type":"done","re":1}]'


@pytest.mark.slow
def test_a_client_that_is_not_there_any_more_is_let_go(nearby: Serving) -> None:
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    request = f"{HIGHER}\r\n{SAME}\r\n{key}\r\nCookie: {_cookie(nearby, 'maya')}\r\n\r\n"
    with closing(socket.create_connection(("127.0.0.1", nearby.settings.port), ALWAYS)) as raw:
        raw.sendall(request.encode())
        heard = b""
        while part := raw.recv(4096):  # until the server hangs up: it was pinged, and says nothing
            heard += part
    assert b"101 Switching Protocols" in heard
    assert b'"welcome"' in heard
    assert b"\x89\x00" in heard  # the ping


def test_a_pace_gives_a_minutes_worth_at_once_and_then_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(pace_module.time, "monotonic", lambda: now)
    pace = RateLimiter(120)
    assert pace.spend("lena", 100) == 100
    assert pace.spend("lena", 100) == 20
    assert pace.spend("lena") == 0
    assert pace.spend("otto") == 1
    refusal = pace.too_many("lena")
    assert (type(refusal), refusal.retry_after) == (TooMany, 1)
    now += 0.5
    assert [pace.spend("lena"), pace.spend("lena")] == [1, 0]
    now += 30
    assert pace.spend("lena", 100) == 60
    now += 3600
    assert pace.spend("lena", 1_000) == 120


def test_a_pace_counts_what_was_sent_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace_module.time, "monotonic", lambda: 1_000.0)
    pace = RateLimiter(60)
    chat = dialog_id(HERE, LENA, EXPERT)
    news = [MessagePosted(HERE, frozenset({LENA, EXPERT}), message(chat, seq, LENA)) for seq in range(1, 51)]
    pace.hear([*news, FactsChanged(HERE, None)])
    assert pace.spend(LENA, 100) == 10
    pace.hear(news)
    assert (pace.spend(LENA, 100), pace.spend(EXPERT, 100)) == (0, 60)


def test_a_pace_forgets_those_who_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(pace_module.time, "monotonic", lambda: now)
    monkeypatch.setattr(pace_module, "REMEMBERED", 10)
    pace = RateLimiter(60)
    for number in range(10):
        pace.spend(f"person {number}")
    now += 100
    pace.spend("one more")
    assert list(pace._even_at) == ["one more"]
