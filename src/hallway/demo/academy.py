"""The demo academy's content, read from academy.toml."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

from hallway.domain.ids import AccountId

ACCOUNT = AccountId("01a20000-0000-7000-8000-00000000de30")
"""The id of every demo's account, so that a demo never takes an installation of real people for its own."""
PASSWORD = "hallway-demo"  # noqa: S105 - everybody's in the demo, printed and shown on its sign-in page


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A message of a conversation, sent at a time of day, `days_ago` before the day on which the demo is built."""

    days_ago: int
    time: str
    who: str
    text: str

    def sent_at(self, now: datetime) -> datetime:
        """Return the moment when it was written, in UTC."""
        hour, minute = self.time.split(":")
        day = now - timedelta(days=self.days_ago)
        return day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


class Academy:
    """The content of academy.toml."""

    @cached_property
    def content(self) -> dict[str, Any]:
        """The parsed file."""
        return tomllib.loads((files("hallway.demo") / "academy.toml").read_text("utf-8"))

    def doors(self) -> list[tuple[str, str]]:
        """Return (login, hint) of those whom the sign-in page offers."""
        return [(context["login"], context["hint"]) for context in self.content["doors"]]

    def lines(self, conversation: dict[str, Any]) -> list[DemoLine]:
        """Return the lines of a conversation, oldest first."""
        return [_line(text) for text in conversation["lines"]]


def _line(text: str) -> DemoLine:
    days_ago, time, said = text.split(", ", 2)
    who, words = said.split(": ", 1)
    return DemoLine(int(days_ago), time, who, words)
