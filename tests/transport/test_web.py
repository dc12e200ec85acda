"""The headers that keep a page safe, the files of the client, and health for those who run it."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from hallway import app
from hallway.settings import Settings
from hallway.storage.store import open_store
from hallway.transport import static
from tests.servers.hallway import Hallway
from tests.transport.cast import Browser, Cast, as_problem

NOBODY = "00000000-0000-7000-8000-00000000dead"
PLACES = {
    "the page": ("/", 200),
    "a page within": ("/messages/anything", 200),
    "a file": ("/mark.svg", 200),
    "no file": ("/assets/nothing.js", 404),
    "the API": ("/api/v1/entry", 200),
    "the API, refusing": ("/api/v1/me", 401),
    "the API, where nothing is": ("/api/v1/no/such/address", 404),
    "the API's description": ("/api/openapi.json", 200),
    "the API's page": ("/api/docs", 200),
    "health": ("/livez", 200),
    "readiness": ("/readyz", 200),
}


def _policy(answer: httpx.Response) -> dict[str, set[str]]:
    """The Content-Security-Policy, as directive -> sources."""
    directives = (one.split() for one in answer.headers["content-security-policy"].split(";"))
    return {name: set(sources) for name, *sources in directives}


@pytest.fixture(params=PLACES)
def answer(request: pytest.FixtureRequest, academy: Hallway) -> httpx.Response:
    """The answer of one place."""
    path, status = PLACES[request.param]
    found = httpx.get(academy.address + path)
    assert found.status_code == status
    return found


def test_no_script_runs_but_our_own_files(answer: httpx.Response) -> None:
    policy = _policy(answer)
    assert policy.get("script-src", policy["default-src"]) == {"'self'"}
    assert policy["object-src"] == {"'none'"}
    assert policy["base-uri"] == {"'none'"}
    assert policy["form-action"] == {"'self'"}


def test_no_other_site_frames_us_guesses_types_or_learns_where_we_are(answer: httpx.Response) -> None:
    assert _policy(answer)["frame-ancestors"] == {"'none'"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_each_answer_has_an_id_of_its_own(academy: Hallway, answer: httpx.Response) -> None:
    again = httpx.get(academy.address + answer.url.path)
    assert len({answer.headers["x-request-id"], again.headers["x-request-id"]}) == 2


def test_the_page_holds_no_script_or_style_of_its_own(academy: Hallway) -> None:
    page = httpx.get(academy.address).text
    assert '<script type="module"' in page
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|https?://", page) == []


def test_nothing_of_the_api_is_kept_by_a_cache(cast: Cast) -> None:
    for path in ("/me", "/conversations", f"/courses/{NOBODY}"):
        assert cast.learner.browser.request("GET", path).headers["cache-control"] == "no-store"


def test_files_with_a_hash_in_their_name_are_kept_and_the_page_is_not(academy: Hallway) -> None:
    page = httpx.get(academy.address)
    assert page.headers["cache-control"] == "no-cache"
    (script, *_) = re.findall(r'src="(/assets/[^"]+\.js)"', page.text)
    kept = httpx.get(academy.address + script)
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-type"].startswith("text/javascript")


def test_a_packed_file_is_the_same_file(academy: Hallway) -> None:
    plain = httpx.get(academy.address, headers={"Accept-Encoding": "identity"})
    packed = httpx.get(academy.address, headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers.get("content-encoding")) == (None, "gzip")
    assert plain.content == packed.content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding, Accept-Language, Cookie"


def _named(answer: httpx.Response) -> list[str]:
    """The addresses in the `Link` header, in order."""
    return re.findall(
        r"<([^>]+)>; rel=(?:modulepreload|preload; as=fetch; crossorigin)(?:, |$)", answer.headers["link"]
    )


@pytest.mark.parametrize(
    ("path", "questions"),
    {
        "/": ["/api/v1/me", "/api/v1/conversations?limit=50"],
        "/messages/of-somebody": ["/api/v1/me", "/api/v1/conversations?limit=50"],
        "/messages-of-old": ["/api/v1/me"],
        "/courses": ["/api/v1/me"],
    }.items(),
)
def test_the_page_names_what_its_first_screen_asks_for(cast: Cast, path: str, questions: list[str]) -> None:
    browser = cast.learner.browser
    cookies = browser.http.cookies
    *named, texts = _named(httpx.get(browser.address + path, cookies=cookies))
    assert named == questions
    assert texts.startswith("/assets/en-")
    assert all(httpx.get(browser.address + one, cookies=cookies).is_success for one in [*named, texts])


def test_strangers_are_asked_who_they_are_and_told_what_the_sign_in_page_needs(academy: Hallway) -> None:
    assert _named(httpx.get(f"{academy.address}/messages"))[:-1] == ["/api/v1/me", "/api/v1/entry"]


@pytest.mark.parametrize(
    ("asked", "language"),
    [("ar", "ar"), ("fr-CH, ru-RU;q=0.9, en;q=0.8", "ru"), ("de", "en"), ("", "en"), (";;, ,=", "en")],
)
def test_the_texts_are_those_of_the_first_language_that_the_browser_speaks(
    academy: Hallway, asked: str, language: str
) -> None:
    answer = httpx.get(academy.address, headers={"Accept-Language": asked})
    assert _named(answer)[-1].startswith(f"/assets/{language}-")


def test_it_can_be_installed_under_the_academy_s_name(academy: Hallway) -> None:
    answer = httpx.get(f"{academy.address}/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == (
        "Northwind Academy",
        "/messages",
        "standalone",
    )
    icons = [httpx.get(academy.address + one["src"]) for one in manifest["icons"]]
    assert [one.headers["content-type"] for one in icons] == [one["type"] for one in manifest["icons"]]


def test_the_worker_of_the_page_is_asked_for_anew_each_time(academy: Hallway) -> None:
    worker = httpx.get(f"{academy.address}/worker.js")
    assert worker.headers["cache-control"] == "no-cache"
    assert worker.headers["content-type"].startswith("text/javascript")


def test_a_file_names_nothing(academy: Hallway) -> None:
    assert "link" not in httpx.get(f"{academy.address}/mark.svg").headers


@pytest.mark.parametrize(
    "path", ["/%2e%2e/settings.py", "/..%2fsettings.py", "/assets/%2e%2e/%2e%2e/settings.py", "//etc/hostname.txt"]
)
def test_nothing_outside_of_the_clients_folder_is_served(academy: Hallway, path: str) -> None:
    as_problem(httpx.get(academy.address + path), 404, "not_found")


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Litestar]]:
    """A server whose client is found by a symbolic link, as in `current -> releases/42`."""
    assets = tmp_path / "releases" / "42" / "assets"
    assets.mkdir(parents=True)
    (assets / "a.js").write_text("let it = 1")
    (tmp_path / "secret.js").write_text("let secret = 1")
    (assets / "outside.js").symlink_to(tmp_path / "secret.js")
    (assets / "inside.js").symlink_to(assets / "a.js")
    (tmp_path / "current").symlink_to(tmp_path / "releases" / "42")
    monkeypatch.setattr(static, "WEB", tmp_path / "current")
    with (
        closing(open_store(f"sqlite:///{tmp_path}/hallway.db")) as store,
        TestClient(app.build(Settings(), store, set_up_token="word")) as client,
    ):
        yield client


@pytest.mark.parametrize("path", ["/assets/a.js", "/assets/inside.js"])
def test_the_clients_folder_may_be_reached_by_a_link(linked: TestClient[Litestar], path: str) -> None:
    answer = linked.get(path)
    assert (answer.status_code, answer.text) == (200, "let it = 1")


def test_a_link_out_of_the_clients_folder_is_not_followed(linked: TestClient[Litestar]) -> None:
    assert linked.get("/assets/outside.js").status_code == 404


def test_a_picture_is_kept_by_its_reader_alone(academy: Hallway) -> None:
    with Browser(academy.address, "maya", "hallway-demo") as maya:
        me = maya.request("GET", "/me").json()["person"]
        picture = maya.request("GET", f"/people/{me['id']}/photo?v={me['photo']}")
        assert picture.headers["content-type"] == "image/png"
        assert picture.headers["cache-control"].startswith("private,")
        as_problem(httpx.get(f"{academy.address}/api/v1/people/{me['id']}/photo"), 401, "signed_out")
        as_problem(maya.request("GET", f"/people/{NOBODY}/photo"), 404, "not_found")


@pytest.mark.parametrize("path", ["/", "/mark.svg", "/livez", "/readyz", "/api/v1/me"])
def test_head_is_answered_like_get_without_the_body(academy: Hallway, path: str) -> None:
    whole, head = httpx.get(academy.address + path), httpx.head(academy.address + path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-length"] == whole.headers["content-length"] != "0"


def test_a_method_that_is_not_known_there_is_refused_in_the_same_dress(academy: Hallway) -> None:
    refused = httpx.put(f"{academy.address}/api/v1/entry")
    assert as_problem(refused, 405, "method_not_allowed")["request_id"] == refused.headers["x-request-id"]
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_healthy_server_says_so_to_everyone(academy: Hallway, path: str) -> None:
    answer = httpx.get(academy.address + path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_an_empty_installation_is_ready_too(empty: Hallway) -> None:
    assert httpx.get(f"{empty.address}/readyz").status_code == 200
