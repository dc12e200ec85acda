"""A phone: Chromium with a small touch screen, a slow processor and a slow network, and its own tracing."""

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.phone.trace import Trace

SCREEN: Mapping[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
    "locale": "en-GB",
}
SLOWER = 4
"""How many times longer the main thread takes for everything."""
SLOW_4G = {"latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750 * 1024 / 8}
"""Lighthouse's slow 4G: 150 ms for each request, 1.6 Mbit/s down, 750 kbit/s up; in bytes a second."""
UNTHROTTLED = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CATEGORIES = (
    "loading",
    "blink.user_timing",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
)


TOP, BOTTOM = 100, 760
"""Where a finger begins to draw a chat down, and where it ends."""
UNTIL = """(selector) => new Promise((go, fail) => {
  setTimeout(() => fail(new Error(`There is no ${selector}.`)), 30_000);
  const look = () => document.querySelector(selector) && (watch.disconnect(), go(performance.now()));
  const watch = new MutationObserver(look);
  watch.observe(document, { subtree: true, childList: true, attributes: true });
  look();
})"""
MIDDLE = """(selector) => {
  const { x, y, width, height } = [...document.querySelectorAll(selector)].at(-1).getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


@dataclass
class Handset:
    """One page of a new browser context, with an empty cache.

    It is driven through the DevTools protocol alone: what Playwright looks at a page with takes longer on a slow
    processor than the page itself.
    """

    browser: Browser
    context: BrowserContext
    page: Page
    session: CDPSession

    def be_slow(self, *, processor: bool = True, network: bool = True) -> None:
        """Be a phone in a train from here on, or a fast computer where that is not measured."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER if processor else 1})
        network_now = SLOW_4G if network else UNTHROTTLED
        self.session.send("Network.emulateNetworkConditions", {"offline": False, **network_now})

    def traced(self, work: Callable[[], object]) -> Trace:
        """What Chromium writes down while the work is done."""
        self.browser.start_tracing(page=self.page, categories=list(CATEGORIES))
        work()
        return Trace(json.loads(self.browser.stop_tracing())["traceEvents"])

    def asked(self, function: str, *arguments: object) -> Any:
        """What a function answers in the page, once it is done."""
        call = f"({function})({', '.join(json.dumps(one) for one in arguments)})"
        answer = self.session.send(
            "Runtime.evaluate", {"expression": call, "awaitPromise": True, "returnByValue": True}
        )
        if "exceptionDetails" in answer:
            message = f"{call}: {answer['exceptionDetails']}"
            raise RuntimeError(message)
        return answer["result"].get("value")

    def until(self, selector: str) -> float:
        """Wait for an element; answers when it came, in milliseconds since the start of the navigation."""
        return float(self.asked(UNTIL, selector))

    def tap(self, selector: str) -> None:
        """Touch the last element of this kind."""
        self.page.touchscreen.tap(*self.asked(MIDDLE, selector))

    def scroll(self, pixels: int, speed: int) -> None:
        """Draw a finger down the screen, again and again, towards what is older; pixels a second."""
        ends = time.perf_counter() + pixels / speed
        while time.perf_counter() < ends:
            self._touch("touchStart", TOP)
            began = time.perf_counter()
            while (y := TOP + (time.perf_counter() - began) * speed) < BOTTOM:
                self._touch("touchMove", y)
                time.sleep(1 / 120)
            self._touch("touchEnd")

    def _touch(self, kind: str, *heights: float) -> None:
        points = [{"x": 195, "y": y} for y in heights]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    executable = shutil.which("chromium")
    if executable is None:
        message = "Chromium is not installed."
        raise RuntimeError(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(OPTIONS))
        yield browser
        browser.close()


@contextmanager
def handset(browser: Browser, address: str) -> Iterator[Handset]:
    """A phone that was never here before."""
    context = browser.new_context(base_url=address, **SCREEN)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    yield Handset(browser, context, page, session)
    context.close()
