"""Somebody in front of a screen: what they do and see, in the words of the product."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hallway.demo.academy import PASSWORD, Academy
from hallway.transport.wire.version import HEADER, PROTOCOL

expect.set_options(timeout=15_000)

NAMES: dict[str, str] = {login: person[0] for login, person in Academy().content["people"].items()}


class Person:
    """One person, one browser."""

    def __init__(self, login: str, page: Page) -> None:
        """Nobody is signed in yet."""
        self.login = login
        self.name = NAMES[login]
        self.page = page

    # Coming in

    def sign_in(self) -> None:
        """Sign in as fast as a browser can; the sign-in page has tests of its own."""
        answer = self.page.request.post("/api/v1/session", data={"login": self.login, "password": PASSWORD})
        assert answer.status == 200, answer.text()

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Ask the API from this browser, as its pages do: (status, JSON)."""
        csrf = self.page.request.get("/api/v1/me").json()["csrf"]
        options: dict[str, Any] = {"method": method, "headers": {"X-CSRF-Token": csrf, HEADER: str(PROTOCOL)}}
        answer = self.page.request.fetch(f"/api/v1{path}", **options, **({"data": body} if body is not None else {}))
        text = answer.text()
        return answer.status, json.loads(text) if text else None

    def id(self) -> str:
        """This person's id."""
        return str(self.ask("GET", "/me")[1]["person"]["id"])

    # Messages

    def open_messages(self) -> None:
        """Go to Messages, through the address."""
        self.page.goto("/messages")
        expect(self.page.get_by_role("heading", name="Messages", exact=True)).to_be_visible()

    @property
    def badge(self) -> Locator:
        """The link to Messages, whose name says how many chats are unread."""
        return self.page.get_by_role("banner").get_by_role("link", name=re.compile(r"^Messages"))

    def row(self, name: str) -> Locator:
        """A chat in the list."""
        return self.page.get_by_role("region", name="Chats").get_by_role("link", name=re.compile(rf"^{name}"))

    def open_chat(self, name: str) -> Locator:
        """Click a chat; it opens on the right."""
        self.row(name).click()
        return self.chat(name)

    def chat(self, name: str) -> Locator:
        """The opened chat."""
        found = self.page.get_by_role("region", name=f"Chat with {name}")
        expect(found).to_be_visible()
        return found

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Write your message")

    def write(self, text: str) -> None:
        """Write and hit the Forward icon."""
        self.composer.fill(text)
        self.page.get_by_role("button", name="Forward").click()

    def bubble(self, text: str) -> Locator:
        """A message in the opened chat."""
        return (
            self.page.get_by_role("region", name=re.compile("^Messages with"))
            .get_by_role("listitem")
            .filter(has_text=text)
        )

    def sees(self, text: str) -> None:
        """The message is on the screen, without a reload."""
        expect(self.bubble(text)).to_be_visible()

    def dots_of(self, text: str) -> Locator:
        """The three dots beside a message, shown where one points at it, taps it or has it in focus."""
        return self.bubble(text).get_by_role("button", name="Message options")

    def menu_of(self, text: str) -> Locator:
        """Open the three dots beside a message."""
        self.bubble(text).locator(".bubble").click(position={"x": 12, "y": 6})
        self.dots_of(text).click()
        return self.page.get_by_role("menu", name="Message options")

    def confirm(self, title: str, button: str) -> None:
        """Say yes in the window that asks first."""
        window = self.page.get_by_role("dialog", name=title)
        window.get_by_role("button", name=button).click()
        expect(window).to_have_count(0)

    def told(self, text: str) -> Locator:
        """The short words that say that something is done."""
        found = self.page.locator(".toast").filter(has_text=text)
        expect(found).to_be_visible()
        return found

    def has_focus(self) -> bool:
        """The focus comes to rest somewhere on the page, not on the page itself."""
        return bool(self.page.wait_for_function("() => document.activeElement !== document.body"))

    def start_chat(self, name: str) -> None:
        """New chat, with somebody."""
        self.page.get_by_role("button", name="New chat").click()
        self.page.get_by_role("combobox", name="To").fill(name)
        self.page.get_by_role("option", name=re.compile(name)).click()
        self.chat(name)

    # Courses

    def open_course(self, title: str) -> None:
        """From My courses to the course page."""
        self.page.goto("/courses")
        self.page.get_by_role("link", name=title).click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def expert_card(self, name: str) -> Locator:
        """An expert's card on the course page."""
        return self.page.get_by_role("article", name=name)

    def write_expert(self, name: str) -> None:
        """Click the expert's link."""
        self.expert_card(name).get_by_role("link", name=re.compile("Write an expert")).click()
        self.chat(name)
