"""The socket: who gets in, what rubbish is answered with, who hears what, and how a line ends."""

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from hallway.adapters import RandomIds
from hallway.client import SOCKET, Client, Refusal, SocketClosed, WebSocketClient, new_key
from hallway.domain.ids import SessionId, UserId
from hallway.storage.store import open_store
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire.version import PROTOCOL
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import BROWSER, hashed
from hallway.usecases.transaction import Transaction
from tests.transport.cast import PASSWORD, Browser, Cast, Somebody

SIGNED_OUT = 4001
RUBBISH = 4000
FOREIGN = 4003
TOO_SLOW = 4008
LARGEST = 64 * 1024
NOBODY = "00000000-0000-7000-8000-00000000dead"


def _socket(
    somebody: Somebody, origin: str | None = None, cookie: str | None = None, path: str = SOCKET
) -> ClientConnection:
    """A bare socket, as a browser opens it."""
    address = f"ws{somebody.browser.address.removeprefix('http')}{path}"
    secret = somebody.browser.http.cookies["hallway_session"] if cookie is None else cookie
    headers = {"Cookie": f"hallway_session={secret}"} if secret else {}
    return connect(address, additional_headers=headers, origin=None if origin is None else Origin(origin))


def _ending(socket: ClientConnection) -> tuple[list[str], int | None]:
    """All that a socket says until it is closed, and the code that closes it."""
    heard: list[str] = []
    with suppress(ConnectionClosed):
        while True:
            heard.append(str(socket.recv(30)))
    return heard, socket.close_code


# Coming in.


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_a_page_of_another_site_is_not_let_in(cast: Cast, origin: str) -> None:
    with _socket(cast.learner, origin) as socket:
        assert _ending(socket) == ([], FOREIGN)


def test_our_own_page_and_a_program_are_let_in(cast: Cast) -> None:
    for origin in (cast.academy.address, None):
        with _socket(cast.learner, origin) as socket:
            (welcome,) = msgspec.json.decode(socket.recv(30), type=list[wire_frames.ServerFrame])
            assert isinstance(welcome, wire_frames.WelcomeFrame)
            assert (welcome.user_id, welcome.version) == (cast.learner.id, PROTOCOL)


@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_nobody_gets_in_without_sign_in(cast: Cast, cookie: str) -> None:
    with _socket(cast.learner, cookie=cookie) as socket:
        assert _ending(socket) == ([], SIGNED_OUT)


def test_a_client_that_is_not_signed_in_gets_no_line(cast: Cast) -> None:
    with cast.academy.client() as nobody, pytest.raises(SocketClosed) as closed:
        nobody.connect()
    assert closed.value.code == SIGNED_OUT


def _short_session(cast: Cast, lasts: timedelta) -> str:
    """A session of the learner that ends soon, put into the server's own store; its secret."""
    now = datetime.now(UTC)
    secret, somebody = secrets.token_hex(), UserId(cast.learner.id)
    store = open_store(cast.academy.database_url)

    def work(tx: Transaction) -> None:
        account = tx.accounts.default()
        assert account is not None
        name = SessionId(RandomIds().new())
        tx.sessions.add(
            Session(
                account_id=account.id,
                id=name,
                user_id=somebody,
                kind=BROWSER,
                hashed=hashed(secret),
                name="",
                created_at=now,
                expires_at=now + lasts,
                csrf="word",
            )
        )

    (outcome,) = store.write([work])
    store.close()
    assert outcome.failure is None
    return secret


@pytest.mark.slow
def test_a_line_ends_when_its_session_does(cast: Cast) -> None:
    with _socket(cast.learner, cookie=_short_session(cast, timedelta(seconds=2))) as socket:
        heard, code = _ending(socket)
        assert ("welcome" in heard[0], code) == (True, SIGNED_OUT)


@pytest.mark.slow
def test_a_session_that_is_over_opens_no_line(cast: Cast) -> None:
    with _socket(cast.learner, cookie=_short_session(cast, -timedelta(seconds=1))) as socket:
        assert _ending(socket) == ([], SIGNED_OUT)


@pytest.mark.slow
def test_a_token_opens_a_line_and_its_end_closes_it(cast: Cast) -> None:
    token = cast.learner.client.ask(
        "POST", "/me/tokens", wire_access_tokens.NewToken("a program"), wire_access_tokens.Token
    )
    with (
        cast.academy.client(token=token.secret) as program,
        program.connect() as line,
        cast.learner.client.connect() as mine,
    ):
        assert line.welcome.user_id == cast.learner.id
        cast.learner.client.ask("DELETE", f"/me/tokens/{token.id}")
        assert list(line) == [wire_frames.SignedOutFrame()]
        mine.ping()


# Rubbish.

UNREADABLE: dict[str, str] = {
    "nothing": "",
    "no JSON": "{",
    "no frame": "null",
    "a text": '"hello"',
    "a number": "1e999",
    "an unknown type": '{"type": "shout", "id": 1}',
    "no type": '{"id": 1}',
    "an unknown field": '{"type": "ping", "id": 1, "colour": "red"}',
    "a missing field": '{"type": "ping"}',
    "a wrong field": '{"type": "ping", "id": "one"}',
    "a server's frame": '{"type": "facts"}',
    "one bad frame among good ones": '[{"type": "ping", "id": 1}, {"type": "shout", "id": 2}]',
    "half a letter": '{"type": "ping", "id": "\\ud800"}',
    "many brackets": "[" * 30_000,
    "a huge frame": '{"type": "ping", "id": 1, "more": "' + "x" * 60_000 + '"}',
    "an unreadable seq": '{"type": "read", "id": 1, "conversation_id": "x", "seq": 0}',
}


@pytest.mark.slow
@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_frame_is_answered_with_no_and_the_line_lives_on(cast: Cast, name: str) -> None:
    with cast.learner.client.connect() as line:
        line.say(UNREADABLE[name])
        answer = line.next_frame()
        assert isinstance(answer, wire_frames.NoFrame)
        assert (answer.re, answer.problem.status, answer.problem.code) == (None, 422, "invalid")
        line.ping()
        assert line.send_to_person(cast.expert.id, "Still here").seq == 1


@pytest.mark.slow
def test_bytes_that_are_no_text_are_answered_with_no_and_the_line_lives_on(cast: Cast) -> None:
    with _socket(cast.learner) as socket:
        socket.recv(30)
        socket.send(b"\xff\xfe")
        assert '"type":"no"' in str(socket.recv(30))
        socket.send('{"type": "ping", "id": 1}')
        assert socket.recv(30) == '[{"type":"done","re":1}]'


@pytest.mark.slow
def test_a_readable_frame_that_is_refused_is_answered_under_its_number(cast: Cast) -> None:
    with cast.learner.client.connect() as line:
        line.say(f'[{{"type": "read", "id": 41, "conversation_id": "{NOBODY}", "seq": 1}}]')
        answer = line.next_frame()
        assert isinstance(answer, wire_frames.NoFrame)
        assert (answer.re, answer.problem.code) == (41, "not_found")


def test_a_frame_beyond_all_measure_ends_this_line_and_no_other(cast: Cast) -> None:
    with cast.learner.client.connect() as line, cast.expert.client.connect() as other:
        line.say('"' + "x" * LARGEST + '"')
        with pytest.raises(SocketClosed) as closed:
            line.next_frame()
        assert closed.value.code == 1009
        other.ping()
    with cast.learner.client.connect() as again:
        again.ping()


@pytest.mark.slow
def test_who_sends_nothing_but_rubbish_is_cut(cast: Cast) -> None:
    with _socket(cast.learner) as socket:
        for _ in range(10):
            socket.send("rubbish")
        heard, code = _ending(socket)
        assert code == RUBBISH
        frames = [one for text in heard for one in msgspec.json.decode(text, type=list[wire_frames.ServerFrame])]
        assert [type(one) for one in frames] == [wire_frames.WelcomeFrame, *[wire_frames.NoFrame] * (len(frames) - 1)]


@pytest.mark.slow
def test_a_good_frame_between_rubbish_is_forgiven(cast: Cast) -> None:
    with cast.learner.client.connect() as line:
        for _ in range(4):
            for _ in range(9):
                line.say("rubbish")
            for _ in range(9):
                assert isinstance(line.next_frame(), wire_frames.NoFrame)
            line.ping()


def test_frames_in_a_list_are_answered_in_order(cast: Cast) -> None:
    with cast.learner.client.connect() as line:
        pings = [wire_frames.PingFrame(number) for number in range(5)]
        line.say(msgspec.json.encode(pings))
        assert [line.next_frame() for _ in pings] == [wire_frames.DoneFrame(number) for number in range(5)]


@pytest.mark.slow
def test_who_leaves_too_much_waiting_is_cut_and_comes_back(cast: Cast) -> None:
    with cast.learner.client.connect() as line, cast.expert.client.connect() as other:
        line.say(msgspec.json.encode([wire_frames.PingFrame(number) for number in range(1500)]))
        with pytest.raises(SocketClosed) as closed:
            line.next_frame()
        assert closed.value.code == TOO_SLOW
        other.ping()
    with cast.learner.client.connect() as again:
        again.ping()


# Who hears.


def _heard(line: WebSocketClient) -> list[wire_frames.ServerFrame]:
    """All that came by itself until now: what is answered after it proves that no more was on its way."""
    line.ping()
    return [line.next_frame() for _ in range(len(line._frames))]


def test_a_message_reaches_all_lines_of_the_two_and_nobody_else(cast: Cast) -> None:
    chat = cast.talk(1)
    lines: list[WebSocketClient] = [
        one.connect() for one in (cast.learner.client, cast.expert.client, cast.expert.client)
    ]
    outside = [cast.outsider.client.connect(), cast.owner.connect()]
    try:
        sent = cast.learner.client.send(chat, "For two")
        assert [line.next_frame() for line in lines] == [wire_frames.MessageFrame(sent)] * 3
        later = [cast.owner.send_to_person(cast.outsider.id, "For the outsider")]
        assert [line.next_frame() for line in outside] == [wire_frames.MessageFrame(later[0])] * 2
        assert [_heard(line) for line in lines + outside] == [[]] * 5
    finally:
        for line in lines + outside:
            line.close()


DOINGS: dict[str, Callable[[Cast, str], object]] = {
    "send": lambda cast, chat: cast.learner.client.send(chat, "Again"),
    "read": lambda cast, chat: cast.expert.client.mark_read(chat, 2),
    "delete": lambda cast, chat: cast.learner.client.delete_message(chat, 1),
    "delete for everyone": lambda cast, chat: cast.learner.client.delete_for_everyone(chat, 1),
    "delete chat": lambda cast, chat: cast.learner.client.delete_chat(chat),
}
HEARD: dict[str, tuple[type, type | None]] = {
    "send": (wire_frames.MessageFrame, wire_frames.MessageFrame),
    "read": (wire_frames.ReadMarkFrame, wire_frames.ReadMarkFrame),
    "delete": (wire_frames.HiddenFrame, None),
    "delete for everyone": (wire_frames.MessageFrame, wire_frames.MessageFrame),
    "delete chat": (wire_frames.ChatDeletedFrame, None),
}


@pytest.mark.parametrize("doing", DOINGS)
def test_each_doing_reaches_exactly_its_audience(cast: Cast, doing: str) -> None:
    chat = cast.talk(2)
    with (
        cast.learner.client.connect() as mine,
        cast.expert.client.connect() as theirs,
        cast.outsider.client.connect() as other,
    ):
        DOINGS[doing](cast, chat)
        to_me, to_them = HEARD[doing]
        assert [type(one) for one in _heard(mine)] == [to_me]
        assert [type(one) for one in _heard(theirs)] == ([] if to_them is None else [to_them])
        assert _heard(other) == []
        later = cast.owner.send_to_person(cast.outsider.id, "The line is alive")
        assert other.next_frame() == wire_frames.MessageFrame(later)


def test_reading_reaches_the_readers_other_devices(cast: Cast) -> None:
    chat = cast.talk(2)
    with cast.expert.client.connect() as reading, cast.expert.client.connect() as other:
        reading.read(chat, 2)
        frame = other.next_frame()
        assert isinstance(frame, wire_frames.ReadMarkFrame)
        assert (frame.user_id, frame.read_seq) == (cast.expert.id, 2)
    assert cast.expert.client.chats().unread_chats == 0


def test_marking_unread_reaches_my_other_devices_and_changes_nothing_for_the_other_person(cast: Cast) -> None:
    chat = cast.talk(2)
    cast.expert.client.mark_read(chat, 2)
    seen = cast.learner.client.open_chat(chat).row
    with (
        cast.expert.client.connect() as one,
        cast.expert.client.connect() as another,
        cast.learner.client.connect() as theirs,
    ):
        one.mark_unread(chat, 1)
        assert [_heard(line) for line in (one, another)] == [[wire_frames.UnreadMarkFrame(chat, 1, 1)]] * 2
        row = another.sync(chat, rev=seen.rev, own_rev=0).row
        assert (row.unread, row.unread_from, row.read_seq, row.own_rev) == (2, 1, 2, 1)
        another.read(chat, 2)
        assert [_heard(line) for line in (one, another)] == [[wire_frames.UnreadMarkFrame(chat, 2, None)]] * 2
        assert _heard(theirs) == []
    assert cast.learner.client.open_chat(chat).row == seen


def test_what_was_missed_is_told_when_asked(cast: Cast) -> None:
    chat = cast.talk(2)
    with cast.expert.client.connect() as line:
        known = line.sync(chat, rev=0, own_rev=0).row
    cast.asks("3")
    cast.learner.client.delete_for_everyone(chat, 1)
    with cast.expert.client.connect() as line:
        missed = line.sync(chat, rev=known.rev, own_rev=known.own_rev)
        assert [(one.seq, one.body) for one in missed.messages] == [(3, "3"), (1, "")]
        assert missed == cast.expert.client.changes(chat, rev=known.rev, own_rev=known.own_rev)
        assert line.sync(chat, rev=missed.row.rev, own_rev=missed.row.own_rev).messages == []


def test_the_messages_of_many_senders_arrive_in_order_and_each_once(cast: Cast) -> None:
    chat = cast.talk(1)

    def write(client: Client) -> None:
        with client.connect() as line:
            for number in range(20):
                line.send(chat, str(number))

    with cast.expert.client.connect() as hearing:
        writers = [threading.Thread(target=write, args=[one.client]) for one in (cast.learner, cast.expert)]
        for writer in writers:
            writer.start()
        frames = [hearing.next_frame() for _ in range(40)]
        for writer in writers:
            writer.join()
        assert _heard(hearing) == []
    assert [one.message.seq for one in frames if isinstance(one, wire_frames.MessageFrame)] == list(range(2, 42))


# What facts change.


@pytest.mark.slow
def test_switched_off_messaging_refuses_at_every_door_and_shows_it_at_once(own_cast: Cast) -> None:
    cast = own_cast
    chat = cast.talk(1)
    with cast.learner.client.connect() as line, cast.outsider.client.connect() as other:
        for is_on in (False, True):
            cast.owner.ask("PATCH", "/admin/settings", wire_admin.SettingsChange(messaging_on=is_on))
            assert line.next_frame() == wire_frames.FactsFrame()
            assert other.next_frame() == wire_frames.FactsFrame()
            doors: list[Callable[[], object]] = [
                lambda: cast.learner.client.send(chat, "Hello"),
                lambda: cast.learner.client.send_to_person(cast.expert.id, "Hello"),
                lambda: line.send(chat, "Hello"),
                lambda: line.send_to_person(cast.expert.id, "Hello"),
            ]
            assert [_code(send) for send in doors] == [None if is_on else "messaging_off"] * 4
            assert cast.learner.client.me().academy.messaging_on is is_on
            assert cast.learner.client.open_chat(chat).standing.is_open is is_on
    assert len(cast.learner.client.history(chat).messages) == 1 + 4


def _code(attempt: Callable[[], object]) -> str | None:
    """Why it is refused; None when it is not."""
    try:
        attempt()
    except Refusal as refusal:
        return refusal.problem.code
    return None


@pytest.mark.slow
def test_switched_off_messaging_keeps_even_the_owner_and_a_known_key_from_writing(own_cast: Cast) -> None:
    key = new_key()
    sent = own_cast.owner.send_to_person(own_cast.learner.id, "Before", key=key)
    own_cast.owner.ask("PATCH", "/admin/settings", wire_admin.SettingsChange(messaging_on=False))
    assert _code(lambda: own_cast.owner.send_to_person(own_cast.learner.id, "After")) == "messaging_off"
    assert own_cast.owner.send_to_person(own_cast.learner.id, "Before", key=key) == sent
    assert [one.body for one in own_cast.learner.client.history(sent.conversation_id).messages] == ["Before"]


@pytest.mark.parametrize(
    ("change", "back", "code"),
    [
        (("DELETE", "experts"), ("PUT", "experts"), "other_not_expert"),
        (("DELETE", "enrolled"), ("PUT", "enrolled"), "neither_may_write"),
    ],
)
def test_a_change_of_facts_reaches_the_two_whom_it_concerns(
    cast: Cast, change: tuple[str, str], back: tuple[str, str], code: str
) -> None:
    chat = cast.talk(1)
    person = cast.expert if change[1] == "experts" else cast.learner
    with cast.learner.client.connect() as learner, cast.expert.client.connect() as expert:
        for (method, part), expected in ((change, code), (back, None)):
            cast.owner.ask(method, f"/admin/courses/{cast.course.id}/{part}/{person.id}")
            assert learner.next_frame() == wire_frames.FactsFrame()
            assert expert.next_frame() == wire_frames.FactsFrame()
            assert cast.learner.client.open_chat(chat).standing.reason == expected
            assert _code(lambda: learner.send(chat, "Hello")) == expected
            _heard(learner)
            _heard(expert)


def test_who_is_deactivated_is_cut_off_at_once_and_the_other_one_learns_of_it(cast: Cast) -> None:
    chat = cast.talk(1)
    with cast.expert.client.connect() as gone, cast.learner.client.connect() as left:
        cast.owner.ask("POST", f"/admin/users/{cast.expert.id}/deactivate")
        assert wire_frames.SignedOutFrame() in list(gone)
        assert left.next_frame() == wire_frames.FactsFrame()
        assert _code(lambda: left.send(chat, "Are you there?")) == "other_deactivated"
    with pytest.raises(SocketClosed):
        cast.expert.client.connect()


# What is only shown.


@pytest.mark.slow
def test_a_mute_and_a_new_name_reach_whom_they_concern_and_nobody_reloads_everything(cast: Cast) -> None:
    chat = cast.talk(1)
    with (
        cast.learner.client.connect() as mine,
        cast.expert.client.connect() as theirs,
        cast.outsider.client.connect() as other,
    ):
        cast.learner.client.ask("PUT", f"/conversations/{chat}/mute", wire_conversations.Mute(muted=True))
        cast.owner.ask("PATCH", f"/admin/users/{cast.expert.id}", wire_admin.UserChange(title="Tutor"))
        profile = wire_frames.ProfileFrame(cast.expert.id)
        assert _heard(mine) == [wire_frames.MemberSettingsFrame(chat, muted=True, muted_until=None), profile]
        assert _heard(theirs) == [profile]
        assert _heard(other) == []
        cast.learner.client.ask("PUT", f"/conversations/{chat}/mute", wire_conversations.Mute(muted=False))
        cast.owner.ask("PATCH", f"/admin/users/{cast.expert.id}", wire_admin.UserChange(title=""))


# How a line ends.


@pytest.mark.slow
def test_signing_out_closes_the_lines_of_this_session_alone(cast: Cast) -> None:
    with Browser(cast.academy.address, cast.learner.login) as browser:
        leaving = Somebody(cast.learner.id, "", "", "", cast.learner.client, browser)
        with _socket(leaving) as first, _socket(leaving) as second, cast.learner.client.connect() as other:
            assert browser.request("DELETE", "/session").status_code == 204
            for socket in (first, second):
                heard, code = _ending(socket)
                assert ('"signed_out"' in heard[-1], code) == (True, SIGNED_OUT)
            sent = cast.asks()
            assert other.next_frame() == wire_frames.MessageFrame(sent)


def test_a_new_password_closes_the_lines_of_the_old_one(cast: Cast) -> None:
    with cast.learner.client.connect() as line:
        body = {"current": PASSWORD, "password": "another long password"}
        assert cast.learner.browser.request("PUT", "/me/password", json=body).status_code == 200
        assert list(line) == [wire_frames.SignedOutFrame()]


def test_a_new_password_leaves_the_lines_of_tokens(cast: Cast) -> None:
    token = cast.learner.client.ask(
        "POST", "/me/tokens", wire_access_tokens.NewToken("a program"), wire_access_tokens.Token
    )
    with cast.academy.client(token=token.secret) as program, program.connect() as line:
        body = {"current": PASSWORD, "password": "another long password"}
        assert cast.learner.browser.request("PUT", "/me/password", json=body).status_code == 200
        sent = program.send_to_person(cast.expert.id, "Still here")
        assert line.next_frame() == wire_frames.MessageFrame(sent)


def test_a_server_that_stops_hands_over_what_it_has_and_lets_its_lines_go(own_cast: Cast) -> None:
    with own_cast.learner.client.connect() as line:
        sent = own_cast.asks()
        own_cast.academy.stop()
        assert list(line) == [wire_frames.MessageFrame(sent)]
