"""What a chat is about and who is on its other side: the same on every screen of both."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_screens import is_clean

pytestmark = pytest.mark.slow

FIRE = "Fire Safety Basics"


def panel_of(person: Person, name: str) -> Locator:
    """What stands beside the chat, or on a phone in its place."""
    return person.page.get_by_role("region", name=f"About {name}")


def header_of(chat: Locator) -> Locator:
    """The line with the name; the panel's follows it."""
    return chat.locator("header").first


def test_one_sees_which_course_a_question_is_about_before_it_is_sent(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_course(FIRE)
    maya.write_expert(daniel.name)
    expect(maya.composer).to_have_accessible_description(re.compile(f"^About {FIRE}"))
    is_clean(maya.page)
    maya.page.get_by_role("button", name=f"Remove “About {FIRE}”").click()
    expect(maya.composer).to_be_focused()
    expect(maya.composer).not_to_have_accessible_description(re.compile("^About"))
    maya.page.get_by_role("button", name="Undo").click()
    maya.composer.fill("Which extinguisher is for oil?")
    maya.page.keyboard.press("Enter")
    maya.sees("Which extinguisher is for oil?")
    expect(maya.composer).not_to_have_accessible_description(re.compile("^About"))
    daniel.open_messages()
    expect(daniel.row("Maya Lindqvist")).to_have_accessible_name(re.compile(f"Question · {FIRE}"))
    header_of(daniel.open_chat("Maya Lindqvist")).get_by_role("link", name=FIRE).click()
    expect(daniel.page.get_by_role("heading", name=FIRE, level=1)).to_be_visible()


def test_row_header_notice_and_panel_say_the_same_of_an_expert_who_is_one_no_longer(enter: Enter) -> None:
    maya, ingrid = enter("maya"), enter("ingrid")
    maya.open_messages()
    expect(maya.row("Daniel Okafor")).to_contain_text(f"Expert · {FIRE}")
    chat = maya.open_chat("Daniel Okafor")
    expect(header_of(chat)).to_contain_text(f"Expert · {FIRE}")
    panel = panel_of(maya, "Daniel Okafor")
    expect(panel.get_by_role("link", name=re.compile(FIRE))).to_contain_text("Your expert")
    expect(maya.page).to_have_title(re.compile("Daniel Okafor · "))
    course = next(one for one in ingrid.ask("GET", "/admin/courses")[1]["courses"] if one["title"] == FIRE)
    daniel = next(one for one in course["experts"] if one["name"] == "Daniel Okafor")
    ingrid.ask("DELETE", f"/admin/courses/{course['id']}/experts/{daniel['id']}")
    expect(maya.row("Daniel Okafor")).to_contain_text(f"Former expert · {FIRE}")
    expect(header_of(chat)).to_contain_text(f"Former expert · {FIRE}")
    expect(chat.get_by_text(f"no longer an expert of {FIRE}")).to_be_visible()
    expect(panel.get_by_role("link", name=re.compile(FIRE))).to_contain_text("Former expert")
    ingrid.ask("POST", f"/admin/users/{daniel['id']}/deactivate")
    expect(maya.row("Daniel Okafor")).to_contain_text("Deactivated")
    expect(header_of(chat)).to_contain_text("Deactivated")
    expect(panel).to_contain_text("Deactivated")


def test_the_panel_is_closed_by_keyboard_and_stays_so(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    panel, toggle = panel_of(maya, "Daniel Okafor"), maya.page.get_by_role("button", name="About Daniel Okafor")
    expect(panel.get_by_role("heading", name="What connects you")).to_be_visible()
    expect(panel.get_by_text("Your expert since")).to_be_visible()
    is_clean(maya.page)
    panel.get_by_role("button", name="Close").press("Escape")
    expect(panel).to_have_count(0)
    expect(toggle).to_be_focused()
    expect(maya.composer).to_be_visible()
    maya.page.reload()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.press("Enter")
    expect(panel).to_be_visible()


def test_on_a_phone_it_is_a_page_behind_the_name_in_both_directions(enter: Enter) -> None:
    layla = enter("layla", is_phone=True)
    layla.page.goto("/messages")
    layla.page.get_by_role("link", name=re.compile("^\u2068?Daniel Okafor")).click()
    name = layla.page.get_by_role("heading", name="Daniel Okafor").get_by_role("link")
    name.click()
    panel = layla.page.get_by_role("region", name=re.compile("^نبذة عن"))
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    is_clean(layla.page)
    panel.get_by_role("button", name="العودة إلى المحادثة").click()
    expect(panel).to_have_count(0)
    expect(name).to_be_focused()
    name.click()
    layla.page.go_back()
    expect(panel).to_have_count(0)
    expect(layla.page.get_by_role("textbox", name="اكتب رسالتك")).to_be_visible()


def test_a_draft_shows_in_the_list_and_the_tab_names_what_is_unread(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    icon = maya.page.locator("link[rel=icon]")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.composer.fill("Half a thought")
    maya.open_chat("Priya Raman")
    expect(maya.row("Daniel Okafor")).to_contain_text("Draft: Half a thought")
    expect(icon).to_have_attribute("href", re.compile("%3E1%3C%2Ftext"))
    daniel.open_messages()
    daniel.open_chat("Maya Lindqvist")
    daniel.write("Are you there?")
    expect(maya.page).to_have_title(re.compile(r"^\(2\) Priya Raman · "))
    expect(icon).to_have_attribute("href", re.compile("%3E2%3C%2Ftext"))
    maya.open_chat("Daniel Okafor")
    expect(maya.composer).to_have_value("Half a thought")


COMPOSING = """(box, key) => box.dispatchEvent(
  new KeyboardEvent("keydown", { keyCode: 229, bubbles: true, cancelable: true, ...key }))"""
"""The events of an input method: Safari's Enter comes after the composition has ended."""


def test_the_keys_of_an_input_method_stay_its_own(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.composer.fill("日本語")
    maya.composer.evaluate(COMPOSING, {"key": "Enter", "isComposing": False})
    maya.composer.evaluate(COMPOSING, {"key": "Enter", "isComposing": True})
    maya.composer.evaluate(COMPOSING, {"key": "Escape", "isComposing": True})
    expect(maya.composer).to_have_value("日本語")
    maya.chat("Daniel Okafor")
    maya.composer.press("Enter")
    maya.sees("日本語")


def test_a_chat_opens_at_the_first_of_its_new_messages_which_goes_when_one_answers(enter: Enter) -> None:
    aino, samuel = enter("aino"), enter("samuel")
    to = f"/people/{aino.id()}/messages"
    for number in range(60):
        status, _ = samuel.ask("POST", to, {"body": f"News {number}", "key": f"key-of-news-{number}"})
        assert status in {200, 201}
    aino.open_messages()
    aino.open_chat(samuel.name)
    lines = aino.page.get_by_role("region", name=re.compile("^Messages with")).get_by_role("listitem")
    expect(lines.filter(has_text=re.compile("^New messages$"))).to_be_in_viewport()
    expect(lines.filter(has_text=re.compile(r"News 0\b"))).to_be_in_viewport()
    texts = lines.all_inner_texts()
    assert texts.index("New messages") + 1 == next(at for at, text in enumerate(texts) if "News 0\n" in text)
    aino.write("Thank you for all of it.")
    aino.sees("Thank you for all of it.")
    expect(lines.filter(has_text=re.compile("^New messages$"))).to_have_count(0)
