"""My sessions in the profile: what one sees of one's browsers, and that ending one signs it out at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter

pytestmark = pytest.mark.slow


def test_a_session_that_is_ended_elsewhere_is_signed_out_at_once(enter: Enter) -> None:
    store, phone = enter("maya"), enter("maya", is_phone=True)
    phone.page.goto("/courses")
    expect(phone.page.get_by_role("heading", name="My courses")).to_be_visible()
    store.page.goto("/me")
    mine = store.page.get_by_role("region", name="My sessions")
    expect(mine.get_by_role("listitem")).to_have_count(2)
    expect(mine.get_by_role("listitem").first).to_contain_text("This device")
    mine.get_by_role("button", name=re.compile("^End session")).press("Enter")
    window = store.page.get_by_role("dialog", name=re.compile("^End the session in"))
    window.get_by_role("button", name="End", exact=True).press("Enter")
    expect(phone.page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(mine).to_contain_text("You’re signed in on this device only.")
    expect(store.page.get_by_role("status").filter(has_text="Session ended.")).to_be_visible()


def test_all_others_are_ended_once_that_is_confirmed(enter: Enter) -> None:
    store, phone, tablet = (enter("maya", is_phone=one) for one in (False, True, True))
    store.page.goto("/me")
    mine = store.page.get_by_role("region", name="My sessions")
    mine.get_by_role("button", name="End all other sessions").click()
    window = store.page.get_by_role("dialog", name="End all other sessions?")
    window.get_by_role("button", name="Cancel").click()
    expect(mine.get_by_role("listitem")).to_have_count(3)
    mine.get_by_role("button", name="End all other sessions").click()
    window.get_by_role("button", name="End all other sessions").click()
    expect(mine.get_by_role("listitem")).to_have_count(1)
    answers = [one.page.request.get("/api/v1/me").status for one in (store, phone, tablet)]
    assert answers == [200, 401, 401]
