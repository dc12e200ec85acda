"""The list of users as staff use it: sorted, chosen by pointer, keys and finger, changed together, undone, exported."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import Enter


def test_several_are_chosen_changed_together_and_given_back(enter: Enter) -> None:
    page = enter("samuel").page
    page.goto("/admin/users")
    names = page.locator("tbody strong")
    expect(names.first).to_have_text("Aino Laine")
    before = page.locator("tbody tr").first.bounding_box()
    page.get_by_role("checkbox", name="Select Aino Laine").click()
    page.get_by_role("checkbox", name="Select Chidi Eze").click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="Selected people")
    expect(bar.get_by_text("3 selected")).to_be_visible()
    assert page.locator("tbody tr").first.bounding_box() == before, "choosing moves nothing"
    page.keyboard.press("Shift+ArrowDown")
    expect(bar.get_by_text("4 selected")).to_be_visible()
    bar.get_by_role("button", name="Deactivate").click()
    asking = page.get_by_role("dialog", name="Deactivate 4 people?")
    asking.get_by_role("button", name="Deactivate 4 people").click()
    done = page.get_by_text("4 people deactivated")
    expect(done).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Chidi Eze")).to_contain_text("Deactivated")
    expect(bar).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone for 4 people")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Chidi Eze")).to_contain_text("Active")


@pytest.mark.slow
def test_all_who_match_are_chosen_and_the_refused_are_named(enter: Enter) -> None:
    page = enter("samuel").page
    page.goto("/admin/users")
    page.get_by_label("Role", exact=True).select_option("Account owner")
    page.get_by_role("checkbox", name="Select everyone on this page").check()
    bar = page.get_by_role("region", name="Selected people")
    bar.get_by_role("button", name="Role").click()
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Change 1 person").click()
    expect(window.get_by_text("0 changed, 1 left as it was:")).to_be_visible()
    expect(window.get_by_role("listitem")).to_contain_text("owner")
    assert axe.violations(page) == []
    window.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("heading", name="Users")).to_be_focused()


@pytest.mark.slow
def test_links_are_made_for_those_who_never_came_in_and_the_others_are_named(enter: Enter) -> None:
    samuel = enter("samuel")
    nora = {"name": "Nora New", "email": "nora@northwind.example", "login": "nora"}
    assert samuel.ask("POST", "/admin/users", nora)[0] == 201
    page = samuel.page
    page.goto("/admin/users")
    page.get_by_label("State", exact=True).select_option("Not invited (1)")
    page.get_by_role("checkbox", name="Select Nora New").check()
    bar = page.get_by_role("region", name="Selected people")
    bar.get_by_role("button", name="Sign-in links").click()
    page.get_by_role("dialog").get_by_role("button", name="Create 1 link").click()
    expect(page.get_by_role("dialog").get_by_text("/link/")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    page.get_by_label("State", exact=True).select_option("Invited (1)")
    expect(page.get_by_role("row").filter(has_text="Nora New")).to_contain_text("Invited")


@pytest.mark.slow
def test_heads_sort_and_the_file_holds_what_is_filtered(enter: Enter, tmp_path: Path) -> None:
    page = enter("samuel").page
    page.goto("/admin/users")
    head = page.get_by_role("columnheader", name="Name")
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page.locator("tbody strong").first).not_to_have_text("Aino Laine")
    page.get_by_role("searchbox").fill("northwind harbour")
    expect(page.get_by_text("No matching people")).to_be_visible()
    page.get_by_role("searchbox").fill("aino")
    page.get_by_role("button", name="Export 1 user").click()
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name="CSV file").click()
    file = tmp_path / "users.csv"
    saved.value.save_as(file)
    lines = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert [line[0] for line in lines] == ["name", "Aino Laine"]


@pytest.mark.slow
def test_on_a_phone_the_menu_or_a_long_press_selects(enter: Enter) -> None:
    page = enter("samuel", is_phone=True).page
    page.goto("/admin/users")
    page.get_by_role("button", name="More: Aino Laine").click()
    page.get_by_role("menuitem", name="Select", exact=True).click()
    bar = page.get_by_role("region", name="Selected people")
    expect(bar.get_by_text("1 selected")).to_be_visible()
    page.get_by_role("row").filter(has_text="Ben Whitaker").tap()
    expect(bar.get_by_text("2 selected")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe.violations(page) == []
    bar.get_by_role("button", name="Clear selection").click()
    expect(bar).to_have_count(0)
