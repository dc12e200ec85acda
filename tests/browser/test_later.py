"""Send later: scheduled from the composer, shown above it, changed, cancelled, sent at its time, and back when it is refused (rules §18)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.conftest import WITHOUT_WORKER, Enter
from tests.browser.person import Person
from tests.faults.scheduled import let_be_due
from tests.servers.academy import Serving

pytestmark = pytest.mark.slow


def _choices(person: Person) -> Locator:
    """The menu behind the arrow."""
    person.page.get_by_role("button", name="Send later").click()
    return person.page.get_by_role("menu", name="Send later")


def _schedule(person: Person, text: str, choice: str = "Tomorrow morning") -> None:
    person.composer.fill(text)
    _choices(person).get_by_role("menuitem", name=re.compile(choice)).click()
    person.told("Scheduled:")
    expect(person.composer).to_have_value("")


def _line(person: Person) -> Locator:
    return person.page.locator(".scheduled")


def _show(person: Person) -> Locator:
    _line(person).get_by_role("button", name="Show").click()
    return person.page.get_by_role("dialog", name=re.compile("^Scheduled"))


def _come_due(academy: Serving, person: Person) -> None:
    """All that waits is due now; the server looks when it hears that something else changes."""
    let_be_due(academy.settings.database_url)
    at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    other = person.ask("GET", "/people?q=Priya")[1]["people"][0]["id"]
    assert person.ask("POST", f"/people/{other}/scheduled", {"key": "look-again", "body": "Later", "at": at})[0] == 200


def test_a_message_is_scheduled_changed_and_sent_at_its_time_on_all_devices(enter: Enter, academy: Serving) -> None:
    maya, also, daniel = enter("maya"), enter("maya"), enter("daniel")
    for one in (maya, also):
        one.open_messages()
        one.open_chat("Daniel Okafor")
    _schedule(maya, "Which exit do we take?")
    for one in (maya, also):
        expect(_line(one)).to_contain_text("1 message is scheduled: Tomorrow, 09:00")
    shown = _show(also)
    shown.get_by_role("button", name="Edit").click()
    shown.get_by_role("textbox", name="Message").fill("Which exit do we take on Monday?")
    shown.get_by_role("button", name="Save").click()
    expect(shown.get_by_role("status").last).to_have_text("Message changed.")
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    expect(daniel.bubble("Which exit")).to_have_count(0)
    also.page.keyboard.press("Escape")
    let_be_due(academy.settings.database_url)
    _schedule(maya, "And what do we bring?")
    for one in (maya, also, daniel):
        one.sees("Which exit do we take on Monday?")
    expect(daniel.bubble("And what")).to_have_count(0)


def test_what_is_refused_at_its_time_comes_back_with_the_reason(enter: Enter, academy: Serving) -> None:
    ingrid, maya = enter("ingrid"), enter("maya")
    ingrid.open_messages()
    ingrid.start_chat("Maya Lindqvist")
    ingrid.write("Hello")
    _schedule(ingrid, "See you on Monday")
    maya_id = maya.id()
    assert ingrid.ask("POST", f"/admin/users/{maya_id}/deactivate")[0] in {200, 204}
    _come_due(academy, ingrid)
    expect(_line(ingrid)).to_contain_text("1 scheduled message was not sent.")
    shown = _show(ingrid)
    expect(shown.get_by_role("listitem")).to_contain_text("Not sent")
    expect(shown.get_by_role("listitem")).to_contain_text("Maya Lindqvist was deactivated.")
    assert violations(ingrid.page) == []
    assert ingrid.ask("POST", f"/admin/users/{maya_id}/activate")[0] in {200, 204}
    shown.get_by_role("button", name="Send now").click()
    expect(shown.get_by_text("Nothing is scheduled")).to_be_visible()
    ingrid.page.keyboard.press("Escape")
    ingrid.sees("See you on Monday")


def test_a_time_is_chosen_with_the_keyboard_and_what_is_wrong_with_it_is_said(enter: Enter) -> None:
    maya = enter("maya", timezone_id="Europe/Berlin")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.composer.fill("In spring")
    maya.page.keyboard.press("Control+Shift+Enter")
    menu = maya.page.get_by_role("menu", name="Send later")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    maya.page.keyboard.press("End")
    maya.page.keyboard.press("Enter")
    window = maya.page.get_by_role("dialog", name="Send later")
    date, time = window.get_by_label("Date"), window.get_by_label("Time")
    date.fill("2020-01-01")
    window.get_by_role("button", name="Schedule").click()
    expect(date).to_be_focused()
    expect(window.get_by_text("Choose a time at least a minute from now.")).to_be_visible()
    assert violations(maya.page) == []
    day = datetime.now(UTC) + timedelta(days=30)
    date.fill(day.strftime("%Y-%m-%d"))
    time.fill("07:30")
    expect(window.get_by_role("status")).to_contain_text("07:30")
    window.get_by_role("button", name="Schedule").click()
    maya.told("07:30")
    expect(maya.composer).to_be_focused()
    shown = _show(maya)
    assert violations(maya.page) == []
    shown.get_by_role("button", name="Cancel this message").click()
    expect(shown.get_by_text("Nothing is scheduled")).to_be_visible()
    shown.get_by_role("button", name="Undo").click()
    expect(shown.get_by_role("listitem")).to_contain_text("In spring")


def test_without_a_network_the_text_stays(enter: Enter) -> None:
    maya = enter("maya", **WITHOUT_WORKER)
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.composer.fill("Later")
    expect(maya.page.get_by_role("button", name="Send later")).to_be_enabled()
    maya.page.context.set_offline(True)
    maya.page.evaluate("dispatchEvent(new Event('offline'))")
    menu = _choices(maya)
    expect(menu).to_be_visible()
    expect(menu.get_by_text("Scheduling needs the server")).to_be_visible()
    menu.get_by_role("menuitem").first.click()
    maya.told("Can’t reach the server.")
    expect(maya.composer).to_have_value("Later")


def test_on_a_phone_the_choices_rise_from_below_and_all_chats_are_listed_together(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    maya.open_messages()
    maya.row("Daniel Okafor").click()
    _schedule(maya, "From the phone")
    expect(_line(maya)).to_be_visible()
    maya.page.get_by_role("link", name="Back to chats").click()
    maya.page.get_by_role("button", name="More lists").click()
    maya.page.get_by_role("menuitem", name="Scheduled messages").click()
    shown = maya.page.get_by_role("dialog", name="Scheduled messages")
    expect(shown.get_by_role("link", name="Daniel Okafor")).to_be_visible()
    expect(shown.get_by_role("listitem")).to_contain_text("From the phone")
