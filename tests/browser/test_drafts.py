"""Drafts: one person on two devices, who writes on both, on one of them without a network (rules §17)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_screens import is_clean

pytestmark = pytest.mark.slow

EXPERT = "Daniel Okafor"


def _card(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Written on another device")


def _both(enter: Enter) -> tuple[Person, Person]:
    """Maya's laptop, with the chat open, and her tablet, with the list."""
    laptop, tablet = enter("maya"), enter("maya")
    for one in (laptop, tablet):
        one.open_messages()
    laptop.open_chat(EXPERT)
    return laptop, tablet


def test_what_is_typed_on_one_device_is_in_the_list_and_in_the_composer_of_the_other(enter: Enter) -> None:
    laptop, tablet = _both(enter)
    laptop.composer.fill("Half a thought")
    expect(tablet.row(EXPERT)).to_contain_text("Draft: Half a thought")
    tablet.open_chat(EXPERT)
    expect(tablet.composer).to_have_value("Half a thought")
    tablet.composer.fill("Half a thought, finished elsewhere")
    expect(laptop.composer).to_have_value("Half a thought, finished elsewhere")
    laptop.page.get_by_role("button", name="Forward").click()
    laptop.sees("Half a thought, finished elsewhere")
    tablet.sees("Half a thought, finished elsewhere")
    expect(tablet.composer).to_have_value("")
    tablet.page.reload()
    tablet.chat(EXPERT)
    expect(tablet.composer).to_have_value("")
    tablet.open_messages()
    expect(tablet.row(EXPERT)).to_contain_text("Half a thought, finished elsewhere")
    expect(tablet.row(EXPERT)).not_to_contain_text("Draft:")


def test_two_devices_that_write_at_once_keep_both_texts_and_the_person_chooses(enter: Enter) -> None:
    laptop, tablet = _both(enter)
    tablet.open_chat(EXPERT)
    tablet.page.context.set_offline(True)
    tablet.composer.fill("On the train")
    laptop.composer.fill("At the desk")
    also = enter("maya")
    also.open_messages()
    expect(also.row(EXPERT)).to_contain_text("Draft: At the desk")
    tablet.page.context.set_offline(False)
    expect(_card(laptop)).to_contain_text("On the train")
    expect(_card(tablet)).to_contain_text("At the desk")
    expect(laptop.composer).to_have_value("At the desk")
    expect(tablet.composer).to_have_value("On the train")
    is_clean(laptop.page)
    _card(laptop).get_by_role("button", name="Add to mine").click()
    expect(laptop.composer).to_have_value("At the desk\n\nOn the train")
    expect(laptop.composer).to_be_focused()
    expect(_card(tablet)).to_have_count(0)
    expect(tablet.composer).to_have_value("At the desk\n\nOn the train")


def test_a_choice_can_be_taken_back(enter: Enter) -> None:
    laptop, tablet = _both(enter)
    tablet.open_chat(EXPERT)
    tablet.page.context.set_offline(True)
    tablet.composer.fill("On the train")
    laptop.composer.fill("At the desk")
    also = enter("maya")
    also.open_messages()
    expect(also.row(EXPERT)).to_contain_text("Draft: At the desk")
    tablet.page.context.set_offline(False)
    _card(laptop).get_by_role("button", name="Use this").click()
    expect(laptop.composer).to_have_value("On the train")
    laptop.told("Your text was replaced.")
    laptop.page.get_by_role("button", name="Undo").click()
    expect(laptop.composer).to_have_value("At the desk")
    expect(_card(laptop)).to_contain_text("On the train")
    _card(laptop).get_by_role("button", name="Discard").click()
    expect(_card(laptop)).to_have_count(0)
    expect(tablet.composer).to_have_value("At the desk")


def test_a_draft_answers_the_same_message_on_the_other_device(enter: Enter) -> None:
    daniel, (laptop, tablet) = enter("daniel"), _both(enter)
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    daniel.write("Where is the second exit?")
    laptop.sees("Where is the second exit?")
    asked = laptop.bubble("Where is the second exit?")
    asked.hover()
    asked.get_by_role("button", name="Reply").click()
    laptop.composer.fill("Behind the stairs")
    expect(tablet.row(EXPERT)).to_contain_text("Draft: Behind the stairs")
    tablet.open_chat(EXPERT)
    expect(tablet.page.get_by_text(f"Replying to {EXPERT}")).to_be_visible()
    tablet.page.get_by_role("button", name="Forward").click()
    expect(daniel.bubble("Behind the stairs")).to_contain_text("Where is the second exit?")
    expect(laptop.page.get_by_text(f"Replying to {EXPERT}")).to_have_count(0)
    expect(laptop.composer).to_have_value("")


def test_typed_without_a_network_it_outlives_the_page_and_goes_out_later(enter: Enter) -> None:
    laptop, tablet = _both(enter)
    laptop.page.route(re.compile("/draft"), lambda route: route.abort())
    laptop.composer.fill("In the tunnel")
    laptop.open_chat("Priya Raman")
    expect(laptop.row(EXPERT)).to_contain_text("Draft: In the tunnel")
    laptop.page.reload()
    expect(laptop.row(EXPERT)).to_contain_text("Draft: In the tunnel")
    laptop.page.unroute_all()
    expect(tablet.row(EXPERT)).to_contain_text("Draft: In the tunnel")


def test_two_tabs_of_a_browser_show_one_draft(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat(EXPERT)
    other = Person("maya", maya.page.context.new_page())
    other.open_messages()
    other.open_chat(EXPERT)
    maya.page.route(re.compile("/draft"), lambda route: route.abort())
    maya.composer.fill("In one tab")
    expect(other.composer).to_have_value("In one tab")
    other.composer.fill("In one tab, and in another")
    expect(maya.composer).to_have_value("In one tab, and in another")
    expect(_card(maya)).to_have_count(0)


def test_who_may_not_write_any_more_keeps_the_draft(enter: Enter) -> None:
    ingrid, (laptop, _) = enter("ingrid"), _both(enter)
    laptop.composer.fill("One more question")
    daniel = next(one for one in ingrid.ask("GET", "/admin/users?q=daniel")[1]["users"] if one["login"] == "daniel")
    ingrid.ask("POST", f"/admin/users/{daniel['id']}/deactivate")
    kept = laptop.page.get_by_role("region", name=re.compile("^Your draft"))
    expect(kept).to_contain_text("One more question")
    ingrid.ask("POST", f"/admin/users/{daniel['id']}/activate")
    expect(laptop.composer).to_have_value("One more question")


def test_signing_out_leaves_no_draft_in_the_browser_and_loses_none(enter: Enter) -> None:
    laptop, tablet = _both(enter)
    laptop.composer.fill("Half a secret")
    expect(tablet.row(EXPERT)).to_contain_text("Draft: Half a secret")
    laptop.page.get_by_role("button", name="Your account").click()
    laptop.page.get_by_role("menuitem", name="Sign out").click()
    expect(laptop.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert laptop.page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('draft'))") == []
    laptop.sign_in()
    laptop.open_messages()
    expect(laptop.row(EXPERT)).to_contain_text("Draft: Half a secret")
