"""The version of the protocol: our page must state it and a program may; a client of an older one is told to reload."""

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from hallway.client import API, SOCKET
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire.version import HEADER, PARAMETER, PROTOCOL
from tests.transport.cast import Cast, as_problem

OUTDATED = 4010
OLD = ["", "0", str(PROTOCOL - 1), "-3", "2.5", "newest"]


def _told_to_reload(answer: httpx.Response) -> None:
    document = as_problem(answer, 426, "client_outdated")
    assert (document["detail"], document["remedy"]) == ("Hallway was updated.", "Reload the page.")


def _page(cast: Cast, method: str, path: str, version: str | None, **more: object) -> httpx.Response:
    """A request as a page's script makes it, with the version that it states, or none."""
    headers = {"X-CSRF-Token": cast.learner.browser.csrf} | ({} if version is None else {HEADER: version})
    return cast.learner.browser.bare(method, path, headers=headers, **more)


@pytest.mark.parametrize("version", [None, *OLD])
def test_a_page_of_an_older_protocol_is_told_to_reload_and_changes_nothing(cast: Cast, version: str | None) -> None:
    _told_to_reload(_page(cast, "GET", "/conversations", version))
    message = {"body": "Hello", "key": "a-key-of-the-page"}
    _told_to_reload(_page(cast, "POST", f"/people/{cast.expert.id}/messages", version, json=message))
    assert cast.expert.client.chats().rows == []
    sent = _page(cast, "POST", f"/people/{cast.expert.id}/messages", str(PROTOCOL), json=message)
    assert sent.status_code == 201, sent.text


@pytest.mark.parametrize("version", [str(PROTOCOL), str(PROTOCOL + 1)])
def test_a_page_of_this_protocol_or_a_newer_one_is_answered(cast: Cast, version: str) -> None:
    assert _page(cast, "GET", "/conversations", version).status_code == 200


def test_what_a_browser_asks_for_by_itself_states_nothing_and_is_answered(cast: Cast) -> None:
    """A picture, a download, a preload: none of them comes from a script."""
    assert cast.learner.browser.bare("GET", "/me").status_code == 200


def test_who_is_not_signed_in_is_told_that_first(cast: Cast) -> None:
    as_problem(httpx.get(f"{cast.academy.address}{API}/me", headers={"X-CSRF-Token": ""}), 401, "signed_out")


def _token(cast: Cast) -> dict[str, str]:
    made = cast.learner.client.ask(
        "POST", "/me/tokens", wire_access_tokens.NewToken("a program"), wire_access_tokens.Token
    )
    return {"Authorization": f"Bearer {made.secret}"}


def test_a_program_with_a_token_may_state_nothing_and_nothing_old(cast: Cast) -> None:
    headers = _token(cast)
    address = f"{cast.academy.address}{API}/conversations"
    assert httpx.get(address, headers=headers).status_code == 200
    assert httpx.get(address, headers={**headers, HEADER: str(PROTOCOL)}).status_code == 200
    _told_to_reload(httpx.get(address, headers={**headers, HEADER: str(PROTOCOL - 1)}))


def _socket(cast: Cast, path: str, headers: dict[str, str]) -> ClientConnection:
    return connect(f"ws{cast.academy.address.removeprefix('http')}{path}", additional_headers=headers)


def _closed_with(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        socket.recv(30)
    return socket.close_code


@pytest.mark.parametrize("query", ["", "?", f"?{PARAMETER}=", f"?{PARAMETER}={PROTOCOL - 1}", f"?{PARAMETER}=x"])
def test_the_socket_of_an_older_page_is_closed_with_a_code_of_its_own(cast: Cast, query: str) -> None:
    cookie = {"Cookie": f"hallway_session={cast.learner.browser.http.cookies['hallway_session']}"}
    with _socket(cast, f"{API}/socket{query}", cookie) as socket:
        assert _closed_with(socket) == OUTDATED
    with _socket(cast, SOCKET, cookie) as socket:
        assert f'"version":{PROTOCOL}' in str(socket.recv(30))


def test_the_socket_of_a_program_may_state_nothing_and_nothing_old(cast: Cast) -> None:
    token = _token(cast)
    with _socket(cast, f"{API}/socket", token) as socket:
        assert "welcome" in str(socket.recv(30))
    with _socket(cast, f"{API}/socket?{PARAMETER}={PROTOCOL - 1}", token) as socket:
        assert _closed_with(socket) == OUTDATED
