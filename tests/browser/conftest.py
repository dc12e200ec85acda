"""A real browser before the real server: one Chromium and one server for all, a fresh academy and fresh people for each test."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.person import Person
from tests.servers.academy import Serving, serve_academy

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
QUICK, WHOLE = "chromium-headless-shell", "chromium"
"""The same engine twice. The first one has no windows, which are more than half of the work of a page that is opened."""
WAIT_MS = 15_000
EXPECTED = re.compile(r"status of (401|403|404|409|422|426|429)|net::ERR_|WebSocket connection to")

WITHOUT_WORKER: dict[str, Any] = {"service_workers": "block"}
"""For `enter`, where a test holds requests back: a page's worker would ask in its place, past the test."""

Enter = Callable[..., Person]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    with launched(playwright, QUICK) as opened:
        yield opened


@contextmanager
def launched(playwright: Playwright, name: str) -> Iterator[Browser]:
    """One of the two."""
    executable = shutil.which(name)
    assert executable, f"{name} is not installed."
    opened = playwright.chromium.launch(executable_path=executable, args=list(OPTIONS))
    yield opened
    opened.close()


class Environment:
    """One server for many tests, each of which finds the academy as it was built."""

    def __init__(self, built: Path, folder: Path) -> None:
        """Serve it."""
        self._built = built
        self._serving = serve_academy(built, folder)

    def as_built(self, built: Path | None = None) -> Serving:
        """The server, started again if a test has stopped it, over the database that was built, or over another one."""
        if not self._serving.thread.is_alive():
            self._serving = self._serving.again()
        kept = Path(self._serving.settings.data) / "hallway.db"
        source = (built or self._built) / "hallway.db"
        with closing(sqlite3.connect(source)) as wanted, closing(sqlite3.connect(kept)) as present:
            wanted.backup(present)
        return self._serving

    def close(self) -> None:
        """Serve no more."""
        self._serving.stop()


@pytest.fixture(scope="session")
def environment(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """The server."""
    opened = Environment(built_academy, tmp_path_factory.mktemp("environment"))
    yield opened
    opened.close()


@pytest.fixture
def academy(environment: Environment) -> Serving:
    """The academy, served. Who stops it starts it again, and ends what they started."""
    return environment.as_built()


class Watch:
    """Collects what a page complains about: an uncaught error, a blocked script, a failing request."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.complaints: list[str] = []

    def over(self, page: Page) -> None:
        """Watch a page."""
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self._note(line.type, line.text))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not EXPECTED.search(text):
            self.complaints.append(text)


@pytest.fixture
def enter(academy: Serving, browser: Browser) -> Iterator[Enter]:
    """Somebody of the academy in a browser of their own, signed in: `enter("maya")`."""
    contexts: list[BrowserContext] = []
    watch = Watch()

    def one(login: str, *, is_phone: bool = False, **options: Any) -> Person:
        # What does not move is drawn once, which is most of what a browser does here.
        usual: dict[str, Any] = {
            "viewport": {"width": 1280, "height": 800},
            "locale": "en-GB",
            "reduced_motion": "reduce",
        }
        phone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
        context = browser.new_context(base_url=academy.address, **{**usual, **(phone if is_phone else {}), **options})
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        person = Person(login, page)
        person.sign_in()
        return person

    yield one
    for context in contexts:
        context.close()
    assert watch.complaints == []
