"""Attack: a stranger asks for new passwords in others' names, to fill their mailbox, to find out who exists, to void links."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hallway.usecases.access.forgotten_passwords import A_MINUTE
from tests.servers.hallway import Hallway, demo_academy
from tests.servers.mail import Relay, text_of
from tests.transport.cast import Browser, as_problem

ROUNDS = 40
ASKED_FOR = {"omar", "maya", "daniel", "priya"}
"""By the other tests."""


@pytest.fixture(scope="module")
def relay() -> Iterator[Relay]:
    """Where Hallway's mails go."""
    taking = Relay()
    yield taking
    taking.stop()


@pytest.fixture(scope="module")
def academy(built_academy: Path, tmp_path_factory: pytest.TempPathFactory, relay: Relay) -> Iterator[Hallway]:
    """The demo academy, with mail."""
    settings = {"smtp": relay.address, "mail_from": "Northwind <noreply@hall.example>"}
    serving = demo_academy(tmp_path_factory.mktemp("forgetful"), built=built_academy, **settings)
    yield serving
    serving.stop()


def _ask(academy: Hallway, login: str, address: str = "203.0.113.9") -> httpx.Response:
    headers = {"X-Forwarded-For": address}
    body = {"login": login}
    return httpx.post(f"{academy.address}/api/v1/password/forgotten", json=body, headers=headers, timeout=30)


def _look(academy: Hallway, secret: str) -> httpx.Response:
    return httpx.post(f"{academy.address}/api/v1/password/link", json={"token": secret}, timeout=30)


def _email(academy: Hallway, login: str) -> str:
    with Browser(academy.address, login, "hallway-demo") as person:
        return str(person.request("GET", "/me").json()["email"])


@pytest.mark.slow
def test_somebody_who_forgot_their_password_comes_in_again(academy: Hallway, relay: Relay) -> None:
    email = _email(academy, "omar")
    assert _ask(academy, "omar").status_code == 202
    mail = relay.wait_for_text(email, "/link/")
    assert mail["Subject"] == "Choose a new password"
    secret = next(line.rpartition("/")[2] for line in text_of(mail).splitlines() if "/link/" in line)
    for _ in range(2):  # looking spends nothing
        seen = _look(academy, secret)
        assert (seen.status_code, seen.json()["name"], seen.json()["is_first"]) == (200, "Omar Mayhew", False)
    body = {"token": secret, "password": "a new long password"}
    assert httpx.post(f"{academy.address}/api/v1/password", json=body, timeout=30).status_code == 200
    as_problem(_look(academy, secret), 404, "not_found")
    told = relay.wait_for_text(email, "a new password was chosen")
    assert told["Subject"] == "Your password was changed"


def test_the_answer_is_the_same_for_somebody_and_for_nobody(academy: Hallway) -> None:
    for login in ("maya", "nobody-at-all"):
        answers = [_ask(academy, login, f"198.51.100.{number}") for number in range(A_MINUTE + 1)]
        assert [one.status_code for one in answers] == [202] * A_MINUTE + [429]
        assert {one.content for one in answers[:-1]} == {answers[0].content}
        assert as_problem(answers[-1], 429, "too_many")


def test_a_stranger_fills_no_mailbox_from_however_many_networks(academy: Hallway, relay: Relay) -> None:
    email = _email(academy, "daniel")
    before = len(relay.mails_to(email))
    for number in range(30):
        _ask(academy, "daniel", f"2001:db8:ffff:{number:x}::1")
        _ask(academy, email, f"2001:db8:fffe:{number:x}::1")
    relay.wait_for(email, before + 1)
    _ask(academy, "priya", "2001:db8:fffd::1")  # what was asked before this is worked on before
    relay.wait_for_text(_email(academy, "priya"), "/link/")
    assert len([one for one in relay.mails_to(email) if "/link/" in text_of(one)]) == 1


@pytest.mark.slow
def test_nor_does_the_time_of_the_answer_tell(academy: Hallway) -> None:
    """Each is asked for once, in turns, so that what else the machine does meets both alike."""
    with Browser(academy.address, "ingrid", "hallway-demo") as owner:
        users = owner.request("GET", "/admin/users?limit=100").json()["users"]
    present = [one["login"] for one in users if one["login"] not in ASKED_FOR]
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, login in enumerate(present[:ROUNDS]):
        for is_somebody in (True, False):
            began = time.perf_counter()
            answer = _ask(academy, login if is_somebody else f"nobody-{number}", f"2001:db8:{number:x}::1")
            taken[is_somebody].append(time.perf_counter() - began)
            assert answer.status_code == 202
    somebody, nobody = (statistics.median(taken[one]) for one in (True, False))
    assert abs(somebody - nobody) < max(somebody, nobody) * 0.5


@pytest.mark.slow
def test_looking_at_links_is_paced_like_guessing_them(built_academy: Path, tmp_path: Path) -> None:
    strict = demo_academy(tmp_path, built=built_academy, sign_in_attempts_per_minute="10")
    try:
        answers = [_look(strict, f"no-such-link-{number}").status_code for number in range(12)]
    finally:
        strict.stop()
    assert answers == [404] * 10 + [429] * 2


def test_a_page_of_somebody_else_asks_for_nothing(academy: Hallway) -> None:
    for path, body in (("forgotten", {"login": "maya"}), ("link", {"token": "x" * 20})):
        headers = {"Origin": "https://evil.example"}
        asked = httpx.post(f"{academy.address}/api/v1/password/{path}", json=body, headers=headers, timeout=30)
        as_problem(asked, 403, "forbidden")


def test_without_mail_everybody_is_told_so(server: Hallway) -> None:
    entry = httpx.get(f"{server.address}/api/v1/entry", timeout=30).json()
    assert entry["has_mail"] is False
    for login in ("maya", "nobody-at-all"):
        as_problem(_ask(server, login), 409, "no_mail")
