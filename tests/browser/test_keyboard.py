"""Messages by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter


def test_arrows_move_in_the_list_and_enter_opens(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.row("Daniel Okafor").focus()
    maya.page.keyboard.press("ArrowDown")
    expect(maya.row("Priya Raman")).to_be_focused()
    maya.page.keyboard.press("End")
    expect(maya.row("Noor Haddad")).to_be_focused()
    maya.page.keyboard.press("Home")
    maya.page.keyboard.press("Enter")
    maya.chat("Daniel Okafor")
    expect(maya.composer).to_be_focused()
    maya.page.keyboard.press("Escape")
    expect(maya.page.get_by_text("Select a chat to start reading")).to_be_visible()
    expect(maya.row("Daniel Okafor")).to_be_focused()


@pytest.mark.slow
def test_slash_searches_n_starts_a_chat_and_question_mark_shows_the_keys(enter: Enter) -> None:
    samuel = enter("samuel")
    samuel.open_messages()
    samuel.page.keyboard.press("/")
    expect(samuel.page.get_by_role("searchbox")).to_be_focused()
    samuel.row("Priya Raman").focus()
    samuel.page.keyboard.press("?")
    expect(samuel.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    samuel.page.keyboard.press("Escape")
    samuel.page.keyboard.press("n")
    expect(samuel.page.get_by_role("combobox", name="To")).to_be_focused()
    samuel.page.keyboard.type("Chidi")
    expect(samuel.page.get_by_role("option", name=re.compile("Chidi Eze"))).to_have_attribute("aria-selected", "true")
    samuel.page.keyboard.press("Enter")
    samuel.chat("Chidi Eze")
    expect(samuel.composer).to_be_focused()
    samuel.page.keyboard.type("By keys alone")
    samuel.page.keyboard.press("Enter")
    expect(samuel.bubble("By keys alone")).to_contain_text("Sent")


@pytest.mark.slow
def test_a_message_is_deleted_by_keys_focus_goes_to_its_neighbour_and_ctrl_z_brings_it_back(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.dots_of("Yes, foam works for both.").focus()
    maya.page.keyboard.press("Enter")
    maya.page.keyboard.press("End")
    expect(maya.page.get_by_role("menuitem", name="Delete message")).to_be_focused()
    maya.page.keyboard.press("Enter")
    expect(maya.bubble("Yes, foam works for both.")).to_have_count(0)
    expect(maya.bubble("The chart on slide 12").get_by_role("article")).to_be_focused()
    maya.page.keyboard.press("Control+z")
    maya.sees("Yes, foam works for both.")


@pytest.mark.slow
def test_escape_closes_the_menu_and_the_window_before_the_chat(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.page.get_by_role("button", name="Chat options").click()
    maya.page.keyboard.press("Escape")
    expect(maya.page.get_by_role("menu")).to_have_count(0)
    maya.page.get_by_role("button", name="Chat options").click()
    maya.page.get_by_role("menuitem", name="Delete chat").click()
    expect(maya.page.get_by_role("dialog", name="Delete chat")).to_be_visible()
    maya.page.keyboard.press("Escape")
    expect(maya.page.get_by_role("dialog")).to_have_count(0)
    maya.chat("Daniel Okafor")


@pytest.mark.slow
def test_after_delete_chat_focus_goes_to_the_next_row(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.row("Priya Raman").focus()
    maya.page.keyboard.press("Tab")
    expect(maya.page.get_by_role("button", name="Delete chat with Priya Raman")).to_be_focused()
    maya.page.keyboard.press("Enter")
    expect(maya.page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    maya.page.keyboard.press("Tab")
    maya.page.keyboard.press("Enter")
    expect(maya.row("Priya Raman")).to_have_count(0)
    expect(maya.row("Elif Aydın")).to_be_focused()


@pytest.mark.slow
def test_the_history_is_one_stop_of_the_tab_key_with_arrows_within(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.sees("The chart on slide 12")
    page, newest = maya.page, maya.bubble("The chart on slide 12").get_by_role("article")
    page.get_by_role("button", name="Chat options").focus()
    page.keyboard.press("Tab")
    expect(newest).to_be_focused()
    expect(newest).to_have_accessible_name(re.compile("^Daniel Okafor: The chart on slide 12.*[0-9]{2}:[0-9]{2}"))
    page.keyboard.press("ArrowUp")
    expect(maya.bubble("Yes, foam works for both.").get_by_role("article")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_role("article").first).to_be_focused()
    expect(page.get_by_role("article").first).to_have_accessible_name(re.compile("^(You|Daniel Okafor): .*[0-9]{2}:"))
    page.keyboard.press("End")
    expect(newest).to_be_focused()
    page.keyboard.press("ArrowUp")
    for name in ("Reply", "React", "Message options"):
        page.keyboard.press("Tab")
        expect(maya.bubble("Yes, foam works for both.").get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Escape")
    expect(maya.bubble("Yes, foam works for both.").get_by_role("article")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name="Message options: Daniel Okafor")).to_be_visible()
    page.keyboard.press("Escape")
    expect(maya.bubble("Yes, foam works for both.").get_by_role("button", name="Message options")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Attach files")).to_be_focused()
    page.keyboard.press("Tab")
    expect(maya.composer).to_be_focused()


@pytest.mark.slow
def test_end_reaches_a_message_that_was_not_drawn_and_home_the_first_of_many(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya_id = maya.id()
    for number in range(1, 61):
        daniel.ask("POST", f"/people/{maya_id}/messages", {"body": f"Line {number:03}", "key": f"line-number-{number}"})
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.page.get_by_role("button", name="Jump to latest").click()
    maya.bubble("Line 060").get_by_role("article").focus()
    last = maya.page.evaluate("Number(document.activeElement.dataset.seq)")
    maya.page.keyboard.press("Home")
    maya.page.wait_for_function("last => Number(document.activeElement.dataset.seq) < last", arg=last)
    first = maya.page.evaluate("document.activeElement.dataset.seq")
    for _ in range(3):
        maya.page.keyboard.press("ArrowDown")
    assert maya.page.evaluate("Number(document.activeElement.dataset.seq)") > int(first)
    maya.page.keyboard.press("End")
    expect(maya.bubble("Line 060").get_by_role("article")).to_be_focused()
    expect(maya.bubble("Line 060")).to_be_in_viewport()
