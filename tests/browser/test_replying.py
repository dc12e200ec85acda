"""Editing, replying and reacting, by two people at their screens (rules §15)."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.person import Person

FOAM, CHART = "Yes, foam works for both.", "The chart on slide 12"
NEITHER = "No, foam works for neither."


def _both(enter: Enter) -> tuple[Person, Person]:
    """Maya and Daniel, each with the chat open."""
    maya, daniel = enter("maya"), enter("daniel")
    for one, name in ((maya, "Daniel Okafor"), (daniel, "Maya Lindqvist")):
        one.open_messages()
        one.open_chat(name)
        one.sees(FOAM)
    return maya, daniel


def _said(person: Person, text: str) -> Locator:
    """The message that says this itself; others may quote it."""
    page = person.page
    return page.get_by_role("article").filter(has=page.locator(".text", has_text=text))


def _choose(person: Person, text: str, item: str) -> None:
    """Choose something in the menu of a message."""
    said = _said(person, text)
    said.locator(".bubble .text").click()
    said.get_by_role("button", name="Message options").click()
    person.page.get_by_role("menuitem", name=item, exact=True).click()


def _quote(person: Person, text: str) -> Locator:
    return _said(person, text).get_by_role("button", name=re.compile("^Go to the message"))


def test_a_reply_leads_to_its_original_and_follows_what_becomes_of_that(enter: Enter) -> None:
    maya, daniel = _both(enter)
    _said(maya, FOAM).focus()
    maya.page.keyboard.press("r")
    expect(maya.composer).to_be_focused()
    expect(maya.composer).to_have_accessible_description(re.compile("Replying to Daniel Okafor"))
    maya.page.keyboard.press("Escape")
    expect(maya.composer).not_to_have_accessible_description(re.compile("Replying"))
    _said(maya, FOAM).hover()
    _said(maya, FOAM).get_by_role("button", name="Reply").click()
    maya.write("And for fat?")
    expect(_quote(daniel, "And for fat?")).to_contain_text(FOAM)
    assert violations(daniel.page) == []
    _quote(daniel, "And for fat?").click()
    expect(_said(daniel, FOAM)).to_be_focused()
    _choose(daniel, FOAM, "Edit")
    expect(daniel.composer).to_have_value(FOAM)
    daniel.composer.fill(NEITHER)
    daniel.page.keyboard.press("Enter")
    expect(_said(maya, NEITHER)).to_contain_text("Edited")
    expect(_quote(maya, "And for fat?")).to_contain_text(NEITHER)
    _said(maya, NEITHER).get_by_role("button", name="Edited").click()
    expect(maya.page.get_by_role("dialog", name="What it said before")).to_contain_text(FOAM)
    assert violations(maya.page) == []
    maya.page.keyboard.press("Escape")
    _choose(daniel, NEITHER, "Delete for everyone")
    daniel.confirm("Delete for everyone?", "Delete for everyone")
    expect(_said(maya, "And for fat?")).to_contain_text("Message deleted")
    maya.page.reload()
    expect(_said(maya, "And for fat?")).to_contain_text("Message deleted")
    expect(maya.page.get_by_text(NEITHER)).to_have_count(0)


def test_reactions_are_counted_named_and_taken_back_and_leave_nothing_unread(enter: Enter) -> None:
    maya, daniel = _both(enter)
    maya.page.keyboard.press("Escape")
    _said(daniel, "One more: can I use foam").hover()
    _said(daniel, "One more: can I use foam").get_by_role("button", name="React", exact=True).click()
    daniel.page.get_by_role("menuitemcheckbox", name="React with 👍").click()
    expect(_said(daniel, "One more").get_by_role("button", name="👍: You")).to_have_attribute("aria-pressed", "true")
    expect(maya.row("Daniel Okafor")).to_have_accessible_name(re.compile(r"^((?!unread).)*$"))
    maya.open_chat("Daniel Okafor")
    theirs = _said(maya, "One more").get_by_role("button", name="👍: Daniel Okafor")
    expect(theirs).to_have_attribute("aria-pressed", "false")
    theirs.click()
    both = _said(daniel, "One more").get_by_role("button", name="👍: You and Maya Lindqvist")
    expect(both).to_have_text("👍2")
    _said(daniel, "One more").hover()
    _said(daniel, "One more").get_by_role("button", name="React", exact=True).click()
    daniel.page.get_by_role("menuitem", name="More emoji").click()
    picker = daniel.page.get_by_role("dialog", name="Choose an emoji")
    expect(picker.get_by_role("button", name="grinning face", exact=True)).to_be_visible()
    assert violations(daniel.page) == []
    picker.get_by_role("textbox", name="Search emoji").fill("light bulb")
    daniel.page.keyboard.press("ArrowDown")
    daniel.page.keyboard.press("Enter")
    expect(_said(maya, "One more").get_by_role("button", name="💡: Daniel Okafor")).to_be_visible()
    expect(maya.page.get_by_role("log")).to_have_text(re.compile("Daniel Okafor reacted 💡"))
    assert violations(maya.page) == []
    both.click()
    expect(_said(maya, "One more").get_by_role("button", name="👍: You")).to_be_visible()


def test_a_link_leads_members_to_the_message_and_shows_others_nothing(enter: Enter) -> None:
    maya, _ = _both(enter)
    maya.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _choose(maya, "One more: can I use foam", "Copy link to message")
    maya.told("Copied")
    link = maya.page.evaluate("() => navigator.clipboard.readText()")
    maya.page.goto(link)
    expect(_said(maya, "One more: can I use foam")).to_be_in_viewport()
    outsider = enter("elif")
    outsider.page.goto(link)
    expect(outsider.page.get_by_text("foam")).to_have_count(0)
    expect(outsider.page.get_by_role("heading", name="Not found")).to_be_visible()
