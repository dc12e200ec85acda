"""A phone in the hand: what a tap and a resting finger show, what is large enough, and that all ways back agree."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person

FOAM = "Yes, foam works for both."
SMALL = """() => {
  const inText = (one) => one.closest(".text, p, .words, dd, nav.small, td") && getComputedStyle(one).display.startsWith("inline") && one.tagName === "A";
  const hit = (one, x, y) => { const found = document.elementFromPoint(x, y); return found && (one === found || one.contains(found) || found.contains(one) && found.tagName === "LABEL"); };
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((one) => {
    const box = one.getBoundingClientRect();
    const isThere = one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.bottom > 0 && box.top < innerHeight && getComputedStyle(one).pointerEvents !== "none";
    if (!isThere || one.disabled || one.matches("header h2 a") || inText(one) || one.classList.contains("skip")) return false;
    if (box.width >= 43.5 && box.height >= 43.5) return false;
    if (one.labels?.length && [...one.labels].some((label) => label.getBoundingClientRect().height >= 23)) return false;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const reached = Array.from({ length: 89 }, (_, at) => at - 44).filter((by) => hit(one, x, y + by));
    return box.height < 43.5 && reached.length < 43;
  }).map((one) => `${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent.trim()} ${Math.round(one.getBoundingClientRect().width)}x${Math.round(one.getBoundingClientRect().height)}`);
}"""
"""What a finger may miss: controls, but for links within sentences, whose target is lower or narrower than 44 pixels."""


@contextmanager
def _resting(page: Page, target: Locator) -> Iterator[None]:
    """A finger that rests on something."""
    box = target.bounding_box()
    assert box
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    line = page.context.new_cdp_session(page)
    line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    yield
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _shows(control: Locator, *, is_shown: bool = True) -> None:
    """What stands beside something is there for the eye and the finger, or for neither."""
    beside = control.locator(
        "xpath=ancestor::*[contains(@class, 'beside')] | self::*[not(ancestor::*[contains(@class, 'beside')])]/.."
    )
    expect(beside).to_have_css("opacity", "1" if is_shown else "0")
    expect(control).to_have_css("pointer-events", "auto" if is_shown else "none")


def _in_chat(maya: Person) -> Page:
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.sees(FOAM)
    return maya.page


def test_a_tap_shows_the_dots_of_one_message_and_of_no_other(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    _in_chat(maya)
    foam, chart = maya.dots_of(FOAM), maya.dots_of("The chart on slide 12")
    _shows(foam, is_shown=False)
    maya.bubble(FOAM).tap()
    _shows(foam)
    _shows(chart, is_shown=False)
    maya.bubble("The chart on slide 12").tap()
    _shows(chart)
    _shows(foam, is_shown=False)
    chart.tap()
    expect(maya.page.get_by_role("menu", name="Message options: Daniel Okafor")).to_be_visible()
    _shows(chart)


@pytest.mark.slow
def test_a_resting_finger_opens_the_same_menu_and_the_message_stays_bright(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    page = _in_chat(maya)
    bubble = page.locator(".bubble").filter(has_text=FOAM)
    menu = page.get_by_role("menu", name="Message options: Daniel Okafor")
    with _resting(page, bubble):
        expect(menu).to_be_visible()
    expect(menu).to_be_visible()
    expect(menu.get_by_role("menuitem")).to_have_text(
        ["", "Reply", "Copy text", "Copy link to message", "Star", "Mark as unread from here", "Delete message"]
    )
    lit, own = page.locator(".lit").bounding_box(), bubble.bounding_box()
    assert lit
    assert own
    assert abs(lit["y"] - own["y"]) < 1
    menu.get_by_role("menuitem", name="Delete message").tap()
    expect(maya.bubble(FOAM)).to_have_count(0)
    assert maya.has_focus()
    page.get_by_role("button", name="Undo").tap()
    maya.sees(FOAM)


@pytest.mark.slow
def test_enter_breaks_the_line_and_the_button_sends(enter: Enter) -> None:
    maya, store = enter("maya", is_phone=True), enter("maya")
    _in_chat(maya)
    maya.composer.press_sequentially("One")
    maya.composer.press("Enter")
    maya.composer.press_sequentially("Two")
    expect(maya.composer).to_have_value("One\nTwo")
    expect(maya.page.get_by_text("Enter to send", exact=False)).to_have_count(0)
    maya.page.get_by_role("button", name="Forward").tap()
    maya.sees("One\nTwo")
    _in_chat(store)
    expect(store.page.get_by_text("Enter to send", exact=False)).to_be_visible()
    store.composer.press_sequentially("Three")
    store.composer.press("Enter")
    store.sees("Three")


@pytest.mark.slow
def test_a_row_has_no_cross_and_a_resting_finger_deletes_its_chat(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    maya.open_messages()
    row = maya.row("Priya Raman")
    expect(row).to_be_visible()
    _shows(maya.page.get_by_role("button", name="Delete chat with Priya Raman"), is_shown=False)
    menu = maya.page.get_by_role("menu", name="Chat options: Priya Raman")
    with _resting(maya.page, row):
        expect(menu).to_be_visible()
    assert maya.page.url.endswith("/messages"), "the row was not opened"
    maya.page.keyboard.press("Escape")
    expect(row).to_be_focused()
    with _resting(maya.page, row):
        expect(menu).to_be_visible()
    menu.get_by_role("menuitem", name="Delete chat").tap()
    maya.page.get_by_role("dialog", name="Delete chat").get_by_role("button", name="Delete").tap()
    expect(row).to_have_count(0)
    assert maya.has_focus()


@pytest.mark.slow
def test_deleting_a_chat_needs_no_resting_finger(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    page = _in_chat(maya)
    page.get_by_role("button", name="Chat options").tap()
    page.get_by_role("menuitem", name="Delete chat").tap()
    page.get_by_role("dialog", name="Delete chat").get_by_role("button", name="Delete").tap()
    expect(maya.row("Daniel Okafor")).to_have_count(0)
    expect(maya.row("Priya Raman")).to_be_visible()
    assert maya.has_focus()


@pytest.mark.slow
def test_the_arrow_back_and_the_systems_back_agree(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    maya.page.goto("/courses")
    maya.badge.tap()
    maya.open_chat("Daniel Okafor")
    maya.page.locator("header .back a").first.tap()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    maya.page.go_back()
    expect(maya.page.get_by_role("heading", name="My courses")).to_be_visible()


@pytest.mark.slow
def test_the_systems_back_closes_what_lies_over_the_page(enter: Enter) -> None:
    samuel = enter("samuel", is_phone=True)
    page = samuel.page
    samuel.open_messages()
    page.get_by_role("button", name="Your account").tap()
    expect(page.get_by_role("menu")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("button", name="New chat").tap()
    expect(page.get_by_role("dialog", name="New chat")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("/messages")
    samuel.start_chat("Maya")
    page.go_back()
    expect(samuel.row("Ingrid")).to_be_visible()
    page.go_forward()
    samuel.chat("Maya Lindqvist")


@pytest.mark.slow
def test_a_window_behind_a_menu_takes_one_step_back_and_leaves_none(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    page = maya.page
    page.goto("/courses")
    maya.badge.tap()
    maya.open_chat("Daniel Okafor")
    question = page.get_by_role("dialog", name="Delete chat")
    for way_out in (page.go_back, lambda: question.get_by_role("button", name="Cancel").tap()):
        page.get_by_role("button", name="Chat options").tap()
        page.get_by_role("menuitem", name="Delete chat").tap()
        expect(question).to_be_visible()
        way_out()
        expect(question).to_have_count(0)
        maya.sees(FOAM)
        # A step forward leads to no window that is closed.
        page.evaluate("history.forward()")
        page.wait_for_function("() => !history.state?.isLayer")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Chat options").tap()
    page.get_by_role("menuitem", name="Delete chat").tap()
    question.get_by_role("button", name="Delete").tap()
    expect(maya.row("Priya Raman")).to_be_visible()
    expect(question).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="My courses")).to_be_visible()


@pytest.mark.slow
def test_a_window_that_is_reloaded_leaves_no_step(enter: Enter) -> None:
    samuel = enter("samuel", is_phone=True)
    page = samuel.page
    page.goto("/courses")
    samuel.badge.tap()
    page.get_by_role("button", name="New chat").tap()
    expect(page.get_by_role("dialog", name="New chat")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="New chat")).to_be_visible()
    page.wait_for_function("() => !history.state?.isLayer")
    page.go_back()
    expect(page.get_by_role("heading", name="Courses")).to_be_visible()


@pytest.mark.slow
def test_the_portal_shows_all_its_sections_on_a_phone(enter: Enter) -> None:
    samuel = enter("samuel", is_phone=True)
    page = samuel.page
    page.goto("/courses")
    page.get_by_role("link", name="Admin portal").tap()
    sections = page.get_by_role("navigation", name="Admin portal").get_by_role("link")
    expect(sections).to_have_text(["Users", "Departments", "Import", "Courses", "Audit log", "Settings"])
    for section in sections.all():
        expect(section).to_be_in_viewport(ratio=1)
        box = section.bounding_box()
        assert box
        assert box["height"] >= 48
    sections.filter(has_text="Settings").tap()
    expect(page.get_by_role("switch", name="Private messaging")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Admin portal").tap()
    expect(sections).to_have_count(6)
    page.go_back()
    expect(page.get_by_role("heading", name="My courses")).to_be_visible()


@pytest.mark.slow
def test_each_role_sees_only_its_sections(enter: Enter) -> None:
    priya = enter("priya")
    priya.page.goto("/admin")
    sections = priya.page.get_by_role("navigation", name="Admin portal").get_by_role("link")
    expect(sections).to_have_text(["Users", "Departments", "Import"])
    expect(sections.first).to_have_attribute("aria-current", "page")


@pytest.mark.slow
def test_nothing_is_too_small_for_a_finger(enter: Enter) -> None:
    maya, samuel = enter("maya", is_phone=True), enter("samuel", is_phone=True)
    small: dict[str, list[str]] = {}
    maya.open_messages()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    small["list"] = maya.page.evaluate(SMALL)
    page = _in_chat(maya)
    maya.bubble(FOAM).tap()
    small["chat"] = page.evaluate(SMALL)
    page.goto("/me")
    expect(page.get_by_role("heading", name="Change password")).to_be_visible()
    small["profile"] = page.evaluate(SMALL)
    for section in ("", "/users", "/departments", "/courses", "/import", "/audit", "/settings"):
        samuel.page.goto(f"/admin{section}")
        expect(samuel.page.locator("main a:visible, main button:visible").first).to_be_visible()
        expect(samuel.page.locator("[aria-busy]")).to_have_count(0)
        small[f"portal{section}"] = samuel.page.evaluate(SMALL)
    assert {place: found for place, found in small.items() if found} == {}
