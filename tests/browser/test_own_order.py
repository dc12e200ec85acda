"""One's own order: chats are pinned, archived and muted on all devices of one person, and nobody else sees it (rules §16)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person

pytestmark = pytest.mark.slow


def _names(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Chats").locator("li .name")


def _choose(person: Person, chat: str, choice: str) -> None:
    person.row(chat).click(button="right")
    person.page.get_by_role("menuitem", name=choice, exact=True).click()


def _show_archive(person: Person) -> None:
    person.page.get_by_role("button", name="More lists").click()
    person.page.get_by_role("menuitem", name="Archived chats").click()


def test_a_chat_is_pinned_archived_and_back_with_the_next_message_on_all_devices(enter: Enter) -> None:
    maya, also, daniel = enter("maya"), enter("maya"), enter("daniel")
    for one in (maya, also):
        one.open_messages()
    names = _names(maya).all_text_contents()
    pinned = names[-1]
    _choose(maya, pinned, "Pin")
    maya.told("Chat pinned.")
    for one in (maya, also):
        expect(_names(one).first).to_have_text(pinned)
        expect(one.row(pinned)).to_have_accessible_name(re.compile("Pinned$"))
    maya.row("Daniel Okafor").focus()
    maya.page.keyboard.press("e")
    maya.told("Chat archived.")
    for one in (maya, also):
        expect(one.row("Daniel Okafor")).to_have_count(0)
    _show_archive(also)
    expect(_names(also)).to_have_text(["Daniel Okafor"])
    maya.page.get_by_role("button", name="Undo").click()
    expect(also.page.get_by_text("Nothing archived")).to_be_visible()
    also.page.get_by_role("button", name="Back to all chats").click()
    maya.row("Daniel Okafor").focus()
    maya.page.keyboard.press("e")
    expect(also.row("Daniel Okafor")).to_have_count(0)
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    daniel.write("One more thing")
    for one in (maya, also):
        expect(_names(one)).to_have_text(
            [pinned, "Daniel Okafor", *(n for n in names if n not in {pinned, "Daniel Okafor"})]
        )


def test_a_muted_chat_stays_in_the_archive_and_says_until_when(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.page.clock.install()
    maya.page.reload()
    maya.open_messages()
    _choose(maya, "Daniel Okafor", "Mute chat")
    maya.page.get_by_role("button", name="For 1 hour").click()
    expect(maya.row("Daniel Okafor")).to_have_accessible_name(re.compile("Muted until "))
    _choose(maya, "Daniel Okafor", "Archive")
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    daniel.write("You needn't look at this")
    daniel.sees("You needn't look at this")
    _show_archive(maya)
    expect(maya.row("Daniel Okafor")).to_have_accessible_name(re.compile("You needn't look at this"))
    maya.page.clock.fast_forward("01:01:00")
    expect(maya.row("Daniel Okafor")).not_to_have_accessible_name(re.compile("Muted"))
