"""Mails on the screen: who hears that theirs come back, ending them by the link in one, and how they look."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hallway.client import Client
from hallway.transport.wire import notifications as wire_notifications
from tests.browser.conftest import Enter
from tests.servers.academy import Serving, serve_academy
from tests.servers.mail import Relay, text_of

pytestmark = pytest.mark.slow

MAYA = "maya@northwind.example"


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A mail server."""
    server = Relay()
    yield server
    server.stop()


@pytest.fixture
def academy(built_academy: Path, tmp_path: Path, relay: Relay) -> Iterator[Serving]:
    """The academy, which sends mails at once."""
    sends = {"smtp": relay.address, "mail_from": "noreply@hall.example"}
    serving = serve_academy(built_academy, tmp_path / "data", **sends)
    with Client(serving.address) as samuel:
        samuel.sign_in("samuel", "hallway-demo")
        samuel.ask("PUT", "/admin/notices", wire_notifications.SetPolicy([], False, 0), wire_notifications.Policy)
    yield serving
    serving.stop()


def _write(academy: Serving, text: str) -> None:
    """Priya writes to Maya."""
    with Client(academy.address) as priya, Client(academy.address) as maya:
        priya.sign_in("priya", "hallway-demo")
        maya.sign_in("maya", "hallway-demo")
        priya.send_to_person(maya.me().person.id, text)


def test_whose_mail_comes_back_hears_of_it_and_so_do_their_administrators(
    enter: Enter, academy: Serving, relay: Relay
) -> None:
    relay.refusals[MAYA] = "550 5.1.1 No such mailbox"
    maya, samuel = enter("maya"), enter("samuel")
    maya.open_messages()
    _write(academy, "Are you there?")
    expect(maya.page.get_by_text(f"Email to {MAYA} is bouncing")).to_be_visible()

    samuel.page.goto("/admin/users")
    row = samuel.page.get_by_role("row").filter(has_text=MAYA)
    expect(row.get_by_text("Email is bouncing")).to_be_visible()
    row.get_by_role("button", name="More").click()
    samuel.page.get_by_role("menuitem", name="Edit").click()
    expect(samuel.page.get_by_text("550 5.1.1 No such mailbox")).to_be_visible()

    relay.refusals.clear()
    maya.page.get_by_role("link", name="See what to do").click()
    maya.page.get_by_role("button", name="Try again").click()
    expect(maya.page.get_by_role("button", name="Try again")).to_have_count(0)
    maya.open_messages()
    expect(maya.page.get_by_text("is bouncing")).to_have_count(0)


def test_mails_are_ended_by_the_link_in_one_and_wanted_again(enter: Enter, academy: Serving, relay: Relay) -> None:
    maya = enter("maya")
    _write(academy, "Hello")
    (path,) = re.findall(r"(/stop-mails\?token=\w+)", text_of(relay.wait_for_text(MAYA, "Hello")))
    maya.page.goto(path)
    maya.page.get_by_role("button", name="Unsubscribe").click()
    expect(maya.page.get_by_text("You’ve unsubscribed.")).to_be_visible()
    maya.page.get_by_role("button", name="Undo").click()
    expect(maya.page.get_by_text("You’ve resubscribed.")).to_be_visible()
    maya.page.goto(path)
    maya.page.get_by_role("button", name="Unsubscribe").click()
    expect(maya.page.get_by_text("You’ve unsubscribed.")).to_be_visible()

    maya.page.goto("/me")
    choice = maya.page.get_by_label("Messages: Email")
    expect(choice).to_be_disabled()
    maya.page.get_by_role("button", name="Resubscribe").click()
    expect(choice).to_be_enabled()
    expect(choice).to_have_value("now")


def test_an_academy_gives_its_mails_a_colour(enter: Enter, academy: Serving, relay: Relay) -> None:
    samuel = enter("samuel")
    samuel.page.goto("/admin/settings")
    samuel.page.get_by_label("Email colour").fill("#8a1c5b")
    expect(samuel.page.get_by_role("button", name="Default colour")).to_be_visible()
    _write(academy, "Hello")
    assert "background:#8a1c5b;color:#ffffff" in text_of(relay.wait_for_text(MAYA, "Hello"), "html")
