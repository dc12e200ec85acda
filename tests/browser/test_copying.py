"""Copying, also where the browser gives a page no clipboard, as over plain HTTP."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter

pytestmark = pytest.mark.slow

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
NO_COPYING = "document.execCommand = () => false"


def _token(page: Page) -> str:
    """Make a token; what it is."""
    page.goto("/me")
    page.get_by_role("textbox", name="What’s it for?").fill("Calendar")
    page.get_by_role("button", name="Create token").click()
    return page.locator("code").inner_text()


def test_a_token_is_copied_without_the_browsers_clipboard(enter: Enter) -> None:
    maya = enter("maya")
    maya.page.add_init_script(NO_CLIPBOARD)
    token = _token(maya.page)
    copy = maya.page.get_by_role("button", name="Copy")
    copy.click()
    maya.told("Copied.")
    expect(copy).to_be_focused()
    name = maya.page.get_by_role("textbox", name="What’s it for?")
    name.press("Control+V")
    expect(name).to_have_value(token)


def test_a_link_is_copied_in_the_window_that_shows_it(enter: Enter) -> None:
    samuel = enter("samuel")
    page = samuel.page
    page.add_init_script(NO_CLIPBOARD)
    person = {"name": "Nora New", "email": "nora@northwind.example", "login": "nora", "role": "learner"}
    assert samuel.ask("POST", "/admin/users", person)[0] == 201
    page.goto("/admin/users")
    page.get_by_role("searchbox").fill("Nora")
    page.get_by_role("button", name="More: Nora New").click()
    page.get_by_role("menuitem", name="Sign-in link").click()
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Show link").click()
    link = window.locator("code").inner_text()
    window.get_by_role("button", name="Copy").click()
    samuel.told("Copied.")
    window.get_by_role("button", name="Close").first.click()
    search = page.get_by_role("searchbox")
    search.fill("")
    search.press("Control+V")
    expect(search).to_have_value(link)


def test_what_cannot_be_copied_says_what_to_do(enter: Enter) -> None:
    maya = enter("maya")
    maya.page.add_init_script(f"{NO_CLIPBOARD}; {NO_COPYING}")
    _token(maya.page)
    maya.page.get_by_role("button", name="Copy").click()
    maya.told("Select the text and copy it yourself.")
