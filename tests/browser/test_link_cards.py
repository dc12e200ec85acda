"""Cards of links: shown to both as one link that asks nobody for anything, and taken away by their sender (rules §20)."""

import json
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.servers.academy import Serving

pytestmark = pytest.mark.slow
LINK = "https://academy.northwind.example/drill"
CARD = {"url": LINK, "title": "The next <b>drill</b>", "description": "On Monday, at noon.", "site": "Northwind"}


def _give(academy: Serving) -> None:
    """Give each message with the link its card, as the job would; the network is not here."""
    with sqlite3.connect(Path(academy.settings.data) / "hallway.db") as connection:
        connection.execute("UPDATE message SET preview = ? WHERE body LIKE ?", (json.dumps(CARD), f"%{LINK}%"))
    connection.close()


def _card(person: Person) -> Locator:
    return person.bubble("Mind the drill").get_by_role("link", name="The next <b>drill</b>")


def test_a_card_is_one_link_and_its_sender_takes_it_away_for_both(enter: Enter, academy: Serving) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.write(f"Mind the drill {LINK}")
    maya.sees("Mind the drill")
    _give(academy)
    for one, other in ((maya, "Daniel Okafor"), (daniel, "Maya Lindqvist")):
        one.open_messages()
        one.open_chat(other)
        card = _card(one)
        expect(card).to_have_attribute("href", LINK)
        expect(card).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
        expect(card).to_contain_text("academy.northwind.example")
        expect(card.locator("img, b")).to_have_count(0)
    daniel.bubble("Mind the drill").get_by_role("button", name="Message options").dispatch_event("click")
    expect(daniel.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    expect(daniel.page.get_by_role("menuitem", name="Remove preview")).to_have_count(0)
    daniel.page.keyboard.press("Escape")
    maya.menu_of("Mind the drill").get_by_role("menuitem", name="Remove preview").click()
    maya.told("Preview removed.")
    for one in (maya, daniel):
        expect(_card(one)).to_have_count(0)
        one.sees("Mind the drill")


def test_administrators_list_hosts_and_learn_what_is_none(enter: Enter) -> None:
    ingrid = enter("ingrid")
    ingrid.page.goto("/admin/settings")
    field = ingrid.page.get_by_label("Link previews")
    save = ingrid.page.locator("form", has=field).get_by_role("button", name="Save")
    field.fill("https://example.org")
    save.click()
    expect(ingrid.page.get_by_text("isn't a host")).to_be_visible()
    field.fill("Example.org\n*.bücher.example")
    save.click()
    ingrid.told("Saved.")
    ingrid.page.reload()
    expect(field).to_have_value("*.xn--bcher-kva.example\nexample.org")
