"""Typing: shown in the open chat where the account shows it, and gone with the message (rules §13)."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.person import Person


def _shows_typing(owner: Person, *others: Person, is_on: bool) -> None:
    """Switch it, until everybody's page knows."""
    for one in others:
        # Not answered, or it would be awaited here.
        one.page.evaluate(
            "void (window.learned = new Promise((done) => new PerformanceObserver((found) =>"
            " found.getEntries().some((one) => one.name.endsWith('/api/v1/me')) && done()).observe({type: 'resource'})))"
        )
    owner.ask("PATCH", "/admin/settings", {"typing_on": is_on})
    for one in others:
        one.page.evaluate("window.learned")


def test_who_types_is_seen_in_the_open_chat_until_the_message_comes(enter: Enter) -> None:
    owner, maya, daniel = enter("samuel"), enter("maya"), enter("daniel")
    for one, other in ((maya, "Daniel Okafor"), (daniel, "Maya Lindqvist")):
        one.open_messages()
        one.open_chat(other)
    status = maya.page.get_by_role("status").filter(has_text="Daniel Okafor is typing…")
    shown = maya.page.locator("header").get_by_text("Daniel Okafor is typing…")
    daniel.composer.press_sequentially("Not yet")
    _shows_typing(owner, maya, daniel, is_on=True)
    try:
        expect(status).to_have_count(0)
        daniel.composer.press_sequentially(" seen")
        expect(shown).to_be_visible()
        expect(status).to_have_count(1)
        expect(daniel.page.get_by_text("is typing…")).to_have_count(0)
        daniel.composer.press("Enter")
        expect(maya.bubble("Not yet seen")).to_be_visible()
        expect(shown).to_have_count(0)
        expect(status).to_have_count(0)
    finally:
        _shows_typing(owner, maya, daniel, is_on=False)
