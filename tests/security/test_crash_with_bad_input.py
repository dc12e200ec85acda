"""Attack: make the server fail at input that nobody can use, as a stranger or signed in, over either database."""

import json
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx
import pytest

from hallway.client import Client
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from tests.security.bad_input import Bad, corpus
from tests.servers.hallway import Hallway

PROBLEM = b"application/problem+json"
ROLES = (None, "maya", "ingrid")
LONGEST_LINE = 2_000
ALWAYS = 60


def _ids(server: Hallway) -> dict[str, str]:
    """Ids that are there, by the name of the parameter, so that not everything ends at "not found"."""
    with server.client("ingrid") as owner:
        person = owner.people().people[0].id
        courses = owner.ask("GET", "/admin/courses", None, wire_admin.AdminCourses).courses
        departments = owner.ask("GET", "/admin/departments", None, wire_admin.AdminDepartments).departments
        chat = owner.send_to_person(person, "Hello").conversation_id
    return {
        "user_id": person,
        "conversation_id": chat,
        "course_id": courses[0].id,
        "department_id": departments[0].id,
        "seq": "1",
    }


def _token(server: Hallway, login: str) -> dict[str, str]:
    with server.client(login) as client:
        for old in client.ask("GET", "/me/tokens", None, wire_access_tokens.Tokens).tokens:
            client.ask("DELETE", f"/me/tokens/{old.id}")
        secret = client.ask(
            "POST", "/me/tokens", wire_access_tokens.NewToken("attacks"), wire_access_tokens.Token
        ).secret
    return {"Authorization": f"Bearer {secret}"}


def _asked(server: Hallway, bad: Bad, **headers: str) -> tuple[int, bytes]:
    """The status and the head of the answer; a connection that is reset while it is answered counts as what was read."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.command.port), timeout=ALWAYS) as opened:
        with suppress(ConnectionError):
            opened.sendall(bad.raw("127.0.0.1", Connection="close", **headers))
        with suppress(ConnectionError):
            while part := opened.recv(65_536):
                answer += part
    head = answer.partition(b"\r\n\r\n")[0].lower()
    return (int(head.split()[1]) if head else 0), head


def _is_good(status: int, head: bytes) -> bool:
    return 0 < status < 400 or (400 <= status < 500 and PROBLEM in head)


def _document(server: Hallway) -> Mapping[str, Any]:
    found: dict[str, Any] = httpx.get(f"{server.address}/api/openapi.json").json()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES, ids=["stranger", "learner", "owner"])
def test_no_operation_fails_at_what_nobody_can_use(ruin: Hallway, role: str | None) -> None:
    headers = _token(ruin, role) if role else {}
    wrong: list[str] = []
    count = 0
    for bad in corpus(_document(ruin), _ids(ruin)):
        status, head = _asked(ruin, bad, **({} if "Authorization" in bad.headers else headers))
        count += 1
        if not _is_good(status, head):
            wrong.append(f"{status} {bad} {head[:200]!r}")
        if status == 401 and role:
            headers = _token(ruin, role)
    assert wrong == []
    assert count > 2_000


TWINS = {
    "marks and families": "\u00c4rger \ufdfd \U0001f469\u200d\U0001f469\u200d\U0001f467",
    "right to left": "\u200f\u05e9\u05dc\u05d5\u05dd\u200e",
    "as long as may be": "a" * 4_000,
    "a tab and a line": "tab\tand\nline",
    "the escape of a NUL, as a text": "\\u0000 is no NUL",
    "brackets": '{"x":' * 500,
}


@pytest.mark.parametrize("name", TWINS)
def test_unusual_text_that_people_do_write_arrives_as_it_is(server: Hallway, name: str) -> None:
    with server.client("ingrid") as owner:
        person = owner.people().people[0].id
        sent = owner.send_to_person(person, TWINS[name])
        assert owner.history(sent.conversation_id).messages[-1].body == TWINS[name]


def test_unusual_addresses_that_are_good_lead_somewhere(server: Hallway) -> None:
    assert httpx.get(f"{server.address}/messages/%D9%85?x=%F0%9F%98%80").status_code == 200
    with server.client("ingrid") as owner:
        assert owner.people("\ufdfd%_'\"\\").people == []


def test_a_message_with_a_nul_gets_the_same_answer_from_either_database(server: Hallway) -> None:
    """About a message's text sending decides; in every other text a NUL is refused."""
    with server.client("ingrid") as owner:
        person = owner.people().people[0].id
        answer = owner._http.post(f"/api/v1/people/{person}/messages", json={"body": "a\0b", "key": "key-with-nul"})
        assert answer.status_code in {201, 422}
        if answer.status_code == 201:
            assert "\0" not in answer.json()["message"]["body"]


# What is left of it in the log.


def test_no_stranger_fills_or_forges_the_log(server: Hallway) -> None:
    before = server.output.stat().st_size
    forged = "2026-01-01T00:00:00Z [error ] fault"
    strange = [
        Bad("get", "/a%0a" + forged.replace(" ", "%20")),
        Bad("get", "/" + "x" * 4_000),
        Bad("get", "/%1b[2J%e2%80%ae"),
        Bad("get", "/x", None, {"User-Agent": "y" * 9_000}),
        Bad("post", "/api/v1/session", json.dumps({"login": "l" * 200, "password": "p"}).encode()),
        Bad("brew", "/" + "z" * 50_000),
    ]
    for bad in [*strange, Bad("get", "/the-last-one")]:
        _asked(server, bad)
    added = _logged(server, "path=/the-last-one ")[before:]
    lines = added.splitlines()
    assert len(lines) <= 2 * len(strange)
    assert max(map(len, lines)) < LONGEST_LINE
    assert not any(line.startswith(forged) for line in lines)
    assert "\x1b" not in added
    assert "\u202e".encode().decode("latin-1") not in added


def test_a_line_of_the_log_says_where_it_led(server: Hallway) -> None:
    httpx.get(f"{server.address}/a-good-address?secret=1")
    assert "secret" not in _logged(server, "path=/a-good-address ")[-500:]


def _logged(server: Hallway, mark: str) -> str:
    """All that was logged; a request's line is written behind its answer. Byte for byte a letter, to count in."""
    until = time.monotonic() + ALWAYS
    while mark not in (logged := server.output.read_bytes().decode("latin-1")):
        assert time.monotonic() < until, "it was never logged"
        time.sleep(0.02)
    return logged


# Heads.


FLOODS = {
    "many lines": b"".join(b"X-%d: y\r\n" % number for number in range(5_000)),
    "long lines": b"".join(b"X-%d: %s\r\n" % (number, b"y" * 8_000) for number in range(20)),
    "one endless line": b"X: " + b"y" * 200_000 + b"\r\n",
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_headers_is_refused(server: Hallway, name: str) -> None:
    answer = b""
    with socket.create_connection(("127.0.0.1", server.command.port), timeout=ALWAYS) as opened:
        with suppress(ConnectionError):
            opened.sendall(b"GET /livez HTTP/1.1\r\nHost: here\r\n" + FLOODS[name] + b"\r\n")
        with suppress(ConnectionError):
            while part := opened.recv(65_536):
                answer += part
    assert answer == b"" or (answer.startswith(b"HTTP/1.1 400 ") and PROBLEM in answer)


def test_a_hundred_headers_are_none(server: Hallway) -> None:
    headers = {f"X-Header-{number}": "y" * 200 for number in range(100)}
    assert httpx.get(f"{server.address}/livez", headers=headers).status_code == 200


def test_the_client_gets_a_refusal_it_can_read(server: Hallway) -> None:
    with Client(server.address) as client:
        answer = client._http.get("/%00")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    answer = httpx.get(f"{server.address}/{'a' * 5_000}")
    assert (answer.status_code, answer.json()["code"]) == (414, "address_too_long")
