"""The audit log on the screen: sentences by day, what was before and after, filters in the address, and one's own part."""

import csv
import io
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_screens import COLOURS

pytestmark = pytest.mark.slow


def _some(person: Person) -> str:
    """A few entries; the id of the one whom they concern."""
    ask = person.ask
    found = ask("GET", "/admin/users?q=maya&limit=1")[1]["users"][0]["id"]
    for role in ("author", "learner"):
        assert ask("PATCH", f"/admin/users/{found}", {"role": role})[0] == 200
    ask("PATCH", f"/admin/users/{found}", {"title": "Runner"})
    ask("PATCH", "/admin/settings", {"mode": "managers"})
    ask("POST", "/admin/departments", {"name": "قسم السلامة"})
    return str(found)


def _axe(page: Page, colour: Literal["dark", "light"]) -> list[Any]:
    page.emulate_media(color_scheme=colour)
    return [(one["id"], one["nodes"][0]["html"]) for one in axe.violations(page)]


def test_an_administrator_reads_filters_shares_and_exports_the_log(enter: Enter) -> None:
    ingrid = enter("ingrid")
    maya = _some(ingrid)
    page = ingrid.page
    page.goto("/admin/audit")
    changed = page.get_by_text("changed the role of Maya Lindqvist from Author to Learner")
    expect(changed).to_be_visible()
    changed.click()
    row = page.get_by_role("row", name="Role Author Learner")
    expect(row).to_be_visible()
    changed.focus()
    page.get_by_label("Actions", exact=True).select_option("People")
    expect(page.get_by_text("3 entries", exact=True)).to_be_visible()
    assert page.url.endswith("/admin/audit?group=user")
    page.goto(f"/admin/audit?group=user&about={maya}&since=2020-01-01&until=2099-12-31")
    expect(page.get_by_text("3 entries", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Affected person")).to_have_value("Maya Lindqvist")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export 3 entries").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert [one["action"] for one in csv.DictReader(io.StringIO(text))] == [
        "user.changed",
        "user.role_changed",
        "user.role_changed",
    ]
    page.goto("/admin/audit?group=export")
    expect(page.get_by_text("exported 3 entries of the audit log")).to_be_visible()
    page.goto("/admin/audit?until=2020-01-01")
    expect(page.get_by_text("No matching entries. Try fewer filters or other dates.")).to_be_visible()


def test_everybody_finds_what_happened_to_their_account(enter: Enter) -> None:
    _some(enter("ingrid"))
    maya = enter("maya")
    maya.page.goto("/me")
    history = maya.page.get_by_role("region", name="Account activity")
    expect(history.get_by_text("changed the role of Maya Lindqvist from Author to Learner")).to_be_visible()
    maya.page.goto("/admin/audit")
    expect(maya.page.get_by_role("heading", name="Audit log")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
@pytest.mark.parametrize("is_phone", [False, True])
def test_it_is_for_every_reader(enter: Enter, language: str, *, is_phone: bool) -> None:
    ingrid = enter("ingrid", is_phone=is_phone)
    _some(ingrid)
    ingrid.ask("PATCH", "/me", {"locale": language})
    page = ingrid.page
    page.goto("/admin/audit")
    page.locator("summary").nth(2).click()
    expect(page.locator("details[open] table")).to_be_visible()
    for colour in COLOURS:
        assert _axe(page, colour) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
