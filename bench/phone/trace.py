"""What a trace of Chromium tells: when the largest content was painted, how long input waited, what frames cost."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Event = dict[str, Any]
MAIN = "CrRendererMain"


class Trace:
    """The events of one recording; times come out in milliseconds."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = sorted(events, key=lambda event: event.get("ts", 0))

    def named(self, name: str) -> Iterator[Event]:
        """All events of this name, in order."""
        return (event for event in self._events if event["name"] == name)

    def largest_paint(self) -> float:
        """From the start of the navigation to the last candidate for the largest contentful paint."""
        last = list(self.named("largestContentfulPaint::Candidate"))[-1]
        frame = last["args"]["frame"]
        starts = [
            event["ts"]
            for event in self.named("navigationStart")
            if event["args"]["frame"] == frame and event["ts"] <= last["ts"]
        ]
        return (last["ts"] - starts[-1]) / 1000

    def interactions(self) -> dict[str, list[float]]:
        """For each step that was marked, how long each tap or key waited for the picture that answers it."""
        marks = [event for event in self._events if event["name"].startswith("step ")]
        times = [event["ts"] for event in marks]
        found: dict[str, dict[int, float]] = {}
        for event in self.named("EventTiming"):
            data = event.get("args", {}).get("data", {})
            if not data.get("interactionId"):
                continue
            step = marks[bisect_right(times, event["ts"]) - 1]["name"].removeprefix("step ")
            waits = found.setdefault(step, {})
            waits[data["interactionId"]] = max(waits.get(data["interactionId"], 0), data["duration"])
        return {step: list(waits.values()) for step, waits in found.items()}

    def frames(self) -> "Frames":
        """The pictures that came, and what the page's main thread did for them."""
        thread = next(self.named("BeginMainThreadFrame"))
        tasks = [
            event
            for event in self.named("RunTask")
            if "dur" in event and (event["pid"], event["tid"]) == (thread["pid"], thread["tid"])
        ]
        drawn = [event["ts"] / 1000 for event in self.named("DrawFrame")]
        asked = sum(1 for _ in self.named("BeginMainThreadFrame"))
        return Frames(drawn, asked, [event["dur"] / 1000 for event in tasks], [event["tdur"] / 1000 for event in tasks])


@dataclass(frozen=True)
class Frames:
    """A time of scrolling, in milliseconds."""

    drawn: Sequence[float]
    """When the compositor handed each picture to the screen."""
    rendered: int
    """How often the main thread was asked to bring its part of a picture up to date."""
    tasks: Sequence[float]
    """How long each task of the main thread took."""
    processor: Sequence[float]
    """How long each of them used the processor, whatever else the machine did."""

    def per_second(self) -> float:
        """Pictures a second."""
        return 1000 * (len(self.drawn) - 1) / (self.drawn[-1] - self.drawn[0])

    def missed(self) -> float:
        """The share, in percent, of the sixtieths of a second that brought no new picture."""
        due = (self.drawn[-1] - self.drawn[0]) * 60 / 1000
        return 100 * max(0.0, 1 - (len(self.drawn) - 1) / due)

    def longest_task(self) -> float:
        """What may keep a finger waiting."""
        return max(self.tasks)

    def work_per_picture(self) -> float:
        """The main thread's processor time for each picture that came."""
        return sum(self.processor) / len(self.drawn)
