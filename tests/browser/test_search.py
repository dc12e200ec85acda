"""Search as people use it: three groups, by keys alone, beside the list and in the chat."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import WITHOUT_WORKER, Enter

MANY = 120


def _talk(person: Any, other: str, texts: list[str]) -> None:
    """Write to somebody as fast as the server takes it."""
    for number, text in enumerate(texts):
        key = f"search-{person.login}-{number:05}"
        status, _ = person.ask("POST", f"/people/{other}/messages", {"body": text, "key": key})
        assert status == 201, text


def test_a_message_is_found_looked_at_and_opened_at_its_place_by_keys_alone(enter: Enter) -> None:
    samuel, priya = enter("samuel"), enter("priya")
    texts = [f"Line {number}" for number in range(MANY)]
    texts[10], texts[40] = "The Kühlhaus on the quay, first", "Again the KUHLHAUS, second"
    _talk(samuel, priya.id(), texts)
    priya.open_messages()
    page = priya.page
    unread = priya.row("Samuel Adeyemi").get_attribute("aria-label") or ""
    assert "unread" in unread
    page.keyboard.press("/")
    page.keyboard.type("kuhlhaus")
    options = page.get_by_role("listbox", name="Search results").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first.get_by_role("mark")).to_have_text("KUHLHAUS")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    # Beside the list stands the chat at this message. Nothing is read, and the keys stay in the field.
    priya.sees("The Kühlhaus on the quay, first")
    expect(page.get_by_text("2 of 2 in this chat")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert priya.ask("GET", "/me")[1]["unread_chats"] > 0
    before = priya.ask("GET", "/me")[1]["unread_chats"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"at=\d+&q=kuhlhaus$"))
    priya.sees("The Kühlhaus on the quay, first")
    expect(priya.composer).to_be_focused()
    page.wait_for_function(
        "before => fetch('/api/v1/me').then(it => it.json()).then(me => me.unread_chats < before)", arg=before
    )
    page.get_by_role("button", name="Newer result").click()
    priya.sees("Again the KUHLHAUS, second")
    expect(page.get_by_text("1 of 2 in this chat")).to_be_visible()
    # From there one reads on in both directions, to the very end.
    history = page.get_by_role("region", name=re.compile("^Messages with"))
    history.hover()
    last = priya.bubble(f"Line {MANY - 1}")
    for _ in range(100):
        page.mouse.wheel(0, 2_000)
        if last.count():
            break
        page.wait_for_timeout(100)
    expect(last).to_be_visible()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Escape")
    expect(priya.row("Samuel Adeyemi")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("")


@pytest.mark.slow
def test_the_result_chosen_last_counts_however_late_another_one_comes(enter: Enter) -> None:
    samuel, priya = enter("samuel"), enter("priya", **WITHOUT_WORKER)
    texts = [f"Line {number}" for number in range(MANY)]
    texts[10], texts[60] = "The Kühlhaus on the quay", "Again the KUHLHAUS"
    _talk(samuel, priya.id(), texts)
    priya.open_messages()
    page = priya.page
    held: list[Route] = []
    page.route("**/messages?around=*", lambda route: route.continue_() if held else held.append(route))
    page.keyboard.press("/")
    page.keyboard.type("kuhlhaus")
    options = page.get_by_role("listbox", name="Search results").get_by_role("option")
    expect(options.get_by_role("mark")).to_have_text(["KUHLHAUS", "Kühlhaus"])
    with page.expect_request("**/messages?around=*"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("2 of 2 in this chat")).to_be_visible()
    with page.expect_response(held[0].request.url):
        held[0].continue_()
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))")
    assert page.get_by_text("2 of 2 in this chat").is_visible()


@pytest.mark.slow
def test_a_person_is_found_and_written_to(enter: Enter) -> None:
    samuel = enter("samuel")
    samuel.open_messages()
    samuel.page.keyboard.press("/")
    samuel.page.keyboard.type("CHIDI eze")
    option = samuel.page.get_by_role("option", name=re.compile("Chidi Eze"))
    expect(option).to_be_visible()
    samuel.page.keyboard.press("Enter")
    samuel.chat("Chidi Eze")
    expect(samuel.composer).to_be_focused()


@pytest.mark.slow
def test_arabic_is_found_without_its_signs_on_a_phone(enter: Enter) -> None:
    samuel = enter("samuel")
    priya = enter("priya", is_phone=True)
    _talk(samuel, priya.id(), ["راجِع المُقَرَّر قبل الأسئلة"])
    priya.ask("PATCH", "/me", {"locale": "ar"})
    priya.page.goto("/messages")
    expect(priya.page.locator("html")).to_have_attribute("dir", "rtl")
    box = priya.page.get_by_role("searchbox")
    box.fill("المقرر")
    option = priya.page.get_by_role("option")
    expect(option).to_have_count(1)
    expect(option.get_by_role("mark")).to_have_text("المُقَرَّر")
    option.click()
    expect(priya.page.get_by_role("listitem").get_by_role("mark")).to_have_text("المُقَرَّر")
    priya.page.go_back()
    expect(box).to_have_value("المقرر")
    expect(option).to_have_count(1)


@pytest.mark.slow
def test_new_chat_says_that_it_shows_the_first_of_more(enter: Enter) -> None:
    samuel = enter("samuel")
    samuel.open_messages()
    samuel.page.get_by_role("button", name="New chat").click()
    expect(samuel.page.get_by_text("Showing the first 20").first).to_be_attached()


@pytest.mark.slow
def test_a_person_is_looked_at_beside_the_list_and_nothing_begins(enter: Enter) -> None:
    samuel = enter("samuel")
    page = samuel.page
    samuel.open_messages()
    expect(samuel.row("Ingrid Solberg")).to_be_visible()
    before = samuel.ask("GET", "/conversations")[1]["rows"]
    page.keyboard.press("/")
    page.keyboard.type("Maya Lind")
    options = page.get_by_role("listbox", name="Search results").get_by_role("option")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    chat = samuel.chat("Maya Lindqvist")
    expect(chat.get_by_role("heading", name="Maya Lindqvist").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.url.endswith("/messages")
    page.keyboard.press("Escape")
    expect(chat).to_have_count(0)
    expect(samuel.row("Maya")).to_have_count(0)
    assert samuel.ask("GET", "/conversations")[1]["rows"] == before
    page.keyboard.type("Maya Lind")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    samuel.chat("Maya Lindqvist")
    expect(samuel.composer).to_be_focused()


@pytest.mark.slow
def test_a_search_is_narrowed_down_with_the_tips(enter: Enter) -> None:
    samuel, priya = enter("samuel"), enter("priya")
    _talk(samuel, priya.id(), ["Which exams are left?", "The exam is on Friday"])
    _talk(priya, samuel.id(), ["No exam this week"])
    priya.open_messages()
    page = priya.page
    page.keyboard.press("/")
    page.keyboard.type("exam")
    options = page.get_by_role("listbox", name="Search results").get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.get_by_role("mark")).to_have_text(["exam", "exam", "exam"])
    page.get_by_text("Search tips").click()
    page.get_by_role("button", name="Add from: to the search").click()
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    expect(box).to_have_value("exam from:")
    page.keyboard.type("samuel")
    expect(options).to_have_count(2)
    box.fill('"exam is"')
    expect(options).to_have_count(1)
    expect(options.get_by_role("mark")).to_have_text("exam is")
