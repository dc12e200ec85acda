"""What one is told while one is away, on the screen: choosing it, muting a chat, a push that is shown, clicked and taken back."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Playwright, expect

from tests.browser.conftest import WHOLE, Enter, launched
from tests.browser.person import Person
from tests.servers.academy import Serving

pytestmark = pytest.mark.slow

COUNT_SHOWN = """() => {
  const { registration } = self;
  const show = registration.showNotification.bind(registration);
  self.shownCount = 0;
  registration.showNotification = (...notice) => show(...notice).finally(() => (self.shownCount += 1));
}"""
SHOWN = """async () => {
  const notices = await self.registration.getNotifications();
  return notices.map(({ title, body, silent }) => [title, body, silent]);
}"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The whole one: the other one shows no notices."""
    with launched(playwright, WHOLE) as opened:
        yield opened


class Pushes:
    """The browser's side of a push service: hands pushes to the worker of a page."""

    def __init__(self, person: Person, origin: str) -> None:
        """Let the page show notices, and wait until its worker is there."""
        person.page.context.grant_permissions(["notifications"])
        person.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self._origin = origin
        self._page = person.page
        (self._worker,) = person.page.context.service_workers
        self._worker.evaluate(COUNT_SHOWN)
        self._brought = 0
        self._registrations: list[str] = []
        self._session: CDPSession = person.page.context.new_cdp_session(person.page)
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self._session.send("ServiceWorker.enable")
        while not self._registrations:
            person.page.wait_for_timeout(50)

    def _note(self, update: dict[str, list[dict[str, str]]]) -> None:
        self._registrations += [registration["registrationId"] for registration in update["registrations"]]

    def look_away(self, page: Page) -> None:
        """Look at another tab; Playwright lets each page believe that it is looked at."""
        self._session.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
        page.context.new_page().bring_to_front()

    def bring(self, **push: object) -> None:
        """Deliver what the server sends."""
        whole = {"unread": 1, "title": "", "body": "", "language": "en", "direction": "ltr", "quiet": False, **push}
        self.bring_raw(json.dumps(whole))

    def bring_raw(self, data: str) -> None:
        """Deliver what a server might send."""
        about = {"origin": self._origin, "registrationId": self._registrations[-1], "data": data}
        self._session.send("ServiceWorker.deliverPushMessage", about)
        self._brought += 1

    def shown(self) -> list[tuple[str, str, bool]]:
        """Title, body and silence of each notice on the screen, once every push has shown its own.

        Not asked for before: Chromium drops a notice that is asked for in the instant in which it comes onto the screen.
        """
        for _ in range(300):
            if (count := self._worker.evaluate("() => self.shownCount")) >= self._brought:
                break
            self._page.wait_for_timeout(50)
        assert count == self._brought
        return [(title, body, silent) for title, body, silent in self._worker.evaluate(SHOWN)]


def test_choices_are_kept(enter: Enter) -> None:
    daniel = enter("daniel")
    page = daniel.page
    page.goto("/me")
    page.get_by_label("Quiet hours").check()
    expect(page.get_by_label("From", exact=True)).to_have_value("22:00")
    page.get_by_label("Until", exact=True).fill("22:00")
    page.get_by_label("Until", exact=True).blur()
    expect(page.get_by_text("Quiet hours can't start and end at the same time.")).to_be_visible()
    page.get_by_label("Until", exact=True).fill("06:30")
    page.get_by_label("Until", exact=True).blur()
    page.get_by_label("Show office hours").check()
    expect(page.get_by_label("Opens")).to_have_value("09:00")
    page.reload()
    expect(page.get_by_label("Until", exact=True)).to_have_value("06:30")
    expect(page.get_by_label("Show office hours")).to_be_checked()
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    expect(maya.page.get_by_text(re.compile("Daniel Okafor answers .* Expect a reply by"))).to_be_visible()


def test_a_chat_is_muted_and_told_of_again(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    row = maya.page.locator("li").filter(has_text="Daniel Okafor")
    for name, is_muted in (("Mute chat", True), ("Unmute chat", False)):
        maya.page.get_by_role("button", name="Chat options").click()
        maya.page.get_by_role("menuitem", name=name).click()
        if is_muted:
            maya.page.get_by_role("button", name="Until I turn it back on").click()
        expect(row.get_by_title("Muted")).to_have_count(1 if is_muted else 0)


def test_every_push_shows_one_notice_for_its_chat(enter: Enter, academy: Serving) -> None:
    """Apple ends a subscription after three pushes that show nothing."""
    maya = enter("maya")
    maya.open_messages()
    pushes = Pushes(maya, academy.address)
    pushes.bring(kind="message", chat="a", title="Daniel Okafor", body="While I look")
    looked_at = ("Daniel Okafor", "While I look", True)
    assert pushes.shown() == [looked_at]
    pushes.look_away(maya.page)
    for body in ("One", "Two"):
        pushes.bring(kind="message", chat="c", title="Daniel Okafor", body=body)
    assert pushes.shown() == [looked_at, ("Daniel Okafor", "Two", False)]
    pushes.bring(kind="read", chat="d", unread=1, title="Priya Raman", body="No unread messages")
    pushes.bring(kind="read", chat="c", unread=0, title="Daniel Okafor", body="Nothing new")
    pushes.bring(kind="message", chat="e", title="Grace", body="Corrected", quiet=True)
    pushes.bring(kind="of a later version", chat="f", title="Ingrid", body="Later")
    pushes.bring_raw("no words of ours")
    assert sorted(pushes.shown()) == [
        ("Daniel Okafor", "Nothing new", True),
        looked_at,
        ("Grace", "Corrected", True),
        ("Hallway", "", False),
        ("Ingrid", "Later", False),
        ("Priya Raman", "No unread messages", True),
    ]
