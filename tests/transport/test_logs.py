"""The log: every line in one form, with the id of its request, and never a word that somebody wrote."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from hallway.client import Refusal
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.postgres import Postgres
from tests.transport.cast import Cast, Casting, as_problem, casting

pytestmark = pytest.mark.slow

WORDS = "Under the mat lies the key"
SECRET = "a-one-time-link-of-somebody"


@pytest.fixture
def logged(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """An academy that logs for machines."""
    serving = demo_academy(tmp_path, built=built_academy, log_format="json")
    yield serving
    serving.stop()


@pytest.fixture
def agency(logged: Hallway) -> Iterator[Casting]:
    """Brings people into it."""
    yield from casting(logged)


def _lines(hallway: Hallway) -> list[dict[str, Any]]:
    """All lines from its start to its stop, each of which must be of the form; what the demo says before is for people.

    A request's line is written after its answer, so it is stopped first.
    """
    hallway.stop()
    said = hallway.output.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(said) if '"started"' in line)
    return [json.loads(line) for line in said[start:]]


def _events(hallway: Hallway, event: str) -> list[dict[str, Any]]:
    return [line for line in _lines(hallway) if line["event"] == event]


def test_the_id_in_the_log_is_that_of_the_answer_and_of_the_problem(logged: Hallway) -> None:
    answer = httpx.get(f"{logged.address}/api/v1/me")
    request_id = as_problem(answer, 401, "signed_out")["request_id"]
    assert request_id == answer.headers["x-request-id"]
    (line,) = [one for one in _events(logged, "request") if one["request_id"] == request_id]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/me", 401)
    assert line["milliseconds"] >= 0


def test_the_first_line_says_what_started_and_where(logged: Hallway) -> None:
    (line,) = _events(logged, "started")
    assert (line["address"], line["level"]) == (logged.address, "info")


def test_what_the_server_below_complains_about_has_the_same_form(logged: Hallway) -> None:
    with socket.create_connection(("127.0.0.1", logged.command.port)) as stranger:
        stranger.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        assert b"400" in stranger.recv(1000)
    (line,) = [one for one in _lines(logged) if one.get("logger") == "uvicorn.error"]
    assert (line["level"], line["event"]) == ("warning", "Invalid HTTP request received.")


def test_a_one_time_link_is_not_in_the_log(logged: Hallway) -> None:
    assert httpx.get(f"{logged.address}/link/{SECRET}").status_code == 200
    assert _events(logged, "request")[-1]["path"] == "/link/…"
    assert SECRET not in logged.output.read_text("utf-8")


def test_no_word_of_a_message_is_in_the_log_however_it_was_sent_or_refused(logged: Hallway, cast: Cast) -> None:
    chat = cast.asks(WORDS).conversation_id
    for path in (f"/conversations?q={WORDS}", f"/people?q={WORDS}"):
        assert cast.learner.browser.request("GET", path).status_code == 200
    with cast.learner.client.connect() as line, cast.outsider.client.connect() as other:
        line.send(chat, WORDS)
        for way in (other.send, cast.outsider.client.send):
            with pytest.raises(Refusal):
                way(chat, WORDS)
    for body in (WORDS * 1000, f"\x00{WORDS}"):
        with pytest.raises(Refusal):
            cast.learner.client.send(chat, body)
    broken = cast.learner.browser.request(
        "POST", f"/conversations/{chat}/messages", content=f'{{"body": "{WORDS}'.encode()
    )
    assert broken.status_code in {400, 422}
    assert len(_events(logged, "request")) > 5
    assert WORDS.lower() not in logged.output.read_text("utf-8").lower()


def test_no_word_of_a_message_is_in_the_log_of_a_fault(postgres: Postgres, tmp_path: Path) -> None:
    """The database loses its messages: what nobody foresaw is told with all that is known but the words."""
    url = postgres.new_copy(build_academy)
    serving = installation(tmp_path, database=url, log_format="json")
    with serving.client("maya") as maya:
        chat = maya.chats().rows[0].conversation_id
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("ALTER TABLE message RENAME TO gone")
        with pytest.raises(Refusal) as over_http:
            maya.send(chat, WORDS)
        with maya.connect() as line, pytest.raises(Refusal) as over_the_line:
            line.send(chat, WORDS)
        with pytest.raises(Refusal):
            maya.chats(WORDS)
    serving.stop()
    assert (over_http.value.problem.status, over_the_line.value.problem.status) == (500, 500)
    faults = _events(serving, "fault")
    assert {over_http.value.problem.request_id, "socket"} < {one["request_id"] for one in faults}
    assert all("message" in one["exception"] for one in faults)
    assert WORDS.lower() not in serving.output.read_text("utf-8").lower()
