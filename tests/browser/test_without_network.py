"""Hallway where there is no network: its page opens, the latest chats can be read, what is written goes later."""

import re

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import WHOLE, Enter, launched
from tests.browser.person import Person
from tests.servers.academy import Serving

KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open("hallway");
  request.onsuccess = () => {
    const all = request.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => { request.result.close(); resolve(JSON.stringify(all.result)); };
  };
})"""
FILES = """async () => {
  await navigator.serviceWorker.ready;
  const shelf = await caches.open("hallway-page");
  return (await shelf.keys()).map((one) => new URL(one.url).pathname);
}"""
UNTIL = """async () => {
  const [answer, holds] = [QUESTION, HOLDS];
  for (const ends = Date.now() + 15_000; !holds(await answer()); await new Promise((go) => setTimeout(go, 50))) {
    if (Date.now() > ends) throw new Error(`never: ${holds}`);
  }
}"""
PUT_OLD_PAGE = """async () => {
  const shelf = await caches.open("hallway-page");
  await shelf.put("/", new Response("an older page"));
  await shelf.put("/assets/of-the-older-page.js", new Response(""));
}"""


def _until(page: Page, question: str, holds: str) -> None:
    """Ask the page again and again, until the answer holds."""
    page.evaluate(UNTIL.replace("QUESTION", question).replace("HOLDS", holds))


def _keeps(person: Person, text: str) -> None:
    """Wait until the browser keeps this, the list, and the page with its files."""
    _until(person.page, KEPT, f"(kept) => kept.includes({text!r}) && kept.includes('conversations?limit')")
    _until(person.page, FILES, "(files) => files.includes('/') && files.length > 5")


def _leaves_the_network(person: Person, server: Serving) -> None:
    """The server is gone for good measure: what a worker of the browser asks for, it does not get either."""
    server.stop()
    person.page.reload()


def test_the_latest_chats_are_read_and_what_is_written_goes_once_when_the_network_is_back(
    enter: Enter, academy: Serving
) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.sees("Yes, foam works for both.")
    _keeps(maya, "Yes, foam works for both.")
    _leaves_the_network(maya, academy)
    expect(maya.page.get_by_text("You’re offline").first).to_be_visible()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    maya.sees("Yes, foam works for both.")
    maya.write("From the tunnel")
    expect(maya.bubble("From the tunnel")).to_contain_text("Waiting")
    maya.page.reload()
    expect(maya.bubble("From the tunnel")).to_contain_text("Waiting")
    back = academy.again()
    expect(maya.bubble("From the tunnel")).to_contain_text(re.compile("Sent|Read"), timeout=30_000)
    expect(maya.page.get_by_text("You’re offline")).to_have_count(0, timeout=30_000)
    expect(maya.bubble("From the tunnel")).to_have_count(1)
    back.stop()


@pytest.mark.slow
def test_a_chat_that_was_never_opened_here_says_so_and_comes_when_the_network_is_back(
    enter: Enter, academy: Serving
) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    _keeps(maya, "Yes, foam works for both.")
    _leaves_the_network(maya, academy)
    maya.row("Elif Aydın").click()
    expect(maya.page.get_by_role("heading", name="This chat didn’t load")).to_be_visible()
    maya.page.get_by_role("button", name="Try again").click()
    expect(maya.page.get_by_role("heading", name="This chat didn’t load")).to_be_visible()
    back = academy.again()
    expect(maya.bubble("I have added two more examples")).to_be_visible(timeout=30_000)
    back.stop()


@pytest.mark.slow
def test_what_was_missed_is_there_when_the_network_is_back(enter: Enter, academy: Serving) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    _keeps(maya, "Yes, foam works for both.")
    maya.page.goto("about:blank")
    daniel.open_messages()
    daniel.open_chat(maya.name)
    daniel.write("Said while you were away")
    expect(daniel.bubble("Said while you were away")).to_contain_text("Sent")
    academy.stop()
    maya.page.goto("/messages")
    maya.open_chat("Daniel Okafor")
    expect(maya.bubble("Said while you were away")).to_have_count(0)
    back = academy.again()
    expect(maya.bubble("Said while you were away")).to_be_visible(timeout=30_000)
    back.stop()


@pytest.mark.slow
def test_signing_out_leaves_nothing_to_be_read(enter: Enter, academy: Serving) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    _keeps(maya, "Yes, foam works for both.")
    maya.page.get_by_role("button", name="Your account").click()
    maya.page.get_by_role("menuitem", name="Sign out").click()
    expect(maya.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert maya.page.evaluate(KEPT) == "[]"
    _leaves_the_network(maya, academy)
    expect(maya.page.get_by_role("button", name="Try again")).to_be_visible()
    expect(maya.page.get_by_text("Daniel Okafor")).to_have_count(0)


@pytest.mark.slow
def test_a_new_page_takes_the_place_of_an_older_one_and_of_its_files(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    maya.page.evaluate(FILES)
    maya.page.evaluate(PUT_OLD_PAGE)
    maya.page.reload()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    _until(maya.page, FILES, "(files) => !files.includes('/assets/of-the-older-page.js')")


@pytest.mark.slow
def test_it_can_be_installed_under_the_academy_s_name(playwright: Playwright, academy: Serving) -> None:
    with launched(playwright, WHOLE) as browser:
        page = browser.new_page(base_url=academy.address)
        Person("maya", page).sign_in()
        page.goto("/messages")
        _can_be_installed(page)


def _can_be_installed(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert _said(page)["name"] == "Northwind Academy"
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The browser of a test is a private one, and those install nothing.
    assert [one["errorId"] for one in errors] == ["in-incognito"]


def _said(page: Page) -> dict[str, str]:
    return dict(page.request.get("/manifest.webmanifest").json())


@pytest.mark.slow
def test_what_the_browser_notices_is_said_once_and_rows_show_what_waits(enter: Enter) -> None:
    for is_phone, text in ((False, "From the tunnel"), (True, "From the train")):
        maya = enter("maya", is_phone=is_phone)
        maya.open_messages()
        maya.open_chat("Daniel Okafor")
        maya.sees("Yes, foam works for both.")
        maya.page.context.set_offline(True)
        notice = maya.page.get_by_text("Messages will be sent when", exact=False)
        expect(notice).to_have_count(1)
        expect(notice).to_be_visible()
        maya.write(text)
        expect(maya.bubble(text)).to_contain_text("Waiting")
        if is_phone:
            maya.page.go_back()
            expect(notice).to_be_visible()
        expect(maya.row("Daniel Okafor")).to_contain_text(f"Waiting: {text}")
        expect(maya.page.locator(".toast")).to_have_count(0)
        maya.page.context.set_offline(False)
        expect(notice).to_have_count(0, timeout=30_000)
        expect(maya.row("Daniel Okafor")).to_contain_text(f"You: {text}")
