"""Act as somebody who is signed in, from a page of one's own: of another scheme, of another port, or of a name that one lets
lead to Hallway (DNS rebinding).
"""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from hallway.client import SOCKET
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.postgres import Postgres
from tests.transport.cast import as_problem

TOKEN = "the-token-of-the-first-run"
PUBLIC, OTHER, EVIL = "https://learn.example", "https://lernen.example:8443", "evil.example"
SIGN_IN = {"login": "ingrid", "password": "hallway-demo"}
PROBES = ("/livez", "/readyz")
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def served(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hallway]:
    """An academy that people reach at two addresses."""
    folder = tmp_path_factory.mktemp("addresses")
    serving = demo_academy(folder, built=built_academy, public_url=PUBLIC, other_urls=f"{OTHER}/ http://lan.example")
    yield serving
    serving.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def unset(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hallway]:
    """An installation that nobody has set up, and of which no address was said."""
    settings = {"set_up_token": TOKEN}
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        settings["database"] = server.new_database()
    serving = installation(tmp_path / "one", **settings)
    yield serving
    serving.stop()


def _sign_in(address: str, host: str, origin: str | None) -> httpx.Response:
    headers = {"Host": host} | ({} if origin is None else {"Origin": origin})
    return httpx.post(f"{address}/api/v1/session", json=SIGN_IN, headers=headers)


def _set_up(address: str, **headers: str) -> httpx.Response:
    person: dict[str, Any] = {"name": "Olga", "email": "olga@mail.example", "login": "olga"}
    body = {"token": TOKEN, "academy": "Academy", "password": "a long enough password", **person}
    return httpx.post(f"{address}/api/v1/set-up", json=body, headers=headers)


# The page: scheme, host and port.


@pytest.mark.parametrize(
    "origin", [PUBLIC, OTHER, "http://lan.example", PUBLIC.upper(), "https://learn.example:443", None]
)
def test_a_page_of_our_own_signs_in(served: Hallway, origin: str | None) -> None:
    assert _sign_in(served.address, "learn.example", origin).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://learn.example",
        "https://learn.example:8443",
        "https://lernen.example",
        "https://lan.example",
        f"https://{EVIL}",
        f"https://learn.example.{EVIL}",
        f"https://learn.example@{EVIL}",
        "https://learn.example/",
        "https://learn.example.",
        "ftp://learn.example",
        "learn.example",
        "null",
        "",
    ],
)
def test_a_page_of_another_scheme_host_or_port_changes_nothing(served: Hallway, origin: str) -> None:
    as_problem(_sign_in(served.address, "learn.example", origin), 403, "forbidden")


def test_on_loopback_scheme_and_port_are_compared_too(served: Hallway) -> None:
    host = served.address.removeprefix("http://")
    assert _sign_in(served.address, host, served.address).status_code == 200
    for origin in (f"https://{host}", "http://127.0.0.1:1", "http://127.0.0.1", f"http://localhost:{host[10:]}"):
        as_problem(_sign_in(served.address, host, origin), 403, "forbidden")


def _closed_with(served: Hallway, host: str, origin: str) -> int:
    """The code that a line ends with before it has begun; 0 for one that asks who is there."""
    signed_in = _sign_in(served.address, "learn.example", PUBLIC)
    headers = {"Cookie": f"__Host-hallway={signed_in.cookies['__Host-hallway']}"}
    there = socket.create_connection(("127.0.0.1", served.command.port))
    asked = f"ws://{host}{SOCKET}"
    with connect(asked, sock=there, origin=Origin(origin), additional_headers=headers) as line:
        try:
            line.recv(timeout=30)
        except ConnectionClosed as ended:
            return ended.rcvd.code if ended.rcvd else -1
        return 0


def test_a_live_line_opens_for_our_own_page_alone(served: Hallway) -> None:
    assert _closed_with(served, "learn.example", PUBLIC) == 0
    assert _closed_with(served, "learn.example", "http://learn.example") == 4003
    assert _closed_with(served, EVIL, f"http://{EVIL}") == 4003
    assert _closed_with(served, EVIL, PUBLIC) == 4003


# The name: of whom a request asks.


@pytest.mark.parametrize(
    "host", [EVIL, f"{EVIL}:8080", "192.168.1.7", "learn.example.evil.example", "learn.example.", ""]
)
def test_a_name_that_is_not_ours_gets_nothing(served: Hallway, host: str) -> None:
    as_problem(_sign_in(served.address, host, f"http://{host}"), 421, "unknown_host")
    for path in ("/", "/api/v1/entry", "/api/v1/me", "/openapi.json", "/manifest.webmanifest"):
        answer = httpx.get(f"{served.address}{path}", headers={"Host": host})
        document = as_problem(answer, 421, "unknown_host")
        assert "HALLWAY_PUBLIC_URL" in document["remedy"]
        assert "Ashgrove" not in answer.text


def test_a_forwarded_name_opens_nothing(served: Hallway) -> None:
    """A page whose name leads here may add what headers it likes, and proxies hand them on."""
    headers = {"Host": EVIL, "X-Forwarded-Host": "learn.example", "Forwarded": "host=learn.example"}
    as_problem(httpx.get(f"{served.address}/api/v1/entry", headers=headers), 421, "unknown_host")


@pytest.mark.parametrize("host", ["learn.example", "LEARN.example:8080", "lernen.example", "localhost:1", "[::1]:80"])
def test_our_names_and_loopback_are_answered(served: Hallway, host: str) -> None:
    assert httpx.get(f"{served.address}/api/v1/entry", headers={"Host": host}).status_code == 200


def test_probes_are_answered_by_any_name(served: Hallway) -> None:
    for path in PROBES:
        assert httpx.get(f"{served.address}{path}", headers={"Host": "10.1.2.3:8080"}).json() == {"status": "ok"}


def test_two_names_are_none(served: Hallway) -> None:
    connection = HTTPConnection("127.0.0.1", served.command.port)
    connection.putrequest("GET", "/api/v1/entry", skip_host=True)
    for host in ("learn.example", EVIL):
        connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == 421
    connection.close()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ru", "ltr")])
def test_people_read_what_is_to_be_set(served: Hallway, language: str, direction: str) -> None:
    headers = {"Host": "learn.lan:8080", "Accept-Language": f"{language}-XX,en;q=0.5", **BROWSER}
    page = httpx.get(served.address, headers=headers)
    assert (page.status_code, page.headers["content-type"]) == (421, "text/html; charset=utf-8")
    assert page.headers["cache-control"] == "no-store"
    assert f'lang="{language}" dir="{direction}"' in page.text
    assert "HALLWAY_PUBLIC_URL" in page.text
    assert "learn.lan" in page.text
    assert httpx.get(served.address, headers={**headers, "Host": "<script>"}).text.count("<script>") == 0


def test_browsers_are_told_to_keep_to_tls_where_it_is_spoken(served: Hallway) -> None:
    def promised(host: str) -> str | None:
        return httpx.get(f"{served.address}/api/v1/entry", headers={"Host": host}).headers.get(
            "strict-transport-security"
        )

    assert promised("learn.example") == promised("lernen.example:8443") == "max-age=31536000"
    assert promised("lan.example") is promised("localhost") is promised(EVIL) is None


# Without a setting: the address of the first run.


@pytest.mark.slow
def test_the_address_of_the_first_run_is_remembered_and_no_other(unset: Hallway) -> None:
    assert httpx.get(f"{unset.address}/api/v1/entry", headers={"Host": "learn.lan"}).json()["needs_set_up"]
    as_problem(_set_up(unset.address, Host="learn.lan:8080", Origin=f"http://{EVIL}"), 403, "forbidden")
    as_problem(_set_up(unset.address, Host="learn.lan:8080", Origin="http://learn.lan"), 403, "forbidden")
    assert _set_up(unset.address, Host="learn.lan:8080", Origin="https://learn.lan:8080").status_code == 201
    for _ in range(2):
        body = {"login": "olga", "password": "a long enough password"}
        ours = {"Host": "learn.lan:8080", "Origin": "https://learn.lan:8080"}
        assert httpx.post(f"{unset.address}/api/v1/session", json=body, headers=ours).status_code == 200
        for theirs in ({"Origin": "http://learn.lan:8080"}, {"Origin": f"http://{EVIL}"}):
            answer = httpx.post(f"{unset.address}/api/v1/session", json=body, headers={**ours, **theirs})
            as_problem(answer, 403, "forbidden")
        rebound = {"Host": EVIL, "Origin": f"http://{EVIL}"}
        as_problem(httpx.post(f"{unset.address}/api/v1/session", json=body, headers=rebound), 421, "unknown_host")
        unset.stop()
        unset.again()


@pytest.mark.slow
def test_every_process_learns_it(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database()
    one, two = (installation(tmp_path / name, database=url, set_up_token=TOKEN) for name in ("one", "two"))
    assert _set_up(one.address, Host="learn.lan", Origin="http://learn.lan").status_code == 201
    assert httpx.get(f"{two.address}/api/v1/entry", headers={"Host": "learn.lan"}).status_code == 200
    as_problem(httpx.get(f"{two.address}/api/v1/entry", headers={"Host": EVIL}), 421, "unknown_host")
    one.stop()
    two.stop()


@pytest.mark.slow
def test_who_never_said_an_address_is_told_which_setting_does(empty_but_old: Hallway) -> None:
    as_problem(httpx.get(f"{empty_but_old.address}/api/v1/entry", headers={"Host": "learn.lan"}), 421, "unknown_host")
    assert "HALLWAY_PUBLIC_URL" in empty_but_old.output.read_text("utf-8")


@pytest.fixture
def empty_but_old(tmp_path: Path) -> Iterator[Hallway]:
    """An installation from before the address of the first run was remembered, started anew."""
    serving = installation(tmp_path, set_up_token=TOKEN)
    assert _set_up(serving.address, Host="localhost", Origin="http://localhost").status_code == 201
    serving.stop()
    serving.again()
    yield serving
    serving.stop()
