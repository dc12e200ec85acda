"""Where one lands: at the page that was asked for, with what was being written, and never at somebody else's."""

import re

import pytest
from playwright.sync_api import Page, expect

from hallway.demo.academy import PASSWORD
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.servers.academy import Serving

pytestmark = pytest.mark.slow

HOSTILE = [
    "//evil.example",
    "/\\evil.example",
    "/%5Cevil.example",
    "%2F%2Fevil.example",
    "/.//evil.example",
    "/%09/evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/sign-in?next=//evil.example",
]


def _sign_in(page: Page, login: str) -> None:
    page.get_by_label("Login or email").fill(login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _out(person: Person) -> None:
    person.page.context.clear_cookies()


def test_a_page_that_was_asked_for_is_where_one_lands(enter: Enter) -> None:
    maya = enter("maya")
    _out(maya)
    maya.page.goto("/me#notices")
    expect(maya.page).to_have_url(re.compile(r"/sign-in\?next="))
    _sign_in(maya.page, "maya")
    expect(maya.page).to_have_url(re.compile(r"/me"))
    expect(maya.page.get_by_role("heading", name="Change password")).to_be_visible()


def test_nobody_is_led_away(enter: Enter, academy: Serving) -> None:
    maya = enter("maya")
    for address in HOSTILE:
        _out(maya)
        maya.page.goto(f"/sign-in?next={address}")
        _sign_in(maya.page, "maya")
        expect(maya.page.get_by_role("banner"), address).to_be_visible()
        assert maya.page.url.startswith(f"{academy.address}/"), address


def test_a_session_that_ends_while_one_writes_keeps_the_text_for_its_writer_alone(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    chat = maya.page.get_by_role("region", name="Chats").get_by_role("listitem").first
    chat.get_by_role("link").first.click()
    maya.composer.fill("Half a sentence")
    address = maya.page.url
    _end_sessions(enter("maya"))
    expect(maya.page.get_by_text("You’ve been signed out.")).to_be_visible()
    _sign_in(maya.page, "maya")
    expect(maya.composer).to_have_value("Half a sentence")
    assert maya.page.url == address
    _end_sessions(enter("maya"))
    expect(maya.page.get_by_text("You’ve been signed out.")).to_be_visible()
    _sign_in(maya.page, "samuel")
    expect(maya.page.get_by_role("heading", name="Messages", exact=True)).to_be_visible()
    assert maya.page.url != address
    kept = maya.page.evaluate("() => Object.values(sessionStorage).join()")
    assert "Half a sentence" not in kept


def _end_sessions(person: Person) -> None:
    assert person.ask("POST", "/me/sessions/end-others")[0] == 200


def test_new_chat_is_there_for_staff_and_an_empty_list_says_to_each_what_to_do(enter: Enter) -> None:
    samuel = enter("samuel")
    for login, role in (("new-learner", "learner"), ("new-author", "author"), ("new-admin", "administrator")):
        person = {"name": login, "email": f"{login}@northwind.example", "login": login, "role": role}
        assert samuel.ask("POST", "/admin/users", {**person, "password": PASSWORD})[0] == 201
    page = samuel.page
    for login, text, has_new_chat in (
        ("new-learner", "Once you’re enrolled in a course", False),
        ("new-admin", "Start one with “New chat”.", True),
    ):
        _out(samuel)
        page.goto("/messages")
        _sign_in(page, login)
        expect(page.get_by_text(text)).to_be_visible()
        expect(page.get_by_role("button", name="New chat")).to_have_count(int(has_new_chat))


def test_forms_that_a_session_ends_over_are_there_for_their_writer_again(enter: Enter) -> None:
    samuel, store = enter("samuel"), enter("samuel")
    page = samuel.page

    def again() -> None:
        _end_sessions(store)
        expect(page.get_by_text("You’ve been signed out.")).to_be_visible()
        expect(page.get_by_text("Half a")).to_have_count(0)
        _sign_in(page, "samuel")

    page.goto("/admin/users")
    page.get_by_role("button", name="Add user").click()
    window = page.get_by_role("dialog", name="Add user")
    window.get_by_label("Name", exact=True).fill("Half a name")
    window.get_by_label("Department", exact=True).select_option(label="Warehouse")
    again()
    expect(window.get_by_label("Name", exact=True)).to_have_value("Half a name")
    expect(window.get_by_label("Department", exact=True).locator("option:checked")).to_have_text("Warehouse")
    page.goto("/admin/courses")
    page.get_by_role("link", name="Fire Safety Basics").click()
    page.get_by_role("button", name="Edit").click()
    window = page.get_by_role("dialog", name="Edit Fire Safety Basics")
    window.get_by_label("Description").fill("Half a description")
    again()
    expect(window.get_by_label("Description")).to_have_value("Half a description")
    expect(window.get_by_label("Title")).to_have_value("Fire Safety Basics")
    window.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Edit").click()
    expect(window.get_by_label("Description")).not_to_have_value("Half a description")
    page.goto("/admin/departments")
    page.get_by_role("button", name="Add department").click()
    window = page.get_by_role("dialog", name="Add department")
    window.get_by_label("Name").fill("Half a department")
    again()
    expect(window.get_by_label("Name")).to_have_value("Half a department")
    page.goto("/admin/settings")
    page.get_by_label("Academy name").fill("Half a name")
    again()
    expect(page.get_by_label("Academy name")).to_have_value("Half a name")


def test_what_an_imports_columns_are_is_kept_with_its_file(enter: Enter) -> None:
    samuel, store = enter("samuel"), enter("samuel")
    page = samuel.page
    page.goto("/admin/import")
    content = b"Who,Where,Account\nNora New,nora@northwind.example,nora\n"
    page.locator("input[type=file]").set_input_files({"name": "new.csv", "mimeType": "text/csv", "buffer": content})
    for column, kind in (("Who", "name"), ("Where", "email"), ("Account", "login")):
        page.get_by_label(f"Import “{column}” as").select_option(value=kind)
    _end_sessions(store)
    expect(page.get_by_text("You’ve been signed out.")).to_be_visible()
    _sign_in(page, "samuel")
    expect(page.get_by_label("Import “Where” as")).to_have_value("email")
    page.get_by_role("button", name="Check file").click()
    expect(page.get_by_role("heading", name="new.csv")).to_be_visible()


def test_a_form_is_not_there_for_somebody_else(enter: Enter) -> None:
    samuel, store = enter("samuel"), enter("samuel")
    page = samuel.page
    page.goto("/admin/users")
    page.get_by_role("button", name="Add user").click()
    name = page.get_by_role("dialog").get_by_label("Name", exact=True)
    name.fill("Half a name")
    for ending, login in ((store, "ingrid"), (enter("ingrid"), "samuel")):
        _end_sessions(ending)
        expect(page.get_by_text("You’ve been signed out.")).to_be_visible()
        _sign_in(page, login)
        page.get_by_role("link", name="Admin portal").click()
        expect(page.get_by_role("button", name="Add user")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
