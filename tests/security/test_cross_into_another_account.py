"""Reach into another account of the same installation: by its ids, sessions, links, tokens, logins or sockets.

Both accounts have people with the same names, logins and passwords.
"""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from hallway.adapters import RandomIds
from hallway.domain.accounts import Account
from hallway.storage.store import SqlStore, open_store
from hallway.transport.wire.version import HEADER, PARAMETER, PROTOCOL
from hallway.usecases.accounts import provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.transaction import Transaction
from tests.contracts.world import change
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.postgres import Postgres
from tests.transport.cast import as_problem, without_request_id
from tests.transport.test_privacy import BODIES, NOBODY, PORTAL, REQUESTS

HOST, SECOND = "other.example", "second.example"
PASSWORD = "hallway-demo"
COOKIE = "hallway_session"
CHANGES = {"POST", "PUT", "PATCH"}


class Guest:
    """Somebody's browser at a host, signed in by their password."""

    def __init__(self, served: Hallway, host: str, login: str) -> None:
        """Sign in."""
        self.http = httpx.Client(base_url=f"{served.address}/api/v1", headers={"Host": host}, timeout=60)
        self._enter("/session", {"login": login, "password": PASSWORD})

    def _enter(self, path: str, body: dict[str, str]) -> None:
        entered = self.http.post(path, json=body)
        assert entered.is_success, entered.text
        self.me = entered.json()
        self.cookie = COOKIE, entered.cookies[COOKIE]
        self.http.headers.update(
            {"X-CSRF-Token": self.me["csrf"], HEADER: str(PROTOCOL), "Cookie": "=".join(self.cookie)}
        )

    def close(self) -> None:
        """Go."""
        self.http.close()

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A request as a page makes it."""
        return self.http.request(method, path, json=body)


@dataclass(frozen=True, slots=True)
class Two:
    """The demo academy at the installation's own address, and a second account with an owner of a login that it has, too."""

    served: Hallway
    store: SqlStore
    other: Account
    owner: Guest
    learner: Guest
    intruder: Guest

    def ids(self) -> dict[str, str]:
        """Ids of the first account, by what they are of."""
        found = {}
        for what, path, part in (
            ("users", "/admin/users", "users"),
            ("courses", "/admin/courses", "courses"),
            ("departments", "/admin/departments", "departments"),
            ("trainings", "/admin/trainings", "trainings"),
        ):
            found[what] = self.owner.ask("GET", path).json()[part][0]["id"]
        return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Both, served."""
    folder = tmp_path_factory.mktemp("two")
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        database = server.new_database()
        build_academy(database)
        served = installation(folder, database=database, sign_in_attempts_per_minute="5")
    else:
        served = demo_academy(folder, built=built_academy, sign_in_attempts_per_minute="5")
    with closing(open_store(served.database_url)) as store:
        other, token = change(
            store, lambda tx: provisioning.add(tx, "Other", [f"http://{HOST}", f"http://{SECOND}"], ids=RandomIds())
        )
        body = {"token": token, "academy": "Other", "name": "Ingrid", "email": "ingrid@northwind.example"}
        made = httpx.post(
            f"{served.address}/api/v1/set-up",
            json={**body, "login": "ingrid", "password": PASSWORD},
            headers={"Host": HOST},
        )
        assert made.status_code == 201, made.text
        guests = [Guest(served, *who) for who in (("localhost", "ingrid"), ("localhost", "maya"), (HOST, "ingrid"))]
        yield Two(served, store, other, *guests)
        for one in guests:
            one.close()
    served.stop()


def _shown(answer: httpx.Response) -> object:
    """All that an answer tells."""
    return without_request_id(answer) if answer.content else answer.status_code


def _template(path: str, ids: dict[str, str]) -> str:
    """The path with ids of the first account where it has some, by the noun before each; a person's for everything else."""
    return re.sub(
        r"(\w[\w-]*)/\{id\}",
        lambda found: f"{found[1]}/{ids.get(found[1], ids['users'])}",
        path.replace("attendees/{id}", f"attendees/{ids['users']}"),
    )


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), [one for one in PORTAL if "{id}" in one[1]])
def test_an_id_of_another_account_is_not_there_for_its_administrators(two: Two, method: str, path: str) -> None:
    """Not even for an owner, who may do anything in their own."""
    body = BODIES.get(path, {}) if method in CHANGES else None
    theirs = two.intruder.ask(method, _template(path, two.ids()), body)
    nothing = two.intruder.ask(method, path.format(id=NOBODY), body)
    assert _shown(theirs) == _shown(nothing)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/admin/users", {"department_id": "departments"}),
        ("/admin/users", {"supervisor_id": "users"}),
        ("/admin/departments", {"parent_id": "departments"}),
        ("/admin/trainings", {"organizer_id": "users"}),
        ("/admin/bulk-actions", {"user_ids": ["users"]}),
        ("/admin/sign-in-links", {"user_ids": ["users"]}),
    ],
)
def test_an_id_of_another_account_in_a_body_is_nobodys(two: Two, path: str, body: dict[str, Any]) -> None:
    ids = two.ids()
    ours = {
        **BODIES[path],
        **{name: [ids[one[0]]] if isinstance(one, list) else ids[one] for name, one in body.items()},
    }
    none = {**BODIES[path], **{name: [NOBODY] if isinstance(one, list) else NOBODY for name, one in body.items()}}
    theirs, nothing = two.intruder.ask("POST", path, ours), two.intruder.ask("POST", path, none)
    assert theirs.status_code == nothing.status_code
    assert theirs.is_success or _shown(theirs) == _shown(nothing)
    assert "Maya" not in theirs.text


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_a_chat_of_another_account_is_not_there(
    two: Two, method: str, path: str, body: dict[str, object] | None
) -> None:
    chat = two.learner.ask("GET", "/conversations").json()["rows"][0]["conversation_id"]
    theirs = two.intruder.ask(method, path.format(chat=chat), body)
    assert _shown(theirs) == _shown(two.intruder.ask(method, path.format(chat=NOBODY), body))
    as_problem(theirs, 404, "not_found")


def test_a_person_of_another_account_is_not_there(two: Two) -> None:
    maya = two.owner.ask("GET", "/admin/users?text=maya").json()["users"][0]["id"]
    message = {"body": "Hello", "key": "key-of-an-intruder"}
    for method, path, body in (
        ("GET", "/people/{id}/chat", None),
        ("GET", "/people/{id}/details", None),
        ("GET", "/people/{id}/photo", None),
        ("POST", "/people/{id}/messages", message),
    ):
        theirs = two.intruder.ask(method, path.format(id=maya), body)
        assert _shown(theirs) == _shown(two.intruder.ask(method, path.format(id=NOBODY), body)), path


def test_nothing_of_another_account_is_found(two: Two) -> None:
    searched = "/search?q=maya"
    assert "Maya" in two.owner.ask("GET", searched).text
    assert "Maya" not in two.intruder.ask("GET", searched).text
    assert [one["login"] for one in two.intruder.ask("GET", "/admin/users").json()["users"]] == ["ingrid"]


def test_a_session_is_worth_nothing_at_another_accounts_address(two: Two) -> None:
    for guest, host, there in ((two.owner, "localhost", HOST), (two.intruder, HOST, "localhost")):
        name, value = guest.cookie
        headers = {"Cookie": f"{name}={value}"}
        asked = f"{two.served.address}/api/v1/me"
        assert httpx.get(asked, headers={**headers, "Host": host}).status_code == 200
        as_problem(httpx.get(asked, headers={**headers, "Host": there}), 401, "signed_out")


def test_a_token_is_worth_nothing_at_another_accounts_address(two: Two) -> None:
    secret = two.intruder.ask("POST", "/me/tokens", {"name": "Program"}).json()["secret"]
    bearer = {"Authorization": f"Bearer {secret}"}
    asked = f"{two.served.address}/api/v1/me"
    assert [httpx.get(asked, headers={**bearer, "Host": host}).status_code for host in (HOST, SECOND)] == [200, 200]
    as_problem(httpx.get(asked, headers=bearer), 401, "signed_out")


def test_a_socket_opens_for_a_session_of_its_own_account_alone(two: Two) -> None:
    port = two.served.command.port
    name, value = two.intruder.cookie
    for host, is_welcome in ((HOST, True), (f"127.0.0.1:{port}", False), ("nobody.example", False)):
        with _socket(port, host, f"{name}={value}") as line:
            assert (_first(line) == "welcome") is is_welcome, host


def _first(line: ClientConnection) -> str:
    """The kind of the first frame; empty where the socket closes without one."""
    try:
        return json.loads(line.recv(timeout=30))[0]["type"]
    except ConnectionClosed:
        return ""


def _socket(port: int, host: str, cookie: str) -> ClientConnection:
    """A socket asked of a host, whose name leads to this machine."""
    there = socket.create_connection(("127.0.0.1", port))
    return connect(
        f"ws://{host}/api/v1/socket?{PARAMETER}={PROTOCOL}", sock=there, additional_headers={"Cookie": cookie}
    )


def test_a_link_is_good_at_its_own_accounts_address_alone(two: Two) -> None:
    body = {"name": "Nina", "email": "nina@mail.example", "login": "nina", "role": "learner"}
    nina = two.intruder.ask("POST", "/admin/users", body).json()["id"]
    url = two.intruder.ask("POST", f"/admin/users/{nina}/sign-in-link").json()["url"]
    assert url.startswith(f"http://{HOST}/link/")
    link = {"token": url.rpartition("/")[2]}
    look = f"{two.served.address}/api/v1/password/link"
    as_problem(httpx.post(look, json=link), 404, "not_found")
    as_problem(
        httpx.post(f"{two.served.address}/api/v1/password", json={**link, "password": "a long enough password"}),
        404,
        "not_found",
    )
    assert httpx.post(look, json=link, headers={"Host": HOST}).json()["name"] == "Nina"


def test_a_password_opens_the_account_whose_it_is(two: Two) -> None:
    maya = {"login": "maya", "password": PASSWORD}
    enter = f"{two.served.address}/api/v1/session"
    assert httpx.post(enter, json=maya).status_code == 200
    as_problem(httpx.post(enter, json=maya, headers={"Host": HOST}), 401, "sign_in_failed")


def test_guesses_at_one_account_lock_nobody_out_of_another(two: Two) -> None:
    """A login that both have: whoever guesses at one of them is counted there."""
    enter, wrong = f"{two.served.address}/api/v1/session", {"login": "ingrid", "password": "a wrong one"}
    answers = [httpx.post(enter, json=wrong, headers={"Host": SECOND}).status_code for _ in range(12)]
    assert answers[-1] == 429
    assert httpx.post(enter, json={**wrong, "password": PASSWORD}).status_code == 200


def test_what_happens_in_one_account_is_heard_in_no_other(two: Two) -> None:
    name, value = two.intruder.cookie
    with _socket(two.served.command.port, HOST, f"{name}={value}") as line:
        line.recv(timeout=30)
        for guest in (two.owner, two.intruder):
            changed = guest.ask("PATCH", "/admin/settings", {"academy": "Renamed"})
            assert changed.is_success, changed.text
        assert "account" in str(line.recv(timeout=30))
        with pytest.raises(TimeoutError):
            line.recv(timeout=1)


def test_a_suspended_account_lets_nobody_in_and_the_other_one_goes_on(two: Two) -> None:
    name, value = two.intruder.cookie
    with _socket(two.served.command.port, HOST, f"{name}={value}") as line:
        line.recv(timeout=30)
        _set_suspended(two, is_suspended=True)
        assert "signed_out" in str(line.recv(timeout=5)), "the command was another process"
    try:
        for _ in range(100):
            refused = two.intruder.ask("GET", "/me")
            if refused.status_code == 403:
                break
        as_problem(refused, 403, "account_suspended")
        page = httpx.get(f"{two.served.address}/", headers={"Host": HOST, "Accept": "text/html"})
        assert (page.status_code, "suspended" in page.text) == (403, True)
        assert two.owner.ask("GET", "/me").status_code == 200
    finally:
        _set_suspended(two, is_suspended=False)


def _set_suspended(two: Two, *, is_suspended: bool) -> None:
    def work(tx: Transaction) -> Account:
        return provisioning.change(tx, two.other.id, OperatorPatch(is_suspended=is_suspended))

    change(two.store, work)
