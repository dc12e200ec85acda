"""Which browser and system a User-Agent header names, as far as people know them by name.

The header is a stranger's text and promises nothing: it helps a person to recognise their own devices, and decides nothing.
Our own, because a list of all browsers there are is out of date within weeks, and nobody looks for more than these words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 400
"""Letters that are looked at."""

BROWSERS = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/", "Edge/")),
    ("Opera", ("OPR/", "OPT/", "OPX/", "Opera")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Yandex Browser", ("YaBrowser/",)),
    ("Vivaldi", ("Vivaldi/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/")),
    ("Chromium", ("Chromium/",)),
    ("Safari", ("Safari/",)),
)
"""In this order: most browsers also name those that they want to be taken for."""
SYSTEMS = (
    ("Windows", ("Windows",)),
    ("iPadOS", ("iPad",)),
    ("iOS", ("iPhone", "iPod")),
    ("Android", ("Android",)),
    ("ChromeOS", ("CrOS",)),
    ("macOS", ("Macintosh", "Mac OS X")),
    ("Linux", ("Linux", "X11")),
)
"""In this order: an Android also says Linux, an iPhone Mac OS X."""


@dataclass(frozen=True, slots=True)
class Software:
    """A browser and the system it runs on, by their names; empty where they are unknown."""

    browser: str
    system: str


def read(agent: str) -> Software:
    """Recognise the browser and the system that a User-Agent names. Nothing of the text itself is in the answer."""
    looked_at = agent[:LONGEST]
    return Software(_first(BROWSERS, looked_at), _first(SYSTEMS, looked_at))


def _first(names: Sequence[tuple[str, Sequence[str]]], text: str) -> str:
    return next((name for name, signs in names if any(sign in text for sign in signs)), "")
