"""Every screen for every reader: axe finds nothing at 1280 and 390 pixels, light and dark, left to right and back."""

import re
from collections.abc import Iterable
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.servers.academy import Serving

SCREENS: dict[str, dict[str, Any]] = {"1280": {}, "390": {"is_phone": True}}
COLOURS: tuple[Literal["dark", "light"], ...] = ("dark", "light")


MEASURED = """() => {
  const lines = [...document.querySelectorAll(".history ol > li")];
  const isDrawn = lines.length || !document.querySelector(".history") || document.querySelector(".history .start");
  return isDrawn && lines.every((line) => getComputedStyle(line).visibility === "visible");
}"""
"""Lines of a history come after it, and are hidden until their height is known."""


def is_clean(page: Page, colours: Iterable[Literal["dark", "light"]] = COLOURS) -> None:
    """Axe finds nothing, neither in the dark nor in the light, and nothing stands out of the window."""
    page.wait_for_function(MEASURED)
    for colour in colours:
        page.emulate_media(color_scheme=colour)
        found = axe.violations(page)
        assert not found, f"{colour}: {axe.report(found)}"
    too_wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert too_wide <= 0, f"the page is {too_wide} pixels wider than the window"


@pytest.fixture(params=SCREENS.values(), ids=SCREENS.keys())
def screen(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The size of a screen."""
    return dict(request.param)


@pytest.mark.slow
def test_what_the_header_of_the_page_asks_for_is_not_asked_for_again(academy: Serving, browser: Browser) -> None:
    page = browser.new_page(base_url=academy.address, locale="ru-RU")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(academy.address)))
    page.goto("/")
    expect(page.get_by_role("button", name="Войти")).to_be_visible()
    assert sorted(one for one in asked if one.endswith(("/me", "/entry"))) == ["/api/v1/entry", "/api/v1/me"]
    assert [one[:11] for one in asked if re.match(r"/assets/(en|ar|ru)-", one)] == ["/assets/ru-"]
    page.close()


@pytest.mark.slow
def test_every_screen_of_a_learner(enter: Enter, screen: dict[str, Any]) -> None:
    maya = enter("maya", **screen)
    maya.open_messages()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    is_clean(maya.page)
    maya.open_chat("Daniel Okafor")
    maya.sees("Yes, foam works for both.")
    is_clean(maya.page)
    maya.menu_of("Yes, foam works for both.")
    is_clean(maya.page)
    maya.open_messages()
    maya.page.get_by_role("searchbox", name="Search people and messages").fill("foam")
    expect(maya.page.get_by_role("option", name=re.compile("foam")).first).to_be_visible()
    is_clean(maya.page)
    maya.open_messages()
    maya.open_chat("Tomás Herrera")
    expect(maya.page.get_by_text("Tomás Herrera is no longer an expert")).to_be_visible()
    is_clean(maya.page)
    maya.page.get_by_role("button", name="Chat options").click()
    maya.page.get_by_role("menuitem", name="Delete chat").click()
    is_clean(maya.page)
    maya.page.goto("/courses")
    expect(maya.page.get_by_role("link", name="Fire Safety Basics")).to_be_visible()
    is_clean(maya.page)
    maya.open_course("Fire Safety Basics")
    is_clean(maya.page)
    maya.page.goto("/me")
    expect(maya.page.get_by_role("heading", name="Change password")).to_be_visible()
    is_clean(maya.page)


@pytest.mark.slow
def test_every_screen_of_staff(enter: Enter, screen: dict[str, Any]) -> None:
    samuel = enter("samuel", **screen)
    samuel.open_messages()
    samuel.page.get_by_role("button", name="New chat").click()
    expect(samuel.page.get_by_role("option").first).to_be_visible()
    is_clean(samuel.page)
    samuel.open_messages()
    samuel.page.get_by_role("searchbox", name="Search people and messages").fill("may")
    expect(samuel.page.get_by_role("option", name=re.compile("^Maya Lindqvist")).first).to_be_visible()
    is_clean(samuel.page)
    samuel.page.goto("/admin")
    expect(samuel.page.get_by_role("link", name="Departments")).to_be_visible()
    is_clean(samuel.page)
    for section in ("users", "departments", "courses", "import", "settings"):
        samuel.page.goto(f"/admin/{section}")
        expect(samuel.page.get_by_role("region", name=re.compile(section, re.IGNORECASE)).first).to_be_visible()
        expect(samuel.page.locator("[aria-busy]")).to_have_count(0)
        is_clean(samuel.page)


def test_signing_in(academy: Serving, browser: Browser, screen: dict[str, Any]) -> None:
    is_phone = screen.pop("is_phone", False)
    context = browser.new_context(
        base_url=academy.address,
        viewport={"width": 390 if is_phone else 1280, "height": 844},
        reduced_motion="reduce",  # so that colours are there at once
        **screen,
    )
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("button", name=re.compile("Maya Lindqvist"))).to_be_visible()
    is_clean(page)
    context.close()


def is_mirrored(person: Person) -> bool:
    """Whether the list stands to the right of the chat."""
    listed = person.page.get_by_role("region", name="المحادثات").bounding_box()
    return bool(listed and listed["x"] > 600)


@pytest.mark.slow
def test_right_to_left(enter: Enter) -> None:
    layla = enter("layla")
    layla.page.goto("/messages")
    layla.page.get_by_role("link", name=re.compile("^\u2068?Daniel Okafor")).click()
    expect(layla.page.get_by_role("textbox", name="اكتب رسالتك")).to_be_visible()
    assert layla.page.evaluate("document.documentElement.dir") == "rtl"
    assert is_mirrored(layla)
    is_clean(layla.page)


@pytest.mark.slow
def test_a_slavic_language(enter: Enter) -> None:
    irina = enter("irina")
    irina.page.goto("/messages")
    expect(irina.page.get_by_role("heading", name="Сообщения")).to_be_visible()
    irina.page.get_by_role("link", name=re.compile("Pavel Sokolov")).click()
    expect(irina.page.get_by_text("Электричество")).to_be_visible()
    is_clean(irina.page)


@pytest.mark.slow
def test_the_language_is_chosen_in_ones_menu_and_kept(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.page.get_by_role("button", name="Your account").click()
    maya.page.get_by_role("menuitemradio", name="Русский").click()
    expect(maya.page.get_by_role("heading", name="Сообщения")).to_be_visible()
    maya.page.reload()
    expect(maya.page.get_by_role("heading", name="Сообщения")).to_be_visible()


def test_on_a_phone_the_chat_takes_the_place_of_the_list_and_back_returns(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    expect(maya.row("Daniel Okafor")).to_have_count(0)
    expect(maya.badge).to_have_count(0)
    maya.page.go_back()
    expect(maya.row("Daniel Okafor")).to_be_visible()
    maya.open_chat("Priya Raman")
    maya.page.get_by_role("link", name="Back to chats").click()
    expect(maya.row("Daniel Okafor")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 640])
def test_narrow_windows_and_large_zoom_reflow(enter: Enter, width: int) -> None:
    maya = enter("maya", viewport={"width": width, "height": 640})
    maya.open_messages()
    is_clean(maya.page)
    maya.open_chat("Daniel Okafor")
    is_clean(maya.page)
    maya.open_course("Fire Safety Basics")
    is_clean(maya.page)


LOOKS = """(links) => links.map((one) => {
  const [own, item] = [getComputedStyle(one), getComputedStyle(one.parentElement)];
  const edge = (style, side) => (style[`border${side}Width`] === "0px" || style[`border${side}Color`] === "rgb(255, 255, 255)" ? "" : style[`border${side}Color`]);
  const edges = [own, item].flatMap((style) => ["Top", "Bottom"].map((side) => edge(style, side)));
  const outlines = [own, item].map((style) => (style.outlineStyle === "none" ? "" : style.outlineColor));
  return { isCurrent: one.hasAttribute("aria-current"), looks: [...edges, ...outlines].join("") };
})"""
"""Of each link, whether it is the current one, and what can be seen of it where colours are the reader's own."""


@pytest.mark.slow
@pytest.mark.parametrize("is_phone", [False, True], ids=["1280", "390"])
def test_with_forced_colours_only_the_current_item_looks_current(enter: Enter, is_phone: bool) -> None:
    samuel = enter("samuel", is_phone=is_phone, forced_colors="active")
    samuel.open_messages()
    expect(samuel.row("Priya Raman")).to_be_visible()
    groups = ["nav a"]
    if not is_phone:
        samuel.open_chat("Priya Raman")
        groups.append(".chats li > a")
    samuel.page.mouse.move(0, 0)
    samuel.page.evaluate("document.activeElement.blur()")
    for group in groups:
        _only_the_current_one(samuel.page, group)
    samuel.page.goto("/admin/departments")
    expect(samuel.page.get_by_role("heading", name="Departments")).to_be_visible()
    if not is_phone:
        _only_the_current_one(samuel.page, "main nav[aria-label] a")
    is_clean(samuel.page, ["light"])


def _only_the_current_one(page: Page, group: str) -> None:
    links = page.eval_on_selector_all(group, LOOKS)
    assert [one["isCurrent"] for one in links].count(True) == 1, group
    for one in links:
        assert bool(one["looks"]) == one["isCurrent"], (group, links)
