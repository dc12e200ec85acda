"""The web client on a phone: how much comes over the network, how soon it is there, how smoothly it runs."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench.phone.academy import READER, served
from bench.phone.bound import plain
from bench.phone.handset import Browser, Handset, chromium, handset
from bench.phone.trace import Frames, Trace
from hallway.demo.academy import PASSWORD

SPEEDS = (1_500, 4_000)
"""Pixels a second: leafing through, and looking for something old."""
SECONDS = 3
PAUSE = 1.0
"""Seconds in which a person looks at what they did, and nothing is measured."""
CHAT = "a[href^='/messages/'][aria-label^='Daniel Okafor']"
BYTES = """(until) => performance.getEntriesByType("resource")
  .filter((one) => one.name.endsWith(".js") && one.startTime <= until)
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
TO_THE_TOP = """async () => {
  const box = document.querySelector("[role=region][aria-label^='Messages with']");
  while (!box.querySelector("[data-seq='1']")) {
    box.scrollTop = 0;
    await new Promise(requestAnimationFrame);
  }
  box.scrollTop = box.scrollHeight / 2;
}"""
TO_THE_MIDDLE = """() => {
  const box = document.querySelector("div");
  box.scrollTop = box.scrollHeight / 2;
}"""
PULSE = """() => {
  const dot = document.createElement("i");
  dot.style.cssText = "position: fixed; inset: 0 auto auto 0; inline-size: 8px; block-size: 8px; background: red";
  document.body.append(dot);
  window.pulse = dot.animate([{ opacity: 0.5 }, { opacity: 1 }], { duration: 1000, iterations: Infinity });
}"""
"""Without something that moves, a Chromium without a screen may present what was typed only with the next touch."""
NO_PULSE = "() => { window.pulse.effect.target.remove(); }"

Row = tuple[str, str, str, bool | None]


@dataclass
class Figure:
    """One thing that was measured, once in each run; `most` or `least` is its target, if it has one."""

    name: str
    unit: str
    most: float | None = None
    least: float | None = None
    values: list[float] = field(default_factory=list)

    def target(self) -> str:
        """As the table says it."""
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}"
        return f"≥ {self.least:g} {self.unit}" if self.least is not None else ""

    def value(self) -> str:
        """The median, and from where to where the runs went."""
        return f"{median(self.values):.3g} {self.unit} ({min(self.values):.3g} to {max(self.values):.3g})"

    def is_met(self) -> bool | None:
        """Whether the median is within the target; None where there is none."""
        if self.most is not None:
            return median(self.values) <= self.most
        return median(self.values) >= self.least if self.least is not None else None

    def row(self) -> Row:
        """Plain data: name, target, value, whether it is met."""
        return self.name, self.target(), self.value(), self.is_met()


def figures() -> dict[str, Figure]:
    """Everything that is measured, still without a value."""
    scrolled = {
        f"{name} {speed}": figure
        for speed in SPEEDS
        for name, figure in {
            "pictures": Figure(f"pictures while 10,000 messages scroll by at {speed:,} px/s", "a second", least=57),
            "bound": Figure(f"  of a page without any script (bound), {speed:,} px/s", "a second"),
            "missed": Figure(f"  sixtieths of a second without a new picture, {speed:,} px/s", "%"),
            "work": Figure(f"  main thread's processor time for each picture, {speed:,} px/s", "ms"),
            "longest": Figure(f"  longest task, {speed:,} px/s", "ms"),
        }.items()
    }
    return {
        "entry bytes": Figure("compressed JavaScript, sign-in page", "kB", most=60),
        "list bytes": Figure("compressed JavaScript, Messages", "kB", most=60),
        "entry paint": Figure("largest contentful paint, sign-in page", "s", most=1.5),
        "list paint": Figure("largest contentful paint, Messages", "s", most=1.5),
        "list": Figure("the first chats are there, Messages", "s"),
        "interaction": Figure("interaction to next paint, 75th percentile", "ms"),
        "worst": Figure("interaction to next paint, worst", "ms", most=100),
        **{step: Figure(f"  {step}", "ms") for step in STEPS},
        **scrolled,
    }


def measure(runs: int = 3) -> list[Row]:
    """(name, target, median and range of `runs` runs, met or not) of each figure."""
    return [figure.row() for figure in measured(runs).values()]


def measured(runs: int) -> dict[str, Figure]:
    """The same, with each run's value."""
    found = figures()
    with TemporaryDirectory() as folder, served(Path(folder)) as address, chromium() as browser:
        for _ in range(runs):
            for name, value in _run(browser, address):
                found[name].values.append(value)
    return found


def _run(browser: Browser, address: str) -> Iterator[tuple[str, float]]:
    with handset(browser, address) as phone:
        phone.be_slow()
        trace = phone.traced(lambda: _arrive(phone, "/", "form button[type=submit]"))
        yield "entry paint", trace.largest_paint() / 1000
        yield "entry bytes", phone.asked(BYTES, trace.largest_paint()) / 1000
    with handset(browser, address) as phone:
        phone.page.request.post("/api/v1/session", data={"login": READER, "password": PASSWORD})
        phone.be_slow()
        there: list[float] = []
        trace = phone.traced(lambda: there.append(_arrive(phone, "/messages", CHAT)))
        yield "list paint", trace.largest_paint() / 1000
        yield "list", there[0] / 1000
        yield "list bytes", phone.asked(BYTES, there[0]) / 1000
        yield from _interactions(phone.traced(lambda: _use(phone)))
        phone.be_slow(processor=False, network=False)
        phone.asked(TO_THE_TOP)
        phone.be_slow()
        for speed in SPEEDS:
            yield from _scrolling(phone, speed)
    with handset(browser, address) as phone:
        phone.page.set_content(plain())
        phone.asked(TO_THE_MIDDLE)
        phone.be_slow()
        for speed in SPEEDS:
            yield f"bound {speed}", _frames(phone, speed).per_second()


def _arrive(phone: Handset, path: str, selector: str) -> float:
    """Go there; answers when the element came, in milliseconds since the start."""
    phone.page.goto(path, wait_until="commit")
    moment = phone.until(selector)
    time.sleep(3 * PAUSE)
    return moment


def _type(phone: Handset) -> None:
    phone.asked(PULSE)
    phone.page.keyboard.type("Thank you, see you on Monday", delay=120)
    time.sleep(PAUSE)
    phone.asked(NO_PULSE)


STEPS: dict[str, Callable[[Handset], object]] = {
    "open a chat": lambda phone: (phone.tap(CHAT), phone.until("[data-seq]")),
    "touch the composer": lambda phone: phone.tap("textarea"),
    "type": _type,
    "send": lambda phone: phone.tap("form.composer button[type=submit]"),
    "open a message's menu": lambda phone: (
        phone.tap("[data-seq]"),
        phone.tap("[data-seq] [aria-haspopup=menu]"),
        phone.until("[role=menu]"),
    ),
    "close the menu": lambda phone: phone.page.keyboard.press("Escape"),
    "go back to the list": lambda phone: phone.tap("a[aria-label='Back to chats']"),
    "open a chat again": lambda phone: (phone.tap(CHAT), phone.until("[data-seq]")),
}
"""What a person does, and how the table calls it."""


def _use(phone: Handset) -> None:
    for step, act in STEPS.items():
        phone.asked("(name) => void performance.mark(name)", f"step {step}")
        act(phone)
        time.sleep(PAUSE)


def _interactions(trace: Trace) -> Iterator[tuple[str, float]]:
    waits = trace.interactions()
    everything = [one for step in waits.values() for one in step]
    yield "interaction", quantiles(everything, n=4)[-1]
    yield "worst", max(everything)
    for step, found in waits.items():
        yield step, max(found)


def _scrolling(phone: Handset, speed: int) -> Iterator[tuple[str, float]]:
    frames = _frames(phone, speed)
    yield f"pictures {speed}", frames.per_second()
    yield f"missed {speed}", frames.missed()
    yield f"work {speed}", frames.work_per_picture()
    yield f"longest {speed}", frames.longest_task()


def _frames(phone: Handset, speed: int) -> Frames:
    return phone.traced(lambda: phone.scroll(SECONDS * speed, speed)).frames()
