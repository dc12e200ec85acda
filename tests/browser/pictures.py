"""Take the pictures of `docs/pictures` anew: `python -m tests.browser.pictures`, once the client is built."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import WHOLE, launched
from tests.browser.person import Person
from tests.servers.academy import Serving, build_academy, serve_academy

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "color_scheme": "dark",
}


def take_all(browser: Browser, academy: Serving) -> None:
    """Each picture, of the demo academy as it is on its first day."""

    def enter(login: str, **options: Any) -> Person:
        context = browser.new_context(
            base_url=academy.address, locale="en-GB", timezone_id="Europe/Stockholm", reduced_motion="reduce", **options
        )
        person = Person(login, context.new_page())
        person.sign_in()
        return person

    _course(enter("maya", **WIDE))
    _chat(enter("maya", **WIDE), "messages-light")
    _chat(enter("maya", **PHONE), "messages-phone-dark")
    _notifications(enter("daniel", viewport={"width": 720, "height": 1800}, device_scale_factor=1.5))


def _course(maya: Person) -> None:
    maya.open_course("Fire Safety Basics")
    expect(maya.expert_card("Daniel Okafor")).to_be_visible()
    maya.page.screenshot(path=FOLDER / "course-light.png")


def _chat(maya: Person, name: str) -> None:
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.sees("The chart on slide 12")
    maya.page.mouse.move(0, 0)
    maya.page.screenshot(path=FOLDER / f"{name}.png")


def _notifications(daniel: Person) -> None:
    daniel.page.goto("/me")
    card = daniel.page.locator("section", has=daniel.page.get_by_role("heading", name="Notifications", exact=True))
    card.get_by_role("switch", name="Quiet hours").check()
    card.get_by_role("switch", name="Show office hours").check()
    card.screenshot(path=FOLDER / "notices.png")


def main() -> None:
    """Build the academy, serve it, and look at it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder, "built")
        built.mkdir()
        build_academy(f"sqlite:///{built / 'hallway.db'}")
        academy = serve_academy(built, Path(folder, "data"))
        with launched(playwright, WHOLE) as browser:
            take_all(browser, academy)
        academy.stop()


if __name__ == "__main__":
    main()
