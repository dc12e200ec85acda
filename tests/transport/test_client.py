"""The client that integrators get: what it adds to the doors, which the other tests go through with it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from websockets.sync.server import ServerConnection, serve

from hallway.client import Client, Refusal, SocketClosed, Unreadable, WebSocketClient, new_key
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import cards as wire_cards
from hallway.transport.wire import frames as wire_frames
from tests.servers.hallway import Hallway
from tests.transport.cast import Cast

NORMAL = 1000


class _NotHallway(BaseHTTPRequestHandler):
    """A proxy whose server is away."""

    def do_GET(self) -> None:
        """Answer as proxies do."""
        self.send_response(502)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Bad Gateway</h1>")

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        """Keep still."""


@pytest.fixture
def proxy() -> Iterator[str]:
    """The address of something that is not Hallway."""
    with HTTPServer(("127.0.0.1", 0), _NotHallway) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_an_answer_that_is_not_hallways_is_a_refusal_all_the_same(proxy: str) -> None:
    with Client(proxy) as client, pytest.raises(Refusal) as refused:
        client.me()
    problem = refused.value.problem
    assert (problem.status, problem.code, problem.type) == (502, "not_hallway", "about:blank")


def test_a_refusal_carries_the_whole_document(cast: Cast) -> None:
    with pytest.raises(Refusal, match="You can't start a chat with this person") as refused:
        cast.learner.client.send_to_person(cast.outsider.id, "Hello")
    problem = refused.value.problem
    assert (problem.status, problem.code, problem.rule) == (403, "no_relation", "§3")
    assert problem.remedy


def test_keys_are_new_and_fit_the_wire() -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(8 <= len(key) <= 64 and key.replace("-", "").replace("_", "").isalnum() for key in keys)


def test_every_word_of_the_client_does_what_it_says(cast: Cast) -> None:
    learner, expert = cast.learner.client, cast.expert.client
    assert [one.id for one in learner.courses().courses] == [cast.course.id]
    assert learner.course(cast.course.id).experts[0].may_write
    opened = learner.open_with(cast.expert.id, course_id=cast.course.id)
    assert (opened.row.last_seq, opened.about) == (0, wire_cards.CourseRef(cast.course.id, "Fire drill"))
    chat = cast.asks("A question").conversation_id
    assert expert.me().unread_chats == len(expert.chats(unread_only=True).rows) == 1
    assert expert.mark_read(chat, 1).unread == 0
    assert expert.chats(unread_only=True).rows == []
    assert expert.mark_unread(chat).unread_from == 1
    assert expert.me().unread_chats == len(expert.chats(unread_only=True).rows) == 1
    expert.delete_message(chat, 1)
    assert expert.history(chat).messages == []
    assert expert.changes(chat, rev=0, own_rev=0).hidden == [1]
    expert.restore_message(chat, 1)
    assert [one.body for one in expert.history(chat).messages] == ["A question"]
    assert learner.delete_for_everyone(chat, 1).deleted_at is not None
    assert expert.open_chat(chat).history.messages[0].body == ""
    expert.archive(chat)
    assert (expert.chats().rows, len(expert.chats(archived=True).rows)) == ([], 1)
    expert.delete_chat(chat)
    assert expert.chats(archived=True).rows == []
    assert (expert.chats().rows, len(learner.chats().rows)) == ([], 1)


def test_any_other_request_goes_through_ask(cast: Cast) -> None:
    settings = cast.owner.ask("GET", "/admin/settings", None, wire_admin.Settings)
    assert settings.academy == "Northwind Academy"
    file = b"name,email,login\nNina New,nina@mail.example,nina\n"
    query = {"kind": "users", "filename": "people.csv"}
    with pytest.raises(Refusal):
        cast.learner.client.ask("POST", "/admin/imports", file, wire_admin.ImportJob, query=query)
    assert cast.owner.ask("POST", "/admin/imports", file, wire_admin.ImportJob, query=query).filename == "people.csv"


def test_signing_out_ends_the_client_and_its_line(academy: Hallway) -> None:
    with academy.client("layla") as layla, layla.connect() as line:
        layla.sign_out()
        assert list(line) == [wire_frames.SignedOutFrame()]
        with pytest.raises(SocketClosed):
            line.ping()
        with pytest.raises(Refusal, match="Sign in first"):
            layla.me()


def test_iterating_gives_what_came_while_asking_first_and_in_order(cast: Cast) -> None:
    chat = cast.talk(1)
    with cast.expert.client.connect() as line:
        first = cast.asks("2")
        line.send(chat, "3")  # its answer went to the one who asked, and does not come again
        last = cast.asks("4")
        frames = iter(line)
        assert [next(frames) for _ in range(2)] == [wire_frames.MessageFrame(one) for one in (first, last)]


def test_a_line_waits_no_longer_than_it_was_told(cast: Cast) -> None:
    with cast.learner.client.connect(timeout=0.05) as line:
        with pytest.raises(TimeoutError):
            line.next_frame()
        line.ping()


def test_who_hangs_up_with_much_unread_says_farewell(cast: Cast) -> None:
    chat, learner = cast.talk(1), cast.learner.client
    with learner.connect() as unread, learner.connect() as listener:
        for number in range(40):
            cast.expert.client.send(chat, f"Message {number}")
            assert isinstance(listener.next_frame(), wire_frames.MessageFrame)
        unread.close()
        assert unread._socket.close_code == NORMAL


@contextmanager
def saying(*texts: str) -> Iterator[WebSocketClient]:
    """A line to a server that says these and then waits."""

    def speak(socket: ServerConnection) -> None:
        for text in texts:
            socket.send(text)
        socket.recv()

    with serve(speak, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with WebSocketClient(f"ws://127.0.0.1:{server.socket.getsockname()[1]}", headers={}) as line:
            yield line
            line.say("Goodbye")
        server.shutdown()
        thread.join()


WELCOME = '{"type": "welcome", "version": 1, "user_id": "0198b000-0000-7000-8000-000000000001", "server_time": "2026-03-02T12:00:00Z"}'
NEWER = '{"type": "unheard_of", "is": ["new"]}'


def test_what_only_a_newer_hallway_says_is_passed_over() -> None:
    with saying(f"[{WELCOME}, {NEWER}]", f"[{NEWER}]", f'[{NEWER}, {{"type": "facts"}}]') as line:
        assert line.welcome.version == 1
        assert line.next_frame() == wire_frames.FactsFrame()


@pytest.mark.parametrize("wrong", ['{"type": "facts"}', '[{"type": "facts", "why": 1}]', "[1]", "["])
def test_what_is_no_answer_is_not_passed_over(wrong: str) -> None:
    with saying(f"[{WELCOME}]", wrong) as line, pytest.raises(Unreadable):
        line.next_frame()


def test_a_server_that_is_not_there_is_no_line() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler, bind_and_activate=False) as nobody:
        nobody.server_bind()
        with pytest.raises(OSError, match="refused"):
            WebSocketClient(f"ws://127.0.0.1:{nobody.server_address[1]}/api/v1/socket", headers={})
