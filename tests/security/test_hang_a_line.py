"""Attack: send a live line a frame that makes its work die, so that it hangs for ever and every stop waits for it."""

import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

from hallway.client import SOCKET, Client
from hallway.demo.academy import PASSWORD
from hallway.transport.websocket.connection import Connection
from hallway.transport.websocket.hub import Outbox
from hallway.transport.websocket.session import LARGEST_TEXT, WebSocketSession
from hallway.transport.wire import frames as wire_frames
from tests.servers.academy import Serving, serve_academy
from tests.servers.hallway import Hallway

ALWAYS = 60
"""Seconds after which something that must happen has failed to."""
FAULT, BROKEN, TOO_MUCH, RUBBISH = 1011, 1002, 1009, 4000
SOMEBODY = "0198b000-0000-7000-8000-00000000dead"
DEEP = "[" * 20_000

BAD_FRAMES = {
    "nested brackets": DEEP,
    "nested brackets in an unknown field": f'{{"x":{DEEP}',
    "nested objects in an unknown field": '{"x":' * 10_000,
    "nested brackets in a list": f'[{{"type":"ping","id":1}},{{"x":{DEEP}',
    "nested and closed": f'{{"x":{DEEP}{"]" * 20_000},"type":"ping","id":1}}',
    "an id beyond what can be answered": '{"type":"ping","id":' + str(2**64) + "}",
    "an id with thousands of digits": '{"type":"ping","id":' + "9" * 5_000 + "}",
    "an id beyond a column": '{"type":"ping","id":' + str(2**63) + "}",
    "a seq beyond a column": f'{{"type":"read","id":1,"conversation_id":"{SOMEBODY}","seq":{2**63}}}',
    "a rev beyond a column": f'{{"type":"sync","id":1,"conversation_id":"{SOMEBODY}","rev":{2**63},"own_rev":0}}',
    "an id with a line break": f'{{"type":"read","id":1,"conversation_id":"{SOMEBODY}\\n","seq":1}}',
    "half a letter": '{"type":"ping","id":1,"\\ud800":2}',
    "a NUL in a key": f'{{"type":"send","id":1,"to":"{SOMEBODY}","to_kind":"person","body":"a","key":"a\\u0000bcdefghi"}}',
    "an infinite number": '{"type":"ping","id":1e999}',
    "a long unknown field": f'{{"type":"ping","id":1,"{"x" * 60_000}":1}}',
}


@contextmanager
def _opened(address: str, login: str = "maya") -> Generator[ClientConnection]:
    with Client(address) as client:
        client.sign_in(login, PASSWORD)
        cookie = str(client._http.build_request("GET", "/").headers["Cookie"])
    with connect(f"ws{address.removeprefix('http')}{SOCKET}", additional_headers={"Cookie": cookie}) as opened:
        opened.recv(ALWAYS)
        yield opened


def _frames(opened: ClientConnection) -> list[wire_frames.ServerFrame]:
    return msgspec.json.decode(opened.recv(ALWAYS), type=list[wire_frames.ServerFrame])


def _is_alive(opened: ClientConnection) -> bool:
    opened.send('{"type": "ping", "id": 7}')
    return _frames(opened) == [wire_frames.DoneFrame(7)]


@pytest.mark.parametrize("name", BAD_FRAMES)
def test_a_frame_that_nobody_can_use_is_refused_and_the_line_lives_on(server: Hallway, name: str) -> None:
    with _opened(server.address) as opened:
        opened.send(BAD_FRAMES[name])
        (answer,) = _frames(opened)
        assert isinstance(answer, wire_frames.NoFrame)
        assert (answer.re, answer.problem.code) == (None, "invalid")
        assert all(len(one.message) < 400 for one in answer.problem.errors)
        assert _is_alive(opened)


def test_a_binary_frame_that_is_no_text_is_refused_and_the_line_lives_on(server: Hallway) -> None:
    with _opened(server.address) as opened:
        for rubbish in (b"\xff\xfe", b'{"type":"\xff","id":1}', b'{"\xed\xa0\x80":1}', b"\0"):
            opened.send(rubbish)
            assert isinstance(_frames(opened)[0], wire_frames.NoFrame)
        assert _is_alive(opened)


def test_a_large_number_that_fits_is_answered(server: Hallway) -> None:
    with _opened(server.address) as opened:
        opened.send(f'[{{"type":"ping","id":{2**53}}},{{"type":"ping","id":{-(2**53)}}}]')
        heard: list[wire_frames.ServerFrame] = []
        while len(heard) < 2:
            heard += _frames(opened)
        assert heard == [wire_frames.DoneFrame(2**53), wire_frames.DoneFrame(-(2**53))]


# Texts in parts.


def _parts(text: bytes, many: int) -> bytes:
    """A text in frames of one byte, and empty ones, as they go over the network."""
    kinds = [Opcode.TEXT, *[Opcode.CONT] * (many - 1)]
    frames = [Frame(kind, text[place : place + 1], fin=False) for place, kind in enumerate(kinds)]
    return b"".join(frame.serialize(mask=True) for frame in [*frames, Frame(Opcode.CONT, b"", fin=True)])


def test_sixty_thousand_parts_of_a_text_stop_nobody(server: Hallway) -> None:
    text = b'{"type": "ping", "id": 7}'
    with _opened(server.address) as opened, _opened(server.address, "ingrid") as other:
        opened.socket.sendall(_parts(text, LARGEST_TEXT - 1_000))
        assert _is_alive(other)
        assert _frames(opened) == [wire_frames.DoneFrame(7)]


@pytest.mark.parametrize("kinds", [[Opcode.CONT], [Opcode.TEXT, Opcode.TEXT]], ids=["no beginning", "two beginnings"])
def test_parts_out_of_order_end_the_line_with_a_word(server: Hallway, kinds: list[Opcode]) -> None:
    with _opened(server.address) as opened:
        opened.socket.sendall(b"".join(Frame(kind, b"[", fin=False).serialize(mask=True) for kind in kinds))
        assert _ending(opened) == BROKEN


def _ending(opened: ClientConnection) -> int | None:
    with suppress(ConnectionClosed):
        while True:
            opened.recv(ALWAYS)
    return opened.close_code


# Whatever else may fail.


@pytest.fixture
def nearby(built_academy: Path, tmp_path: Path) -> Iterator[Serving]:
    """A server in this process, in which something can be broken."""
    serving = serve_academy(built_academy, tmp_path / "academy")
    yield serving
    serving.stop()


def _fail(*_: Any, **__: Any) -> Any:
    message = "This was foreseen by nobody."
    raise RuntimeError(message)


WAYS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "answering": lambda patch: patch.setattr(Connection, "answer", _fail),
    "refusing": lambda patch: patch.setattr(Connection, "_refuse", _fail),
    "leaving": lambda patch: patch.setattr(Outbox, "take", _fail),
    "looking after": lambda patch: patch.setattr(WebSocketSession, "_is_over", _fail),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_line_whose_work_died_is_closed_and_no_stop_waits_for_it(
    nearby: Serving, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _opened(nearby.address) as opened:
        with monkeypatch.context() as patch:
            WAYS[way](patch)
            opened.send(f'["{secrets.token_hex()}"]')
            assert _ending(opened) == FAULT
        with _opened(nearby.address) as other:
            assert _is_alive(other)


@pytest.mark.slow
def test_a_line_that_died_while_it_opened_is_closed(nearby: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WebSocketSession, "_let_in", _fail)
    with Client(nearby.address) as client:
        client.sign_in("maya", PASSWORD)
        cookie = str(client._http.build_request("GET", "/").headers["Cookie"])
    address = f"ws{nearby.address.removeprefix('http')}{SOCKET}"
    with connect(address, additional_headers={"Cookie": cookie}) as opened:
        assert _ending(opened) == FAULT


@pytest.mark.slow("postgresql")
def test_a_stop_after_all_that_ends_every_line_with_a_word(server: Hallway) -> None:
    """The lines that were attacked above are gone; one that was attacked just now says goodbye like every other."""
    with _opened(server.address) as opened, _opened(server.address, "ingrid") as other:
        for frame in (
            BAD_FRAMES["nested brackets in an unknown field"],
            BAD_FRAMES["an id beyond what can be answered"],
        ):
            opened.send(frame)
            assert isinstance(_frames(opened)[0], wire_frames.NoFrame)
        assert server.stop() == 0
        assert [_ending(one) for one in (opened, other)] == [1012, 1012]
    server.again()
