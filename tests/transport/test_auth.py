"""Authentication: cookie and its word against forgery, bearer tokens, ended sessions, and how often one may try."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from litestar.testing import TestClient

from hallway import app
from hallway.client import Client, Refusal
from hallway.settings import Settings
from hallway.storage.memory.store import MemoryStore
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import entry as wire_entry
from hallway.transport.wire import links as wire_links
from hallway.transport.wire import me as wire_me
from hallway.transport.wire.version import HEADER, PROTOCOL
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.transport.cast import PASSWORD, Browser, Cast, Casting, as_problem

FOREIGN = {"Origin": "https://evil.example"}


def _time_zone(browser: Browser) -> str:
    return str(browser.request("GET", "/me").json()["time_zone"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "a-wrong-word"},
        {"X-CSRF-Token": "näh".encode()},
        FOREIGN,
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
    ],
    ids=["no word", "a wrong word", "no ASCII", "another site", "no site at all", "a name that looks like ours"],
)
def test_a_forged_change_is_refused_and_changes_nothing(cast: Cast, headers: dict[str, str]) -> None:
    browser = cast.learner.browser
    before = _time_zone(browser)
    refused = browser.request("PATCH", "/me", json={"time_zone": "Asia/Amman"}, headers=headers)
    as_problem(refused, 403, "forbidden")
    assert _time_zone(browser) == before != "Asia/Amman"


@pytest.mark.slow
def test_our_own_page_makes_the_same_change(cast: Cast) -> None:
    browser = cast.learner.browser
    assert browser.request("PATCH", "/me", json={"time_zone": "Asia/Amman"}).status_code == 200
    assert _time_zone(browser) == "Asia/Amman"


@pytest.mark.slow
def test_a_program_sends_no_origin_and_still_needs_the_word(cast: Cast) -> None:
    browser, body = cast.learner.browser, {"time_zone": "Asia/Amman"}
    as_problem(browser.bare("PATCH", "/me", json=body), 403, "forbidden")
    headers = {"X-CSRF-Token": browser.csrf, HEADER: str(PROTOCOL)}
    assert browser.bare("PATCH", "/me", json=body, headers=headers).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/people/{expert}/messages", {"body": "Forged", "key": "forged-key-1"}),
        ("POST", "/conversations/{chat}/messages", {"body": "Forged", "key": "forged-key-2"}),
        ("PUT", "/conversations/{chat}/read", {"seq": 1}),
        ("DELETE", "/conversations/{chat}/messages/1", None),
        ("POST", "/conversations/{chat}/messages/1/restore", None),
        ("POST", "/conversations/{chat}/messages/1/delete-for-everyone", None),
        ("DELETE", "/conversations/{chat}", None),
        ("POST", "/me/tokens", {"name": "forged"}),
        ("PUT", "/me/password", {"current": PASSWORD, "password": "a forged password"}),
        ("DELETE", "/session", None),
    ],
)
def test_no_change_of_messages_goes_without_the_word(
    cast: Cast, method: str, path: str, body: dict[str, object] | None
) -> None:
    chat = cast.talk(1)
    before = cast.learner.client.open_chat(chat)
    address = path.format(expert=cast.expert.id, chat=chat)
    as_problem(cast.learner.browser.bare(method, address, json=body), 403, "forbidden")
    assert cast.learner.client.open_chat(chat) == before
    assert cast.learner.browser.request("GET", "/me/tokens").json() == {"tokens": []}


@pytest.mark.slow
def test_the_word_of_another_session_is_a_wrong_word(cast: Cast) -> None:
    other = cast.expert.browser.csrf
    refused = cast.learner.browser.request("PATCH", "/me", json={}, headers={"X-CSRF-Token": other})
    as_problem(refused, 403, "forbidden")


@pytest.mark.parametrize("path", ["/session", "/demo/session", "/password"])
def test_another_site_signs_nobody_in(academy: Hallway, path: str) -> None:
    body = {"login": "maya", "password": "hallway-demo"}
    if path == "/demo/session":
        body = {"user_id": httpx.get(f"{academy.address}/api/v1/demo/people").json()[0]["id"]}
    elif path == "/password":
        body = {"token": "made-up", "password": PASSWORD}
    refused = httpx.post(f"{academy.address}/api/v1{path}", json=body, headers=FOREIGN)
    as_problem(refused, 403, "forbidden")
    assert "set-cookie" not in refused.headers


@pytest.mark.slow
def test_one_click_signs_in_whom_the_demo_offers_and_nobody_else(cast: Cast) -> None:
    address = f"{cast.academy.address}/api/v1/demo"
    offered = httpx.get(f"{address}/people").json()
    entered = httpx.post(f"{address}/session", json={"user_id": offered[0]["id"]})
    assert entered.json()["person"]["name"] == offered[0]["name"]
    as_problem(httpx.post(f"{address}/session", json={"user_id": cast.learner.id}), 404, "not_found")


@pytest.mark.slow
def test_outside_of_the_demo_nobody_is_offered(empty: Hallway) -> None:
    as_problem(httpx.get(f"{empty.address}/api/v1/demo/people"), 404, "not_found")
    nobody = "00000000-0000-7000-8000-000000000000"
    as_problem(httpx.post(f"{empty.address}/api/v1/demo/session", json={"user_id": nobody}), 404, "not_found")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(cast: Cast) -> None:
    body = {"login": cast.learner.login, "password": PASSWORD}
    cookie = httpx.post(f"{cast.academy.address}/api/v1/session", json=body).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


@pytest.mark.slow
def test_on_https_the_cookie_demands_a_safe_line() -> None:
    settings = Settings(public_url="https://messages.example.org", password_memory_kib=64)
    with TestClient(
        app.build(settings, MemoryStore(), set_up_token="word"), base_url="https://messages.example.org"
    ) as client:
        cookie = client.post("/api/v1/set-up", json=_founding("word")).headers["set-cookie"]
        assert cookie.startswith("__Host-hallway=")
        assert "secure" in cookie.lower()
        assert "domain=" not in cookie.lower()


@pytest.mark.parametrize("secret", ["", "made-up", "ÿþ", "x" * 4000, "' OR 1=1 --"])
def test_a_forged_cookie_or_token_is_nobody(academy: Hallway, secret: str) -> None:
    for headers in ({"Cookie": b"hallway_session=" + secret.encode()}, {"Authorization": b"Bearer:" + secret.encode()}):
        as_problem(httpx.get(f"{academy.address}/api/v1/me", headers=headers), 401, "signed_out")
    if secret:
        headers = {"Authorization": b"Bearer " + secret.encode()}
        as_problem(httpx.get(f"{academy.address}/api/v1/me", headers=headers), 401, "signed_out")


@pytest.mark.slow
def test_a_cookie_is_no_token_and_a_token_no_cookie(cast: Cast) -> None:
    session = cast.learner.browser.http.cookies["hallway_session"]
    token = _new_token(cast.learner.client).secret
    address = f"{cast.academy.address}/api/v1/me"
    as_problem(httpx.get(address, headers={"Authorization": f"Bearer {session}"}), 401, "signed_out")
    as_problem(httpx.get(address, headers={"Cookie": f"hallway_session={token}"}), 401, "signed_out")
    assert httpx.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert httpx.get(address, headers={"Cookie": f"hallway_session={session}"}).status_code == 200


def _new_token(client: Client, days: int | None = None) -> wire_access_tokens.Token:
    return client.ask("POST", "/me/tokens", wire_access_tokens.NewToken("For a test", days), wire_access_tokens.Token)


def test_a_token_changes_things_without_the_word(cast: Cast) -> None:
    token = _new_token(cast.learner.client).secret
    with cast.academy.client(token=token) as program:
        sent = program.send_to_person(cast.expert.id, "Written by a program")
        assert program.me().person.id == cast.learner.id
    assert cast.expert.client.history(sent.conversation_id).messages == [sent]


@pytest.mark.slow
def test_the_secret_of_a_token_is_told_once(cast: Cast) -> None:
    token = _new_token(cast.learner.client, days=7)
    (listed,) = cast.learner.client.ask("GET", "/me/tokens", None, wire_access_tokens.Tokens).tokens
    assert (listed.id, listed.secret) == (token.id, None)
    assert listed.expires_at == token.expires_at
    assert cast.expert.client.ask("GET", "/me/tokens", None, wire_access_tokens.Tokens).tokens == []


@pytest.mark.slow
def test_a_revoked_token_is_nobody_and_another_one_stays(cast: Cast) -> None:
    revoked, kept = _new_token(cast.learner.client), _new_token(cast.learner.client)
    with cast.academy.client(token=revoked.secret) as program, cast.academy.client(token=kept.secret) as other:
        assert program.me().person.id == cast.learner.id
        cast.learner.client.ask("DELETE", f"/me/tokens/{revoked.id}")
        with pytest.raises(Refusal) as refused:
            program.me()
        assert refused.value.problem.code == "signed_out"
        assert other.me().person.id == cast.learner.id


@pytest.mark.slow
def test_nobody_revokes_the_token_of_another(cast: Cast) -> None:
    token = _new_token(cast.learner.client)
    as_problem(cast.outsider.browser.request("DELETE", f"/me/tokens/{token.id}"), 404, "not_found")
    with cast.academy.client(token=token.secret) as program:
        assert program.me().person.id == cast.learner.id


@pytest.mark.slow
def test_signing_out_ends_this_session_and_no_other(cast: Cast) -> None:
    cookie = dict(cast.learner.browser.http.cookies)
    assert cast.learner.browser.request("DELETE", "/session").status_code == 204
    as_problem(httpx.get(f"{cast.academy.address}/api/v1/me", cookies=cookie), 401, "signed_out")
    assert cast.learner.client.me().person.id == cast.learner.id


@pytest.mark.slow
def test_a_new_password_ends_all_sessions_but_the_one_that_chose_it(cast: Cast) -> None:
    browser, other = cast.learner.browser, cast.learner.client
    body = {"current": PASSWORD, "password": "another long password"}
    assert browser.request("PUT", "/me/password", json=body).status_code == 200
    assert browser.request("GET", "/me").status_code == 200
    with pytest.raises(Refusal, match="Sign in first"):
        other.me()
    with Browser(cast.academy.address, cast.learner.login, "another long password") as again:
        assert again.request("GET", "/me").status_code == 200


@pytest.mark.slow
def test_a_password_is_changed_by_its_knower_alone(cast: Cast) -> None:
    body = {"current": "a guess", "password": "another long password"}
    refused = as_problem(cast.learner.browser.request("PUT", "/me/password", json=body), 422, "invalid")
    assert [one["pointer"] for one in refused["errors"]] == ["/current"]
    with Browser(cast.academy.address, cast.learner.login) as again:
        assert again.request("GET", "/me").status_code == 200


@pytest.mark.slow
def test_a_one_time_link_opens_the_door_once(cast: Cast) -> None:
    login = f"nora-{secrets.token_hex(4)}"
    new = wire_admin.NewUser(name="Nora New", email=f"{login}@mail.example", login=login)
    nora = cast.owner.ask("POST", "/admin/users", new, wire_admin.AdminUser)
    link = cast.owner.ask("POST", f"/admin/users/{nora.id}/sign-in-link", None, wire_links.SignInLink)
    body = {"token": link.url.rpartition("/")[2], "password": "chosen through the link"}
    address = f"{cast.academy.address}/api/v1"
    as_problem(httpx.get(f"{address}/me", headers={"Authorization": f"Bearer {body['token']}"}), 401, "signed_out")
    entered = httpx.post(f"{address}/password", json=body)
    assert entered.json()["person"]["id"] == nora.id
    as_problem(httpx.post(f"{address}/password", json=body), 404, "not_found")
    refused = cast.owner.ask
    with pytest.raises(Refusal, match="signed in before"):
        refused("POST", f"/admin/users/{nora.id}/sign-in-link", None, wire_links.SignInLink)


# Time: the application in this process, with a clock that a test moves.


class _Clock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def now(self) -> datetime:
        return self.moment


def _founding(token: str) -> dict[str, str]:
    return {
        "token": token,
        "academy": "Academy",
        "name": "Olga Owner",
        "email": "olga@mail.example",
        "login": "olga",
        "password": PASSWORD,
    }


@pytest.mark.slow
def test_a_session_and_a_token_end_with_their_time() -> None:
    clock = _Clock(datetime.fromisoformat("2026-03-02T12:00:00+00:00"))
    settings = Settings(session_days=30, password_memory_kib=64)
    with TestClient(app.build(settings, MemoryStore(), set_up_token="word", clock=clock)) as client:
        csrf = client.post("/api/v1/set-up", json=_founding("word")).json()["csrf"]
        headers = {"X-CSRF-Token": csrf, HEADER: str(PROTOCOL)}
        week = client.post("/api/v1/me/tokens", json={"name": "a week", "days": 7}, headers=headers).json()["secret"]
        ever = client.post("/api/v1/me/tokens", json={"name": "for ever"}, headers=headers).json()["secret"]

        def statuses() -> tuple[int, int, int]:
            week_long, endless = ({"Authorization": f"Bearer {one}"} for one in (week, ever))
            asked = (client.get("/api/v1/me", headers=one) for one in ({}, week_long, endless))
            session, token, other = (one.status_code for one in asked)
            return session, token, other

        assert statuses() == (200, 200, 200)
        clock.moment += timedelta(days=7)
        assert statuses() == (200, 401, 200)
        clock.moment += timedelta(days=23)
        assert statuses() == (401, 401, 200)


# How often.


def _attempt(academy: Hallway, login: str, password: str, address: str) -> httpx.Response:
    """A sign-in by way of the proxy on this machine, which tells where it came from."""
    headers = {"X-Forwarded-For": address}
    body = {"login": login, "password": password}
    return httpx.post(f"{academy.address}/api/v1/session", json=body, headers=headers)


@pytest.fixture
def strict_academy(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """An academy in which three sign-ins may fail, and three messages go, in a minute."""
    serving = demo_academy(tmp_path, built=built_academy, sign_in_attempts_per_minute="3", messages_per_minute="3")
    yield serving
    serving.stop()


@pytest.mark.slow
def test_who_guesses_passwords_waits_and_others_come_in(strict_academy: Hallway) -> None:
    for _ in range(3):
        as_problem(_attempt(strict_academy, "maya", "a guess", "203.0.113.1"), 401, "sign_in_failed")
    refused = _attempt(strict_academy, "maya", "a guess", "203.0.113.1")
    document = as_problem(refused, 429, "too_many")
    assert 1 <= document["retry_after"] <= 60
    assert refused.headers["retry-after"] == str(document["retry_after"])
    as_problem(_attempt(strict_academy, "maya", "hallway-demo", "203.0.113.1"), 429, "too_many")
    as_problem(_attempt(strict_academy, "MAYA", "hallway-demo", "203.0.113.2"), 429, "too_many")
    assert _attempt(strict_academy, "daniel", "hallway-demo", "203.0.113.2").status_code == 200


@pytest.mark.slow
def test_signing_in_well_is_never_too_often(strict_academy: Hallway) -> None:
    entered = [_attempt(strict_academy, "maya", "hallway-demo", "203.0.113.1") for _ in range(6)]
    assert [one.status_code for one in entered] == [200] * 6


@pytest.mark.slow
def test_who_guesses_one_time_links_waits(strict_academy: Hallway) -> None:
    body = {"token": "a guess", "password": PASSWORD}
    address = f"{strict_academy.address}/api/v1/password"
    answers = [httpx.post(address, json=body).status_code for _ in range(4)]
    assert answers == [404, 404, 404, 429]


@pytest.mark.slow
def test_who_guesses_the_present_password_waits(strict_academy: Hallway) -> None:
    with Browser(strict_academy.address, "maya", "hallway-demo") as maya:
        guess = {"current": "a guess", "password": "another long password"}
        answers = [maya.request("PUT", "/me/password", json=guess).status_code for _ in range(4)]
        assert answers == [422, 422, 422, 429]
        known = {"current": "hallway-demo", "password": "another long password"}
        as_problem(maya.request("PUT", "/me/password", json=known), 429, "too_many")


@pytest.mark.slow
def test_who_guesses_the_set_up_token_waits(tmp_path: Path) -> None:
    serving = installation(tmp_path, sign_in_attempts_per_minute="3")
    try:
        address = f"{serving.address}/api/v1/set-up"
        answers = [httpx.post(address, json=_founding("a guess")).status_code for _ in range(4)]
        assert answers == [403, 403, 403, 429]
    finally:
        serving.stop()


def test_who_writes_too_often_waits_and_others_write_on(strict_academy: Hallway) -> None:
    with strict_academy.client("samuel") as samuel, strict_academy.client("ingrid") as ingrid:
        maya = samuel.people("Maya").people[0].id
        for number in range(3):
            samuel.send_to_person(maya, str(number))
        with pytest.raises(Refusal) as refused:
            samuel.send_to_person(maya, "once too often")
        assert (refused.value.problem.status, refused.value.problem.code) == (429, "too_many")
        with samuel.connect() as line, pytest.raises(Refusal) as refused:
            line.send_to_person(maya, "once too often")
        assert refused.value.problem.code == "too_many"
        assert ingrid.send_to_person(maya, "Good morning").body == "Good morning"


# The first run.


@pytest.mark.slow
def test_an_installation_is_set_up_once_with_its_token(empty: Hallway) -> None:
    address = f"{empty.address}/api/v1"
    assert httpx.get(f"{address}/entry").json() == {
        "academy": None,
        "needs_set_up": True,
        "is_demo": False,
        "has_mail": False,
    }
    as_problem(httpx.post(f"{address}/set-up", json=_founding("a guess")), 403, "forbidden")
    token = empty.set_up_token()
    founded = httpx.post(f"{address}/set-up", json=_founding(token))
    assert (founded.status_code, founded.json()["person"]["role"]) == (201, "owner")
    assert httpx.get(f"{address}/me", cookies=dict(founded.cookies)).status_code == 200
    as_problem(httpx.post(f"{address}/set-up", json=_founding(token)), 409, "already_set_up")
    assert httpx.get(f"{address}/entry").json() == {
        "academy": "Academy",
        "needs_set_up": False,
        "is_demo": False,
        "has_mail": False,
    }


def test_before_the_set_up_nobody_signs_in(empty: Hallway) -> None:
    refused = httpx.post(f"{empty.address}/api/v1/session", json={"login": "olga", "password": PASSWORD})
    as_problem(refused, 401, "sign_in_failed")


@pytest.mark.slow
def test_the_owner_who_set_it_up_brings_people_in(empty: Hallway) -> None:
    with empty.client() as owner, ExitStack() as exits:
        owner.ask("POST", "/set-up", wire_entry.SetUp(**_founding(empty.set_up_token())), wire_me.Me)
        cast = Casting(empty, owner, exits).cast()
        assert cast.expert.client.history(cast.asks("Hello?").conversation_id).messages[0].body == "Hello?"
