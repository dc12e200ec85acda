"""Names and titles of 200 letters without a space push nothing off any screen, at 390 and at 1280 pixels."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hallway.demo.academy import PASSWORD
from tests.browser.conftest import Enter, Environment
from tests.browser.person import Person
from tests.servers.academy import Serving, serve_academy, serve_empty
from tests.transport.cast import Browser as Owner

pytestmark = pytest.mark.slow

LONG = "W" * 198
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVXYZ"
SCREENS: dict[str, dict[str, Any]] = {"1280": {}, "390": {"is_phone": True}}

OFF_SCREEN = """() => [...document.querySelectorAll("a, button, input, select, textarea, h1, h2, h3, td, .toast, [role=option]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".visually-hidden, .skip, .count, .tabs"))
  .filter((one) => getComputedStyle(one.parentElement).textOverflow !== "ellipsis")
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.right > innerWidth + 1 || box.left < -1))
  .map(([one]) => `${one.tagName} ${(one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 60)}`)"""


def stays_on_the_screen(page: Page) -> None:
    """Nothing that one could press or read has left the window, and the page is no wider than it."""
    assert page.evaluate(OFF_SCREEN) == []
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


@pytest.fixture(params=SCREENS.values(), ids=SCREENS.keys())
def screen(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The size of a screen."""
    return dict(request.param)


@pytest.fixture(scope="module")
def renamed(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The academy after everything got the longest name that it may have: each another one."""
    folder = tmp_path_factory.mktemp("renamed")
    serving = serve_academy(built_academy, folder)
    with Owner(serving.address, "ingrid", PASSWORD) as owner:
        people = owner.request("GET", "/admin/users?limit=100").json()["users"]
        for letter, user in zip(LETTERS, people, strict=False):
            _rename(owner, f"/admin/users/{user['id']}", name=f"{letter}{LONG}", title=f"{letter}t{LONG}")
        for course in owner.request("GET", "/admin/courses").json()["courses"]:
            _rename(owner, f"/admin/courses/{course['id']}", title=f"C{LONG}", description=LONG)
        departments = owner.request("GET", "/admin/departments").json()["departments"]
        for letter, department in zip(LETTERS, departments, strict=False):
            _rename(owner, f"/admin/departments/{department['id']}", name=f"{letter}{LONG}")
    serving.stop()
    return folder


def _rename(owner: Owner, what: str, **how: str) -> None:
    answer = owner.request("PATCH", what, json=how)
    assert answer.is_success, answer.text


@pytest.fixture
def academy(environment: Environment, renamed: Path) -> Serving:
    """That academy, served."""
    return environment.as_built(renamed)


@pytest.fixture
def ingrid(enter: Enter, screen: dict[str, Any]) -> Person:
    """The owner."""
    return enter("ingrid", **screen)


def a_course_with_an_expert(learner: Person) -> str:
    """Its id: all have the same title, so their order says nothing."""
    pages = [learner.ask("GET", f"/courses/{one['id']}")[1] for one in learner.ask("GET", "/courses")[1]["courses"]]
    return next(str(page["id"]) for page in pages if any(expert["may_write"] for expert in page["experts"]))


def test_the_screens_of_a_learner(enter: Enter, screen: dict[str, Any], ingrid: Person) -> None:
    assert ingrid.name
    maya = enter("maya", **screen)
    page = maya.page
    maya.open_messages()
    rows = page.get_by_role("region", name="Chats").get_by_role("listitem").get_by_role("link")
    expect(rows.first).to_be_visible()
    stays_on_the_screen(page)
    addresses = [str(row.get_attribute("href")) for row in rows.all()]
    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("button", name="Chat options")).to_be_visible()
        expect(page.get_by_role("region", name=re.compile("^Messages with"))).to_be_visible()
        stays_on_the_screen(page)
    page.goto(f"{addresses[0]}/about")
    expect(page.get_by_role("heading", name="What connects you")).to_be_visible()
    stays_on_the_screen(page)
    page.goto(addresses[0])
    page.get_by_role("button", name="Chat options").click()
    stays_on_the_screen(page)
    page.get_by_role("menuitem", name="Delete chat").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    stays_on_the_screen(page)
    page.goto(f"/courses/{a_course_with_an_expert(maya)}")
    expect(page.get_by_role("heading", level=1, name=re.compile("^CWWW"))).to_be_visible()
    stays_on_the_screen(page)
    page.get_by_role("link", name=re.compile("Write an expert")).first.click()
    page.get_by_role("button", name=re.compile("^Remove .About")).click()
    expect(page.get_by_text(re.compile("^No longer about"))).to_be_visible()
    stays_on_the_screen(page)
    page.goto("/courses")
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("^CWWW")).first).to_be_visible()
    stays_on_the_screen(page)
    page.goto("/me")
    expect(page.get_by_role("heading", name="Change password")).to_be_visible()
    stays_on_the_screen(page)


def test_what_is_found(ingrid: Person) -> None:
    page = ingrid.page
    ingrid.open_messages()
    row = page.get_by_role("region", name="Chats").get_by_role("listitem").get_by_role("link").first
    row.click()
    ingrid.write(f"{LONG} needle {LONG}")
    ingrid.open_messages()
    for text in ("WWWW", "needle"):
        page.get_by_role("searchbox", name="Search people and messages").fill(text)
        expect(page.get_by_role("status").filter(has_text=re.compile("result|Showing"))).to_be_attached()
        expect(page.get_by_role("option").first).to_be_visible()
        stays_on_the_screen(page)
    page.get_by_role("option").last.click()
    expect(page.get_by_role("group", name="Results in this chat")).to_be_visible()
    stays_on_the_screen(page)


def test_the_ways_in(ingrid: Person, browser: Browser) -> None:
    page = ingrid.page
    page.goto("/get-started")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    stays_on_the_screen(page)
    page.goto("/admin/users")
    page.get_by_role("button", name="Add user").click()
    window = page.get_by_role("dialog")
    window.get_by_role("textbox", name="Name").fill(f"Z{LONG}")
    window.get_by_role("textbox", name="Email").fill("zoe@example.org")
    window.get_by_role("textbox", name="Login").fill("zoe")
    stays_on_the_screen(page)
    window.get_by_role("button", name="Save").click()
    expect(window.get_by_text(re.compile("^How ZWWW"))).to_be_visible()
    stays_on_the_screen(page)
    window.get_by_role("button", name="Show link").click()
    stays_on_the_screen(page)
    with_link = browser.new_page(viewport=page.viewport_size)
    with_link.goto(window.get_by_role("code").inner_text())
    expect(with_link.get_by_role("heading", name=re.compile("^Welcome, ZWWW"))).to_be_visible()
    stays_on_the_screen(with_link)
    with_link.close()


def test_the_name_of_the_academy(browser: Browser, tmp_path: Path, screen: dict[str, Any]) -> None:
    serving = serve_empty(tmp_path)
    size = {"width": 390 if screen else 1280, "height": 800}
    page = browser.new_page(base_url=serving.address, viewport=size)
    try:
        page.goto("/set-up?token=token-of-the-test")
        for label in ("Academy name", "Your name", "Login", "Password"):
            page.get_by_label(label, exact=True).fill("W" * (64 if label == "Login" else 200))
        page.get_by_label("Email", exact=True).fill("olga@harbour.example")
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name=re.compile("^Welcome"))).to_be_focused()
        stays_on_the_screen(page)
        page.context.clear_cookies()
        page.goto("/sign-in")
        expect(page.get_by_role("heading", name=re.compile("^Sign in to WWW"))).to_be_visible()
        stays_on_the_screen(page)
    finally:
        page.close()
        serving.stop()


def test_the_screens_of_staff(ingrid: Person) -> None:
    page = ingrid.page
    ingrid.open_messages()
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_role("option").first).to_be_visible()
    stays_on_the_screen(page)
    for section in ("users", "departments", "courses", "import", "settings", "audit"):
        page.goto(f"/admin/{section}")
        region = page.get_by_role("region", name=re.compile(section, re.IGNORECASE))
        expect(region.or_(page.get_by_text("changed the details of")).first).to_be_visible()
        expect(page.locator("[aria-busy]")).to_have_count(0)
        stays_on_the_screen(page)
    page.goto("/admin/users")
    page.get_by_role("button", name=re.compile("^More.*WWW")).nth(3).click()
    stays_on_the_screen(page)
    page.get_by_role("menuitem", name=re.compile("Deactivate")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    stays_on_the_screen(page)
    page.goto("/admin/courses")
    page.get_by_role("main").get_by_role("link", name=re.compile("^CWWW")).first.click()
    expect(page.get_by_role("heading", name=re.compile("^CWWW"))).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    stays_on_the_screen(page)
