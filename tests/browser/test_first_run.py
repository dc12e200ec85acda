"""From an empty installation to the first answered question, by hand; and every way in that somebody may need."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import WAIT_MS, Watch
from tests.browser.test_screens import SCREENS, is_clean
from tests.servers.academy import Serving, serve_empty
from tests.servers.mail import Relay, text_of

pytestmark = pytest.mark.slow

PASSWORD = "a long enough password"
MOST_ACTIONS = 8
"""Of the owner, who submits or goes somewhere by a click or a key, until a question was answered."""


class Visitors:
    """Browsers before an installation that nobody has set up yet."""

    def __init__(self, browser: Browser, serving: Serving) -> None:
        """Nobody is there."""
        self.serving = serving
        self._browser = browser
        self._exits = ExitStack()
        self._watch = Watch()

    def page(self, **options: Any) -> Page:
        """A browser of its own."""
        usual: dict[str, Any] = {
            "locale": "en-GB",
            "reduced_motion": "reduce",
            "viewport": {"width": 1280, "height": 800},
        }
        context = self._browser.new_context(base_url=self.serving.address, **{**usual, **options})
        context.set_default_timeout(WAIT_MS)
        self._exits.callback(context.close)
        page = context.new_page()
        self._watch.over(page)
        return page

    def close(self) -> None:
        """All leave; none of their pages may have complained."""
        self._exits.close()
        assert self._watch.complaints == []


@pytest.fixture
def relay() -> Iterator[Relay]:
    """Where Hallway's mails go."""
    taking = Relay()
    yield taking
    taking.stop()


@pytest.fixture
def visitors(browser: Browser, tmp_path: Path) -> Iterator[Visitors]:
    """Without mail."""
    yield from _visitors(browser, serve_empty(tmp_path))


@pytest.fixture
def visitors_with_mail(browser: Browser, tmp_path: Path, relay: Relay) -> Iterator[Visitors]:
    """With mail."""
    mail_from = "Harbour <noreply@harbour.example>"
    yield from _visitors(browser, serve_empty(tmp_path, smtp=relay.address, mail_from=mail_from))


def _visitors(browser: Browser, serving: Serving) -> Iterator[Visitors]:
    found = Visitors(browser, serving)
    yield found
    try:
        found.close()
    finally:
        serving.stop()


class Owner:
    """The owner of a new academy, who counts what they do."""

    def __init__(self, page: Page) -> None:
        """Nothing is done."""
        self.page = page
        self.actions = 0

    def press(self, what: Locator) -> None:
        """Click, which submits or goes somewhere."""
        self.actions += 1
        what.click()

    def set_up(self) -> None:
        """The first run, with the address that the server printed."""
        self.page.goto("/set-up?token=token-of-the-test")
        for label, value in (
            ("Academy name", "Harbour School"),
            ("Your name", "Olga Owner"),
            ("Email", "olga@harbour.example"),
            ("Login", "olga"),
            ("Password", PASSWORD),
        ):
            self.page.get_by_label(label, exact=True).fill(value)
        self.press(self.page.get_by_role("button", name="Create"))
        expect(self.page.get_by_role("heading", name="Welcome, Olga Owner")).to_be_focused()

    def step(self, name: str) -> Locator:
        """A step of the checklist."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_role("heading", name=name))

    def ticked(self, number: int, following: str) -> None:
        """A step has ticked itself: it is said, and the heading of the next one has the focus."""
        expect(self.page.get_by_role("status").filter(has_text=f"Step {number} done")).to_have_count(1)
        expect(self.page.get_by_role("heading", name=following)).to_be_focused()
        expect(self.page.get_by_role("link", name=f"Get started · {number} of 5")).to_be_visible()

    def add(self, *people: str) -> None:
        """People, as one types them."""
        self.page.get_by_label("Names and email addresses").fill("\n".join(people))
        self.press(self.page.get_by_role("button", name="Add people"))


def test_the_first_question_is_answered_after_at_most_eight_actions_of_the_owner(visitors: Visitors) -> None:
    owner = Owner(visitors.page())
    page = owner.page
    owner.set_up()
    owner.add("Maya Chen, maya@harbour.example", "Daniel Okafor <daniel@harbour.example>")
    owner.ticked(1, "Add a course")
    expect(owner.step("Add people")).to_contain_text("2 people")
    page.get_by_label("Course title").fill("Fire Safety")
    preview = page.get_by_role("figure", name="What your learners will see")
    expect(preview).to_contain_text("Fire Safety")
    owner.press(page.get_by_role("button", name="Add course"))
    owner.ticked(2, "Choose its expert")
    expect(owner.step("Add a course")).to_contain_text("Fire Safety · 2 learners")
    page.get_by_role("radio", name=re.compile("Daniel Okafor")).check(force=True)
    expect(preview).to_contain_text("Daniel Okafor")
    owner.press(page.get_by_role("button", name="Make Daniel Okafor the expert"))
    owner.ticked(3, "Invite everyone")
    owner.press(page.get_by_role("button", name="Get 2 sign-in links"))
    window = page.get_by_role("dialog", name="2 sign-in links")
    expect(window.get_by_role("listitem")).to_have_count(2)
    links = {
        one.locator("strong").inner_text(): one.locator("code").inner_text()
        for one in window.get_by_role("listitem").all()
    }
    with page.expect_download() as download:
        owner.press(window.get_by_role("button", name="Download as CSV"))
    table = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert table[0] == "name,login,email,link,expires"
    assert {line.split(",")[0]: line.split(",")[3] for line in table[1:]} == links
    owner.press(window.get_by_role("button", name="Close").last)
    owner.ticked(4, "Send the first message")
    page.get_by_role("combobox", name="To").fill("Maya")
    page.get_by_role("option", name=re.compile("Maya Chen")).click()
    owner.press(page.get_by_role("button", name="Send message"))
    expect(page.get_by_text("You’re set. Your first answer will show up in Messages.").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Get started"))).to_have_count(0)
    maya, daniel = (_come_in(visitors.page(), links[name], name) for name in ("Maya Chen", "Daniel Okafor"))
    expect(maya.get_by_role("link", name=re.compile("^Olga Owner"))).to_be_visible()
    maya.goto("/courses")
    maya.get_by_role("link", name="Fire Safety").click()
    maya.get_by_role("link", name=re.compile("Write an expert")).click()
    _write(maya, "Where is the exit?")
    daniel.get_by_role("link", name=re.compile("^Maya Chen")).click()
    _write(daniel, "On the left.")
    expect(maya.get_by_role("region", name=re.compile("^Messages with")).get_by_text("On the left.")).to_be_visible()
    assert owner.actions <= MOST_ACTIONS


def _come_in(page: Page, link: str, name: str) -> Page:
    """Through a link, which says whose it is before anything is typed."""
    page.goto(link)
    expect(page.get_by_role("heading", name=f"Welcome, {name}")).to_be_visible()
    expect(page.get_by_text("Harbour School").last).to_be_visible()
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("heading", name="Messages", exact=True)).to_be_visible()
    return page


def _write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write your message").fill(text)
    page.get_by_role("button", name="Forward", exact=True).click()


def test_the_checklist_goes_when_it_is_dismissed_and_comes_back_from_the_menu(visitors: Visitors) -> None:
    owner = Owner(visitors.page())
    page = owner.page
    owner.set_up()
    owner.add("Omar", "Maya Chen, maya@harbour.example")
    expect(page.get_by_label("Names and email addresses")).to_have_count(0)
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("heading", name="Messages", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Get started"))).to_have_count(0)
    expect(page.get_by_role("button", name="New chat")).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Get started · 1 of 5").click()
    expect(page.get_by_role("heading", name="Welcome, Olga Owner")).to_be_visible()
    expect(page.get_by_role("link", name="Get started · 1 of 5")).to_be_visible()


def test_invitations_and_forgotten_passwords_come_by_mail(visitors_with_mail: Visitors, relay: Relay) -> None:
    owner = Owner(visitors_with_mail.page())
    page = owner.page
    owner.set_up()
    page.goto("/admin/users")
    page.get_by_role("button", name="Add user").click()
    form = page.get_by_role("dialog", name="Add user")
    for label, value in (("Name", "Maya Chen"), ("Email", "maya@harbour.example"), ("Login", "maya")):
        form.get_by_label(label, exact=True).fill(value)
    form.get_by_role("button", name="Save").click()
    window = page.get_by_role("dialog", name="How Maya Chen signs in")
    window.get_by_role("button", name="Email an invitation").click()
    mail = relay.wait_for_text("maya@harbour.example", "/link/")
    assert mail["Subject"] == "Olga Owner invites you to Harbour School"
    maya = _come_in(visitors_with_mail.page(), _link_of(text_of(mail)), "Maya Chen")
    spent = visitors_with_mail.page()
    spent.goto(_link_of(text_of(mail)))
    expect(spent.get_by_role("heading", name="This link no longer works")).to_be_visible()
    expect(spent.get_by_label("New password", exact=True)).to_have_count(0)
    spent.get_by_role("link", name="Send me a new link").click()
    spent.get_by_label("Login or email").fill("maya")
    spent.get_by_role("button", name="Send link").click()
    expect(spent.get_by_role("heading", name="Check your email")).to_be_focused()
    again = relay.wait_for_text("maya@harbour.example", "asked for a new password")
    spent.goto(_link_of(text_of(again)))
    expect(spent.get_by_text("For Maya Chen at Harbour School.")).to_be_visible()
    del maya


def test_an_import_of_people_ends_with_how_they_come_in(visitors_with_mail: Visitors, relay: Relay) -> None:
    owner = Owner(visitors_with_mail.page())
    page = owner.page
    owner.set_up()
    page.get_by_role("link", name="Import a file").click()
    file = b"name,email,login\nMaya Chen,maya@harbour.example,maya\nOmar Said,omar@harbour.example,omar\n"
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": file})
    page.get_by_role("button", name=re.compile("^Import 2")).click()
    expect(page.get_by_role("link", name="Get started · 1 of 5")).to_be_visible()
    page.get_by_role("button", name="Email an invitation to 2 people").click()
    for address in ("maya@harbour.example", "omar@harbour.example"):
        relay.wait_for_text(address, "/link/")
    expect(page.get_by_role("link", name="Get started · 2 of 5")).to_be_visible()


def _link_of(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if "/link/" in line)


def test_without_mail_a_forgotten_password_is_somebody_else_s_to_renew(visitors: Visitors) -> None:
    Owner(visitors.page()).set_up()
    page = visitors.page()
    page.goto("/")
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_text("Ask an administrator of Harbour School")).to_be_visible()
    expect(page.get_by_label("Login or email")).to_have_count(0)
    page.get_by_role("link", name="Back to sign-in").click()
    expect(page.get_by_role("heading", name="Sign in to Harbour School")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_every_step_is_clean_on_every_screen(visitors: Visitors, screen: dict[str, Any]) -> None:
    options = dict(screen)
    if options.pop("is_phone", False):
        options |= {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    owner = Owner(visitors.page(**options))
    page = owner.page
    owner.set_up()
    is_clean(page)
    long_name = "Maya" * 50
    owner.add(f"{long_name}, maya@harbour.example", "Nobody knows", "Daniel Okafor, daniel@harbour.example")
    page.get_by_label("Course title").fill("Fire" * 50)
    is_clean(page)
    page.get_by_role("button", name="Add course").click()
    expect(page.get_by_role("radio").first).to_be_attached()
    is_clean(page)
    page.get_by_role("button", name=re.compile("^Make ")).click()
    page.get_by_role("button", name="Get 2 sign-in links").click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(2)
    is_clean(page)
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("heading", name="Send the first message")).to_be_focused()
    is_clean(page)
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("link", name="Open Messages")).to_be_visible()
    is_clean(page)
    stranger = visitors.page(**options)
    for address, heading in (
        ("/forgot-password", "Forgot your password?"),
        ("/link/nothing", "This link no longer works"),
    ):
        stranger.goto(address)
        expect(stranger.get_by_role("heading", name=heading)).to_be_visible()
        is_clean(stranger)
