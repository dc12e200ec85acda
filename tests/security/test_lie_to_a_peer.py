"""Attack: be the server of a program, or a process beside others, and answer with what makes the listener die."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec
import pytest
from websockets.sync.server import ServerConnection, serve

from hallway.broker.cluster import ClusterBroker
from hallway.broker.codecs import FullCodec, ReferenceCodec
from hallway.broker.envelope import Envelope, encode
from hallway.broker.in_process import InProcessBroker
from hallway.client import Client, Unreadable, WebSocketClient
from hallway.domain.events import FactsChanged
from hallway.domain.ids import UserId
from hallway.transport.wire import me as wire_me
from hallway.usecases.transaction import StoreUnavailable
from tests.broker.event_recorder import EventRecorder
from tests.broker.test_cluster import Ether
from tests.contracts.world import HERE

DEEP = b"[" * 20_000
LIES = {
    "deep": DEEP,
    "deep in a field": b'{"x":' + DEEP,
    "no UTF-8": b'{"\xff":1}',
    "no JSON": b"<h1>Hello</h1>",
    "too large a number": b'{"status":' + b"9" * 5_000 + b"}",
    "another form": b'{"hello":"you"}',
}


class _Liar(BaseHTTPRequestHandler):
    """Answers every request with the lie that its path names."""

    def do_GET(self) -> None:
        """200, or 500 with a lie for a problem document."""
        name = self.path.rpartition("/")[2].replace("%20", " ")
        self.send_response(500 if "/broken/" in self.path else 200)
        self.send_header("Content-Type", "application/problem+json")
        self.end_headers()
        self.wfile.write(LIES[name])

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        """Keep still."""


@pytest.fixture(scope="module")
def liar() -> Iterator[str]:
    """The address of a server that lies."""
    with HTTPServer(("127.0.0.1", 0), _Liar) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", LIES)
def test_a_program_is_told_when_an_answer_is_none(liar: str, name: str) -> None:
    with Client(liar) as client, pytest.raises(Unreadable):
        client.ask("GET", f"/{name}", None, wire_me.Me)


@pytest.mark.parametrize("name", LIES)
def test_a_line_is_told_when_a_text_is_no_list_of_frames(name: str) -> None:
    def lie(line: ServerConnection) -> None:
        line.send(
            '[{"type":"welcome","version":1,"user_id":"0198b000-0000-7000-8000-000000000001","server_time":"2026-03-02T12:00:00Z"}]',
            text=True,
        )
        line.send(LIES[name])
        line.recv(60)

    with serve(lie, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        try:
            with WebSocketClient(address, headers={}) as line, pytest.raises(Unreadable):
                line.next_frame()
        finally:
            server.shutdown()
            thread.join()


# Between processes.


def _envelope(number: int, *events: bytes) -> bytes:
    return encode(
        Envelope(process="liar", account_id=HERE, number=number, word="", events=[msgspec.Raw(one) for one in events])
    )


ENVELOPES = {
    **LIES,
    "a number beyond all": b'["liar","' + HERE.encode() + b'",18446744073709551616]',
    "an event that is deep": _envelope(1, DEEP),
    "an event with a deep value": _envelope(1, b'["MessagePosted",{"x":' + DEEP + b"}]"),
    "an event of no kind": _envelope(1, b'["Nothing",{}]'),
    "an event that is no UTF-8": _envelope(1, b'["\xff",{}]'),
    "a message at no place": _envelope(1, b'["message",["x"],"\\u0000",18446744073709551616]'),
    "a message of nowhere": _envelope(1, b'["message",["x"],"\\u0000",1]'),
}


@pytest.mark.parametrize("form", ["whole", "by ids"])
@pytest.mark.parametrize("name", ENVELOPES)
def test_a_process_hears_the_others_after_it_was_lied_to(name: str, form: str) -> None:
    async def fail(_: object) -> None:
        message = "The database did not answer."
        raise StoreUnavailable(message)

    async def listen() -> None:
        ether, ears = Ether(), EventRecorder()
        broker = ClusterBroker(InProcessBroker(), ether, FullCodec() if form == "whole" else ReferenceCodec(fail))  # type: ignore[arg-type]
        broker.subscribe(ears.hear, ears.missed)
        await broker.open()
        await broker.follow(HERE)
        await broker._hear(ENVELOPES[name])
        told = FactsChanged(HERE, frozenset([UserId("lena")]))
        await broker._hear(
            encode(
                Envelope(
                    process="another", account_id=HERE, number=1, word="", events=[msgspec.Raw(FullCodec().write(told))]
                )
            )
        )
        await asyncio.sleep(0)
        assert ears.heard == [told]
        await broker.close()

    asyncio.run(listen())
