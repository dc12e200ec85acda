"""Sign-in links in the portal, and a second administrator's confirmation, by hand."""

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import WITHOUT_WORKER, Enter
from tests.browser.person import Person
from tests.servers.academy import Serving

pytestmark = pytest.mark.slow


def _open_link(person: Person, name: str) -> None:
    page = person.page
    page.goto("/admin/users")
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name=f"More: {name}").click()
    page.get_by_role("menuitem", name="Sign-in link").click()


def test_a_choice_stands_though_an_answer_from_before_it_comes_late(enter: Enter) -> None:
    ingrid, page = enter("ingrid"), enter("ingrid", **WITHOUT_WORKER).page
    page.goto("/admin/settings")
    switch = page.get_by_role("switch", name="A second administrator can confirm sign-in links")
    expect(switch).not_to_be_checked()
    held: list[Route] = []
    page.route(
        "**/admin/settings", lambda route: held.append(route) if route.request.method == "GET" else route.continue_()
    )
    with page.expect_request("**/admin/settings"):
        assert ingrid.ask("PATCH", "/admin/settings", {"academy": "Northwind again"})[0] == 200
    page.evaluate("() => 1")  # what is routed comes before the answer to this
    before = held[0].fetch()
    switch.check()
    expect(page.get_by_text("Saved")).to_be_visible()
    with page.expect_response("**/admin/settings"):
        held[0].fulfill(response=before)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert switch.is_checked()


def test_a_second_administrator_confirms_and_the_person_is_told(enter: Enter, academy: Serving) -> None:
    ingrid = enter("ingrid")
    page = ingrid.page
    page.goto("/admin/settings")
    page.get_by_role("switch", name="A second administrator can confirm sign-in links").check()
    samuel = enter("samuel", is_phone=True)
    _open_link(samuel, "Maya")
    window = samuel.page.get_by_role("dialog", name="Sign-in link")
    window.get_by_role("button", name="Ask a second administrator").click()
    expect(window.get_by_role("status")).to_contain_text("It expires after a day.")
    page.goto("/admin/users")
    waiting = page.get_by_role("region", name="Sign-in links to confirm")
    waiting.get_by_role("button", name="Confirm the link for Maya").click()
    expect(waiting).to_have_count(0)
    _open_link(samuel, "Maya")
    window.get_by_role("button", name="Show link").click()
    link = window.get_by_role("code").inner_text()
    body = {"token": link.rpartition("/")[2], "password": "hallway-demo"}
    entered = httpx.post(f"{academy.address}/api/v1/password", json=body)
    assert {one["by"] for one in entered.json()["access_notices"]} == {"Samuel Adeyemi"}
