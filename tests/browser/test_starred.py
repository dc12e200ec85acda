"""Starred messages: given from a message's menu or by a key, found again in one list on all of one's devices (rules §16)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person

pytestmark = pytest.mark.slow


def _window(person: Person, name: str = "Starred messages") -> Locator:
    return person.page.get_by_role("dialog", name=name)


def _show_starred(person: Person) -> Locator:
    person.page.get_by_role("button", name="More lists").click()
    person.page.get_by_role("menuitem", name="Starred messages").click()
    return _window(person)


def test_a_message_is_starred_on_all_my_devices_and_found_again(enter: Enter) -> None:
    maya, also, daniel = enter("maya"), enter("maya"), enter("daniel")
    for one in (maya, also, daniel):
        one.open_messages()
    maya.open_chat("Daniel Okafor")
    also.open_chat("Daniel Okafor")
    maya.write("The exit is behind the stage")
    maya.sees("The exit is behind the stage")
    also.sees("The exit is behind the stage")
    maya.menu_of("The exit is behind the stage").get_by_role("menuitem", name="Star", exact=True).click()
    maya.told("Message starred.")
    for one in (maya, also):
        expect(one.bubble("The exit is behind the stage").get_by_title("Starred")).to_be_visible()
    daniel.open_chat("Maya Lindqvist")
    daniel.sees("The exit is behind the stage")
    expect(daniel.bubble("The exit is behind the stage").get_by_title("Starred")).to_have_count(0)
    found = _show_starred(also)
    expect(found.get_by_role("listitem")).to_have_count(1)
    found.get_by_role("link", name=re.compile("The exit is behind the stage")).click()
    expect(_window(also)).to_have_count(0)
    also.sees("The exit is behind the stage")
    # The same key takes it back, live on the other device.
    found = _show_starred(also)
    maya.bubble("The exit is behind the stage").get_by_role("article").focus()
    maya.page.keyboard.press("s")
    maya.told("Star removed.")
    expect(found.get_by_text("Nothing starred yet")).to_be_visible()
    maya.page.get_by_role("button", name="Undo").last.click()
    expect(found.get_by_role("listitem")).to_have_count(1)


def test_the_list_of_one_chat_gives_a_star_back_and_is_read_by_keys(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    for text in ("First things first", "And a second one"):
        maya.write(text)
        maya.sees(text)
        maya.menu_of(text).get_by_role("menuitem", name="Star", exact=True).click()
        maya.told("Message starred.")
    maya.page.get_by_role("button", name="Chat options").click()
    maya.page.get_by_role("menuitem", name="Starred messages").click()
    found = _window(maya, "Starred in the chat with Daniel Okafor")
    links = found.get_by_role("link")
    expect(links).to_have_text([re.compile("And a second one"), re.compile("First things first")])
    links.first.focus()
    maya.page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    maya.page.keyboard.press("s")
    expect(links).to_have_count(1)
    assert maya.has_focus()
    found.get_by_role("button", name="Undo").click()
    expect(links).to_have_count(2)
    maya.page.keyboard.press("Escape")
    expect(found).to_have_count(0)


def test_a_star_that_cannot_be_given_is_taken_back_and_says_why(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.write("Nobody hears this")
    maya.sees("Nobody hears this")
    maya.page.context.set_offline(True)
    maya.menu_of("Nobody hears this").get_by_role("menuitem", name="Star", exact=True).click()
    maya.told("Can’t reach the server")
    expect(maya.bubble("Nobody hears this").get_by_title("Starred")).to_have_count(0)
