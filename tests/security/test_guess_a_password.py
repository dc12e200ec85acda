"""An attacker guesses: a password at the sign-in or in a stolen session, a link, a token, from one address or from many."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hallway.transport.wire.version import HEADER, PROTOCOL
from tests.security.conftest import Start
from tests.security.crowd import Try, at_once, rightly, statuses
from tests.servers.hallway import Hallway, demo_academy
from tests.transport.cast import Browser, as_problem

pytestmark = pytest.mark.slow

GUESSES = 80
STRICT = {"sign_in_attempts_per_minute": "10", "metrics_token": "a token of sixteen letters"}


@pytest.fixture(scope="module")
def strict(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hallway]:
    """An academy for those tests that each use other logins and other networks."""
    serving = demo_academy(tmp_path_factory.mktemp("strict"), built=built_academy, **STRICT)
    yield serving
    serving.stop()


def _spread(servers: list[Hallway], **more: str) -> list[Try]:
    return [Try(servers[number % len(servers)].address, **more) for number in range(GUESSES)]


def test_guesses_that_are_made_at_once_are_as_few_as_one_after_the_other(start: Start) -> None:
    servers = start(sign_in_attempts_per_minute="10")
    answers = at_once(_spread(servers, login="maya"))
    assert statuses(answers) == {401: 10, 429: GUESSES - 10}
    assert all(1 <= int(one.headers["retry-after"]) <= 60 for one in answers if one.status_code == 429)
    assert rightly(servers[0].address, "maya").make().status_code == 429


def test_nor_do_guesses_from_everywhere_pass(start: Start) -> None:
    servers = start(sign_in_attempts_per_minute="10")
    tries = [
        Try(servers[number % len(servers)].address, "Maya", address=f"198.51.100.{number}") for number in range(GUESSES)
    ]
    found = statuses(at_once(tries))
    assert found[401] == 10
    assert found[429] + found[503] == GUESSES - 10


@pytest.mark.parametrize(
    ("addresses", "often"),
    [
        ([f"2001:db8:1:2::{number:x}" for number in range(1, 31)], 10),  # one customer's smallest network
        ([f"2001:db8:9:{number:x}::1" for number in range(1, 81)], 50),  # all networks of one customer
        ([f"::ffff:203.0.113.{number % 2}" for number in range(1, 31)], 20),  # IPv4, in the words of IPv6
    ],
)
def test_who_has_many_addresses_has_one_network(strict: Hallway, addresses: list[str], often: int) -> None:
    answers = [Try(strict.address, f"nobody-{one}", address=one).make() for one in addresses]
    assert statuses(answers) == {401: often, 429: len(addresses) - often}


def test_a_class_signs_in_at_once_from_one_address(start: Start) -> None:
    servers = start(sign_in_attempts_per_minute="10")
    logins = ["maya", "samuel", "ingrid", "omar", "daniel"] * 6
    tries = [rightly(servers[number % len(servers)].address, login) for number, login in enumerate(logins)]
    assert statuses(at_once(tries)) == {200: 30}


def test_a_login_that_nobody_has_is_refused_in_the_same_words_and_as_often(strict: Hallway) -> None:
    told: list[list[tuple[int, str]]] = []
    for address, login in (("192.0.2.1", "priya"), ("192.0.2.2", "nobody-at-all")):
        answers = [Try(strict.address, login, address=address).make() for _ in range(12)]
        told.append([(one.status_code, one.json()["code"]) for one in answers])
    assert told[0] == told[1]


def test_a_stolen_session_guesses_the_password_no_more_often(start: Start) -> None:
    servers = start(sign_in_attempts_per_minute="5")
    with Browser(servers[0].address, "maya", "hallway-demo") as maya:
        guess = {"current": "a guess of ten letters", "password": "another long password"}

        def change(number: int) -> int:
            address = f"{servers[number % len(servers)].address}/api/v1/me/password"
            headers = {
                "X-CSRF-Token": maya.csrf,
                HEADER: str(PROTOCOL),
                "Cookie": f"hallway_session={maya.http.cookies['hallway_session']}",
            }
            return httpx.put(address, json=guess, headers=headers, timeout=60).status_code

        found = [change(number) for number in range(12)]
        assert (found.count(422), found.count(429)) == (5, 7)


def test_links_and_tokens_are_tried_so_often_and_good_ones_go_on(strict: Hallway) -> None:
    body = {"token": "a guess", "password": "another long password"}
    links = [httpx.post(f"{strict.address}/api/v1/password", json=body).status_code for _ in range(14)]
    assert links[:10] == [404] * 10
    assert 429 in links
    with httpx.Client(base_url=f"{strict.address}/api/v1") as program:
        bearers = [{"Authorization": f"Bearer {number}"} for number in range(400)]
        tokens = [program.get("/me", headers=bearer).status_code for bearer in bearers]
    assert tokens[:300] == [401] * 300
    assert 429 in tokens
    with strict.client("samuel") as samuel:
        assert samuel.me().person.name.startswith("Samuel")


def test_the_metrics_token_is_tried_so_often(strict: Hallway) -> None:
    with httpx.Client(base_url=strict.address) as stranger:
        tries = [stranger.get("/metrics", headers={"Authorization": f"Bearer {number}"}) for number in range(400)]
    assert statuses(tries[:300]) == {401: 300}
    assert 429 in statuses(tries)


def test_a_device_of_ones_own_guesses_nobody_else_s_password(strict: Hallway) -> None:
    """Whoever signed in somewhere has a known device: for themselves, and not for those whom they guess."""
    device = rightly(strict.address, "omar", "192.0.2.6").make().cookies["hallway_device"]
    answers = [Try(strict.address, "daniel", address="192.0.2.5", device=device).make() for _ in range(12)]
    assert [one.status_code for one in answers] == [401] * 10 + [429] * 2
    for made_up in ("made-up", "~", device[:-1] + "!"):
        as_problem(rightly(strict.address, "daniel", "192.0.2.5", made_up).make(), 429, "too_many")
