"""Formatting, written by one person and seen by another (rules §19)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import report, violations
from tests.browser.conftest import Enter
from tests.browser.person import Person


def _both(enter: Enter) -> tuple[Person, Person]:
    """Maya and Daniel, each with the chat open."""
    maya, daniel = enter("maya"), enter("daniel")
    for one, name in ((maya, "Daniel Okafor"), (daniel, "Maya Lindqvist")):
        one.open_messages()
        one.open_chat(name)
        expect(one.composer).to_be_focused()
    return maya, daniel


def _said(person: Person, text: str) -> Locator:
    return person.page.get_by_role("article").filter(has_text=text)


def _is_clean(person: Person) -> None:
    found = violations(person.page)
    assert not found, report(found)


def test_what_is_formatted_by_keys_is_seen_so_by_the_other_person(enter: Enter) -> None:
    maya, daniel = _both(enter)
    keys = maya.page.keyboard
    keys.press("Control+b")
    keys.type("Foam works")
    keys.press("End")
    keys.type(", for:")
    keys.press("Shift+Enter")
    keys.type("- class A")
    keys.press("Shift+Enter")
    keys.type("class ")
    keys.press("Control+e")
    keys.type("B")
    expect(maya.composer).to_have_value("**Foam works**, for:\n- class A\n- class `B`")
    preview = maya.page.get_by_role("group", name="How it will look")
    expect(preview.get_by_role("listitem")).to_have_text(["class A", "class B"])
    _is_clean(maya)
    keys.press("Control+z")
    expect(maya.composer).not_to_have_value(re.compile("B"))
    keys.type("B")
    keys.press("Enter")
    shown = _said(daniel, "Foam works")
    expect(shown.locator("strong")).to_have_text("Foam works")
    expect(shown.get_by_role("listitem").first).to_have_text("class A")
    expect(daniel.row("Maya Lindqvist")).to_contain_text("Foam works, for:")
    expect(daniel.row("Maya Lindqvist")).not_to_contain_text("**")
    _is_clean(daniel)


@pytest.mark.slow
def test_the_bar_is_one_stop_of_the_tab_key_and_arrows_move_in_it(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.page.get_by_role("button", name="Formatting").click()
    bar = maya.page.get_by_role("toolbar", name="Formatting")
    maya.composer.fill("burn")
    maya.composer.press("Control+a")
    bar.get_by_role("button", name="Bold").focus()
    maya.page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Italic")).to_be_focused()
    _is_clean(maya)
    maya.page.keyboard.press("Enter")
    expect(maya.composer).to_have_value("*burn*")
    expect(maya.composer).to_be_focused()
    maya.page.reload()
    expect(bar).to_be_visible()


PASTED = "<p>Read <b>page 12</b></p><ul><li>exits</li><li><i>alarms</i></li></ul>"


@pytest.mark.slow
def test_what_is_pasted_from_a_page_keeps_its_formatting(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.page.wait_for_load_state("networkidle")
    maya.composer.evaluate(
        """(field, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "plain");
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        PASTED,
    )
    expect(maya.composer).to_have_value("Read **page 12**\n- exits\n- *alarms*")
    maya.page.keyboard.press("Control+z")
    expect(maya.composer).to_have_value("")


@pytest.mark.slow
def test_formulas_code_and_links_under_the_policy_of_the_product(enter: Enter) -> None:
    maya, daniel = _both(enter)
    daniel.page.evaluate(
        "document.addEventListener('securitypolicyviolation', (one) => (window.violated = one.violatedDirective))"
    )
    maya.composer.fill(
        "So $x^2 + \\textcolor{red}{y}$:\n$$\\frac{a}{\\sqrt{b}}$$\n```\nrun <b>\n```\n[bank.example](https://evil.example)"
    )
    maya.page.keyboard.press("Enter")
    shown = _said(daniel, "So ")
    expect(shown.locator(".katex")).to_have_count(2)
    expect(shown.locator("math")).to_have_count(2)
    expect(shown.get_by_role("group", name="Code")).to_have_text("run <b>")
    expect(shown.get_by_text("(evil.example)")).to_be_visible()
    link = shown.get_by_role("link", name="bank.example")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    assert daniel.page.evaluate("window.violated") is None
    _is_clean(daniel)
    shown.get_by_role("button", name="Copy code").click()
    daniel.told("Copied")


@pytest.mark.slow
def test_a_long_text_shows_its_beginning_and_more_when_it_is_wanted(enter: Enter) -> None:
    maya, daniel = _both(enter)
    maya.composer.fill("\n".join(f"line {number}" for number in range(60)) + "\nthe very end")
    maya.page.keyboard.press("Enter")
    shown = _said(daniel, "the very end")
    more = shown.get_by_role("button", name="Show more")
    expect(more).to_be_visible()
    folded = shown.bounding_box()
    assert folded
    assert folded["height"] < 600
    more.focus()
    daniel.page.keyboard.press("Enter")
    expect(shown.get_by_role("button", name="Show less")).to_be_focused()
    opened = shown.bounding_box()
    assert opened
    assert opened["height"] > 1_200
    daniel.page.keyboard.press("Enter")
    expect(more).to_be_visible()
    shown.locator(".fold").evaluate("(fold) => (fold.scrollTop = 700)")
    expect(shown.get_by_role("button", name="Show less")).to_be_visible()
    maya.composer.fill("👍🏽")
    maya.page.keyboard.press("Enter")
    expect(_said(daniel, "👍🏽").locator(".bubble")).to_have_css("font-size", "44px")
