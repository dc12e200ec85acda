"""Messages by keyboard alone."""

import re

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


def test_a_message_is_deleted_by_keys_focus_goes_to_its_neighbour_and_ctrl_z_brings_it_back(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    dots = maya.bubble("Yes, foam works for both.").get_by_role("button", name="Message options")
    dots.focus()
    maya.page.keyboard.press("Enter")
    expect(maya.page.get_by_role("menuitem", name="Delete message")).to_be_focused()
    maya.page.keyboard.press("Enter")
    expect(maya.bubble("Yes, foam works for both.")).to_have_count(0)
    expect(maya.bubble("The chart on slide 12").get_by_role("button")).to_be_focused()
    maya.page.keyboard.press("Control+z")
    maya.sees("Yes, foam works for both.")


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


def test_after_delete_chat_focus_goes_to_the_next_row(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.row("Priya Raman").focus()
    maya.page.keyboard.press("Tab")
    expect(maya.page.get_by_role("button", name="Delete chat with Priya Raman")).to_be_focused()
    maya.page.keyboard.press("Enter")
    maya.page.keyboard.press("Tab")
    maya.page.keyboard.press("Enter")
    expect(maya.row("Priya Raman")).to_have_count(0)
    expect(maya.row("Elif Aydın")).to_be_focused()
