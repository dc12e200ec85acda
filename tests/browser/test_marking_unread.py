"""Marking unread: by keys, from a menu or a message, on all devices, and nobody else sees it (rules §12)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person

FOAM, CHART = "Yes, foam works for both.", "The chart on slide 12"
FROM_HERE = "Mark as unread from here"


def _unread(person: Person, count: int, name: str = "Daniel Okafor") -> None:
    """The chat's row counts so many messages."""
    words = {0: "", 1: "1 unread message,"}.get(count, f"{count} unread messages,")
    expect(person.row(name)).to_have_accessible_name(re.compile(words) if words else re.compile(r"^((?!unread).)*$"))


def _line(person: Person) -> Locator:
    """The words above what is new."""
    return person.page.get_by_text("New messages", exact=True)


def test_u_marks_the_focused_chat_unread_on_all_devices_and_again_as_read(enter: Enter) -> None:
    maya, also, daniel = enter("maya"), enter("maya"), enter("daniel")
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    for one in (maya, also):
        one.open_messages()
    maya.open_chat("Daniel Okafor")
    expect(daniel.bubble(FOAM)).to_contain_text("Read")
    maya.page.keyboard.press("Escape")
    expect(maya.row("Daniel Okafor")).to_be_focused()
    maya.page.keyboard.press("u")
    maya.told("Marked as unread.")
    for one in (maya, also):
        _unread(one, 1)
    expect(maya.row("Daniel Okafor")).to_be_focused()
    expect(daniel.bubble(FOAM)).to_contain_text("Read")
    maya.page.reload()
    _unread(maya, 1)
    also.row("Daniel Okafor").focus()
    also.page.keyboard.press("u")
    also.told("Marked as read.")
    for one in (maya, also):
        _unread(one, 0)


@pytest.mark.slow
def test_the_open_chat_stays_unread_until_it_is_chosen_again(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.menu_of(FOAM).get_by_role("menuitem", name=FROM_HERE).click()
    maya.told("Marked as unread.")
    _unread(maya, 2)
    expect(_line(maya)).to_be_visible()
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    daniel.write("And the plan is on the wall.")
    maya.sees("And the plan is on the wall.")
    _unread(maya, 3)
    expect(daniel.bubble("And the plan is on the wall.")).to_contain_text("Sent")
    maya.row("Daniel Okafor").click()
    _unread(maya, 0)
    expect(daniel.bubble("And the plan is on the wall.")).to_contain_text("Read")


@pytest.mark.slow
def test_u_marks_unread_from_the_focused_message_on_and_an_answer_ends_that(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.bubble(FOAM).get_by_role("article").focus()
    maya.page.keyboard.press("u")
    _unread(maya, 2)
    maya.page.keyboard.press("?")
    expect(maya.page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Mark a chat as unread")
    maya.page.keyboard.press("Escape")
    maya.write("Thank you!")
    _unread(maya, 0)
    expect(_line(maya)).to_have_count(0)


@pytest.mark.slow
def test_another_device_that_shows_the_chat_leaves_it_unread(enter: Enter) -> None:
    maya, also = enter("maya"), enter("maya")
    for one in (maya, also):
        one.open_messages()
        one.open_chat("Daniel Okafor")
    maya.page.get_by_role("button", name="Chat options").click()
    maya.page.get_by_role("menuitem", name="Mark as unread").click()
    for one in (maya, also):
        _unread(one, 1)
        expect(_line(one)).to_be_visible()


@pytest.mark.slow
def test_on_a_phone_one_comes_back_to_the_list(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.menu_of(CHART).get_by_role("menuitem", name=FROM_HERE).click()
    expect(maya.page).to_have_url(re.compile(r"/messages$"))
    _unread(maya, 1)
    maya.open_chat("Daniel Okafor")
    expect(_line(maya)).to_be_visible()
    maya.page.go_back()
    _unread(maya, 0)


@pytest.mark.slow
def test_a_right_click_opens_the_menu_of_a_row(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.row("Priya Raman").click()
    maya.row("Daniel Okafor").click(button="right")
    maya.page.get_by_role("menuitem", name="Mark as unread").click()
    _unread(maya, 1)
    maya.row("Daniel Okafor").click(button="right")
    maya.page.get_by_role("menuitem", name="Mark as read").click()
    _unread(maya, 0)


@pytest.mark.slow
def test_without_a_network_it_says_so_and_nothing_changes(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.page.context.set_offline(True)
    maya.row("Daniel Okafor").focus()
    maya.page.keyboard.press("u")
    expect(maya.page.locator(".toast")).to_be_visible()
    _unread(maya, 0)
