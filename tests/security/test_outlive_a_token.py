"""An attacker who holds a token for a moment makes another one of it that lasts longer, may more, or stays when it ends."""

import re
import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from hallway.adapters import RandomIds
from hallway.client import Client, Refusal
from hallway.domain.ids import AccountId, UserId
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import me as wire_me
from hallway.transport.wire.version import HEADER, PROTOCOL
from hallway.usecases.access import sessions
from hallway.usecases.access.access_tokens import MOST_TOKENS
from hallway.usecases.access.logins import MOST_SESSIONS
from hallway.usecases.transaction import Transaction
from tests.security.premises import PASSWORD, PATIENCE, Newcomer, Premises
from tests.transport.cast import as_problem

EVERYTHING: list[wire_fields.Scope] = ["read", "write", "admin"]


def _make(
    client: Client, *, days: int | None = None, scopes: list[wire_fields.Scope] | None = None
) -> wire_access_tokens.Token:
    return client.ask(
        "POST", "/me/tokens", wire_access_tokens.NewToken("a program", days, scopes), wire_access_tokens.Token
    )


def _program(premises: Premises, token: wire_access_tokens.Token) -> Client:
    assert token.secret is not None
    return premises.client(token.secret)


def _is_in(program: Client) -> bool:
    code = _code(program.me)
    assert code in {None, "signed_out"}
    return code is None


def _code(ask: Callable[[], object]) -> str | None:
    """The code with which something is refused."""
    try:
        ask()
    except Refusal as refused:
        return refused.problem.code
    return None


# Longer and wider.


@pytest.mark.slow
def test_a_child_lasts_no_longer_than_its_parent(premises: Premises) -> None:
    parent = _make(premises.browser(premises.newcomer()), days=7)
    program = _program(premises, parent)
    with pytest.raises(Refusal) as refused:
        _make(program, days=8)
    assert [one.code for one in refused.value.problem.errors] == ["too_long"]
    shorter, just_as_long = _make(program, days=6), _make(program)
    assert parent.expires_at is not None
    assert shorter.expires_at is not None
    assert shorter.expires_at < parent.expires_at
    assert just_as_long.expires_at == parent.expires_at


def test_a_child_of_an_endless_token_may_be_endless(premises: Premises) -> None:
    program = _program(premises, _make(premises.browser(premises.newcomer())))
    assert _make(program).expires_at is None


@pytest.mark.parametrize("wanted", [["admin"], ["read", "admin"]])
def test_a_child_is_no_wider_than_its_parent(premises: Premises, wanted: list[wire_fields.Scope]) -> None:
    program = _program(premises, _make(premises.browser(premises.newcomer()), scopes=["write"]))
    with pytest.raises(Refusal) as refused:
        _make(program, scopes=wanted)
    assert [one.code for one in refused.value.problem.errors] == ["too_wide"]
    assert _make(program, scopes=["read"]).scopes == ["read"]
    assert _make(program).scopes == ["read", "write"]


def test_a_token_that_may_read_makes_none(premises: Premises) -> None:
    browser = premises.browser(premises.newcomer())
    program = _program(premises, _make(browser, scopes=["read"]))
    assert _code(lambda: _make(program, scopes=["read"])) == "token_scope"
    assert len(browser.ask("GET", "/me/tokens", None, wire_access_tokens.Tokens).tokens) == 1


def test_a_token_ends_its_children_and_none_beside_it(premises: Premises) -> None:
    browser = premises.browser(premises.newcomer())
    other = _make(browser)
    program = _program(premises, _make(browser))
    child = _make(program)
    assert _code(lambda: program.ask("DELETE", f"/me/tokens/{other.id}")) == "not_found"
    program.ask("DELETE", f"/me/tokens/{child.id}")
    assert _is_in(_program(premises, other))
    assert not _is_in(_program(premises, child))


# What ends a parent ends its children.


def _revoked(premises: Premises, somebody: Newcomer, parent: wire_access_tokens.Token) -> None:
    premises.browser(somebody).ask("DELETE", f"/me/tokens/{parent.id}")


def _expired(premises: Premises, _: Newcomer, __: wire_access_tokens.Token) -> None:
    premises.clock.ahead += timedelta(days=1)


def _deactivated(premises: Premises, somebody: Newcomer, _: wire_access_tokens.Token) -> None:
    premises.deactivate(somebody)


def _password_by_link(premises: Premises, somebody: Newcomer, _: wire_access_tokens.Token) -> None:
    assert premises.choose_by_link(somebody, "a password by a link").status_code == 200


ENDS = {
    "revoked": _revoked,
    "expired": _expired,
    "deactivated": _deactivated,
    "a password chosen by a link": _password_by_link,
}


@pytest.mark.slow
@pytest.mark.parametrize("what", ENDS)
def test_a_child_and_its_lines_end_with_the_parent(premises: Premises, what: str) -> None:
    somebody = premises.newcomer()
    browser = premises.browser(somebody)
    parent, beside = _make(browser, days=1), _make(browser)
    child = _make(_program(premises, parent))
    grandchild = _make(_program(premises, child), scopes=["read"])
    family = [_program(premises, one) for one in (parent, child, grandchild)]
    lines = [premises.exits.enter_context(one.connect()) for one in family]
    with _program(premises, beside).connect() as other:
        ENDS[what](premises, somebody, parent)
        assert [list(one) for one in lines] == [[wire_frames.SignedOutFrame()]] * 3
        assert not any(map(_is_in, family))
        stays = what in {"revoked", "expired"}
        assert _is_in(_program(premises, beside)) is stays
        if stays:
            other.ping()
        else:
            assert list(other) == [wire_frames.SignedOutFrame()]


def test_a_password_that_was_changed_with_the_old_one_leaves_tokens(premises: Premises) -> None:
    somebody = premises.newcomer()
    browser = premises.browser(somebody)
    program = _program(premises, _make(browser))
    with program.connect() as line:
        body = {"current": PASSWORD, "password": "a password of one's own"}
        headers = {"X-CSRF-Token": browser.me().csrf, HEADER: str(PROTOCOL)}
        cookies = _cookies(premises, somebody, headers)
        changed = httpx.put(f"{premises.api}/me/password", json=body, headers=headers, cookies=cookies)
        assert changed.status_code == 200
        line.ping()
    assert _is_in(program)


def _cookies(premises: Premises, somebody: Newcomer, headers: dict[str, str]) -> dict[str, str]:
    entered = httpx.post(f"{premises.api}/session", json={"login": somebody.login, "password": PASSWORD})
    headers["X-CSRF-Token"] = entered.json()["csrf"]
    return dict(entered.cookies)


# Scopes over HTTP.

FOR_ANYBODY = {
    ("get", "/api/v1/entry"),
    ("post", "/api/v1/set-up"),
    ("post", "/api/v1/session"),
    ("post", "/api/v1/password"),
    ("post", "/api/v1/password/forgotten"),
    ("post", "/api/v1/password/link"),
    ("get", "/api/v1/demo/people"),
    ("post", "/api/v1/demo/session"),
    ("post", "/api/v1/stop-mails"),
    ("delete", "/api/v1/stop-mails"),
}
"""What needs no session."""
UNDESCRIBED = {
    ("get", "/api/v1/admin/audit/export"),
    ("get", "/api/v1/admin/mails/{mail_id}/content"),
    ("get", "/api/v1/conversations/{conversation_id}/messages/{seq}/original"),
}
ANY_ID = "00000000-0000-7000-8000-000000000000"
NEEDED = {
    path: {"kind": "courses"}
    for path in ("/api/v1/admin/imports", "/api/v1/admin/imports/look", "/api/v1/admin/imports/template")
}
"""Without it the request is refused before anybody is asked who sends it."""


def _operations(premises: Premises) -> set[tuple[str, str]]:
    """Every (method, path) that asks who is there."""
    paths: dict[str, dict[str, Any]] = httpx.get(f"{premises.serving.address}/api/openapi.json").json()["paths"]
    described = {
        (method, path)
        for path, operations in paths.items()
        for method in operations
        if method in {"get", "put", "post", "patch", "delete"} and path.startswith("/api/v1/")
    }
    return described - FOR_ANYBODY | UNDESCRIBED


def _refused(
    premises: Premises, token: wire_access_tokens.Token, operations: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of the operations that are refused because of the token's scopes."""
    headers = {"Authorization": f"Bearer {token.secret}"}
    refused: set[tuple[str, str]] = set()
    with httpx.Client(base_url=premises.serving.address, headers=headers, timeout=PATIENCE) as http:
        for method, path in sorted(operations):
            address = re.sub(r"{\w+}", ANY_ID, path.replace("{seq}", "1"))
            content = b"{}" if method in {"put", "post", "patch"} else None
            answer = http.request(method, address, params=NEEDED.get(path), content=content)
            assert answer.status_code not in {401, 405}, (method, path)
            if answer.status_code == 403 and answer.json()["code"] == "token_scope":
                as_problem(answer, 403, "token_scope")
                refused.add((method, path))
    return refused


def _is_administration(operation: tuple[str, str]) -> bool:
    return operation[1].startswith("/api/v1/admin/")


@pytest.mark.slow
def test_a_token_that_may_read_reads_and_does_nothing_else_anywhere(premises: Premises) -> None:
    token = _make(premises.owner(), scopes=["read"])
    every = _operations(premises)
    readable = {one for one in every if one[0] == "get" and not _is_administration(one)}
    assert len(readable) > 10
    assert _refused(premises, token, every) == every - readable


@pytest.mark.slow("postgresql")
def test_a_token_that_may_write_administers_nothing_anywhere(premises: Premises) -> None:
    token = _make(premises.owner(), scopes=["write"])
    administration = {one for one in _operations(premises) if _is_administration(one)}
    assert len(administration) > 40
    assert _refused(premises, token, administration) == administration


@pytest.mark.slow
def test_a_token_with_every_scope_may_what_its_person_may(premises: Premises) -> None:
    owner = premises.owner()
    readable = {one for one in _operations(premises) if one[0] == "get"}
    for scopes, expected in ((EVERYTHING, EVERYTHING), (["admin"], EVERYTHING), (None, EVERYTHING)):
        token = _make(owner, scopes=scopes)
        assert token.scopes == expected
        assert _refused(premises, token, readable) == set()
        program = _program(premises, token)
        program.ask("PATCH", "/me", wire_me.Preferences("en"))
        program.ask("PATCH", "/admin/settings", wire_admin.SettingsChange())


@pytest.mark.parametrize(
    "path", ["//admin/users", "/./admin/users", "/%61dmin/users", "/admin%2Fusers", "/admin/users/"]
)
def test_no_spelling_of_an_address_leads_around_the_scope(premises: Premises, path: str) -> None:
    token = _make(premises.owner(), scopes=["write"])
    address = premises.serving.address.removeprefix("http://")
    host, _, port = address.partition(":")
    answer = _raw(host, int(port), f"/api/v1{path}", token)
    assert b'"users"' not in answer
    assert answer.split(b" ", 2)[1] in {b"403", b"404"}


def _raw(host: str, port: int, path: str, token: wire_access_tokens.Token) -> bytes:
    """A GET of exactly this path, which no client has tidied up."""
    head = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token.secret}\r\nConnection: close\r\n\r\n"
    with socket.create_connection((host, port), PATIENCE) as line:
        line.sendall(head.encode())
        return b"".join(iter(lambda: line.recv(65_536), b""))


def test_scopes_are_no_more_than_the_person_may(premises: Premises) -> None:
    program = _program(premises, _make(premises.browser(premises.newcomer()), scopes=["admin"]))
    assert _code(lambda: program.ask("GET", "/admin/users")) == "not_staff"


@pytest.mark.slow
@pytest.mark.parametrize("scopes", [[], ["everything"], ["read", "read", "read", "read"], "read", [None]])
def test_scopes_that_are_none_make_no_token(premises: Premises, scopes: object) -> None:
    headers = {"Authorization": f"Bearer {_make(premises.browser(premises.newcomer())).secret}"}
    answer = httpx.post(f"{premises.api}/me/tokens", json={"name": "x", "scopes": scopes}, headers=headers)
    as_problem(answer, 422, "invalid")


def test_a_token_from_before_there_were_scopes_may_everything(premises: Premises) -> None:
    somebody = premises.newcomer("administrator")

    def work(tx: Transaction, account_id: AccountId) -> str:
        whose = (tx, account_id, UserId(somebody.id), sessions.TOKEN)
        return sessions.issue(*whose, now=premises.clock.now(), life=None, ids=RandomIds(), name="old").secret

    program = premises.client(premises.change(work))
    program.ask("PATCH", "/me", wire_me.Preferences("en"))
    program.ask("GET", "/admin/users")
    (listed,) = program.ask("GET", "/me/tokens", None, wire_access_tokens.Tokens).tokens
    assert listed.scopes == EVERYTHING


# Scopes on the socket.


def _chat(premises: Premises) -> tuple[Newcomer, Newcomer, str]:
    """Somebody who was written to by an administrator, that one, and the chat."""
    teacher, somebody = premises.newcomer("administrator"), premises.newcomer()
    premises.owner().ask("PATCH", "/admin/settings", wire_admin.SettingsChange(mode="open"))
    sent = premises.browser(teacher).send_to_person(somebody.id, "Welcome")
    return somebody, teacher, sent.conversation_id


@pytest.mark.slow("postgresql")
def test_a_token_that_may_read_listens_and_asks_and_does_nothing_else(premises: Premises) -> None:
    somebody, teacher, chat = _chat(premises)
    program = _program(premises, _make(premises.browser(somebody), scopes=["read"]))
    before = program.open_chat(chat)
    with program.connect() as line:
        refused = [
            lambda: line.send(chat, "Forged"),
            lambda: line.send_to_person(teacher.id, "Forged"),
            lambda: line.read(chat, 1),
        ]
        assert [_code(one) for one in refused] == ["token_scope"] * 3
        assert program.open_chat(chat) == before
        assert [one.body for one in line.sync(chat, rev=0, own_rev=0).messages] == ["Welcome"]
        line.ping()
        told = premises.browser(teacher).send(chat, "Still there?")
        assert line.next_frame() == wire_frames.MessageFrame(told)


@pytest.mark.slow
@pytest.mark.parametrize("scopes", [["write"], None])
def test_a_token_that_may_write_does(premises: Premises, scopes: list[wire_fields.Scope] | None) -> None:
    somebody, teacher, chat = _chat(premises)
    with _program(premises, _make(premises.browser(somebody), scopes=scopes)).connect() as line:
        line.read(chat, 1)
        assert line.send(chat, "Thank you").body == "Thank you"
        assert line.send_to_person(teacher.id, "Very much").conversation_id == chat


def test_the_refusal_is_the_same_over_http_and_on_the_socket(premises: Premises) -> None:
    somebody, _, chat = _chat(premises)
    program = _program(premises, _make(premises.browser(somebody), scopes=["read"]))
    with program.connect() as line:
        documents: list[tuple[object, ...]] = []
        for speaker in (program, line):
            with pytest.raises(Refusal) as refused:
                speaker.send(chat, "Forged")
            document = refused.value.problem
            documents.append((document.type, document.status, document.code, document.detail, document.remedy))
    assert documents[0] == documents[1]


# How many.


@pytest.mark.slow("postgresql")
def test_a_person_has_at_most_twenty_tokens_however_fast_they_are_made(premises: Premises) -> None:
    browser = premises.browser(premises.newcomer())
    first = _make(browser)

    def make(_: int) -> httpx.Response:
        headers = {"Authorization": f"Bearer {first.secret}"}
        return httpx.post(f"{premises.api}/me/tokens", json={"name": "more"}, headers=headers, timeout=PATIENCE)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(make, range(MOST_TOKENS + 4)))
    assert Counter(one.status_code for one in answers) == {201: MOST_TOKENS - 1, 409: 5}
    assert _code(lambda: _make(browser)) == "too_many_tokens"
    made = browser.ask("GET", "/me/tokens", None, wire_access_tokens.Tokens).tokens
    assert len(made) == MOST_TOKENS
    browser.ask("DELETE", f"/me/tokens/{made[-1].id}")
    _make(browser)


@pytest.mark.slow
def test_of_more_than_twenty_browsers_the_oldest_leaves_with_its_line(premises: Premises) -> None:
    somebody = premises.newcomer()
    browsers = [premises.browser(somebody) for _ in range(MOST_SESSIONS)]
    with browsers[0].connect() as oldest, browsers[1].connect() as second:
        assert _is_in(browsers[0])
        assert _is_in(premises.browser(somebody))
        assert list(oldest) == [wire_frames.SignedOutFrame()]
        second.ping()
    assert [_is_in(one) for one in browsers] == [False] + [True] * (MOST_SESSIONS - 1)
