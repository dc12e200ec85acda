"""What a phone must load before it shows anything stays small: the figures are of the built client, packed."""

import re
from pathlib import Path

import pytest

from hallway.transport.static import PACKINGS, WEB

MOST = 60_000
"""Bytes of packed JavaScript."""


def scripts_of_the_page() -> set[str]:
    """The scripts that the page asks for by itself."""
    page = (WEB / "index.html").read_text("utf-8")
    return set(re.findall(r'(?:src|href)="/(assets/[^"]+\.js)"', page))


def texts(language: str) -> str:
    """The script with the texts of a language."""
    (found,) = (WEB / "assets").glob(f"{language}-*.js")
    return str(found.relative_to(WEB))


@pytest.mark.parametrize("ending", PACKINGS.values(), ids=PACKINGS)
@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_the_first_screen_is_small_in_every_language(language: str, ending: str) -> None:
    needed = scripts_of_the_page() | {texts(language)}
    assert len(needed) >= 3
    assert sum((WEB / f"{name}{ending}").stat().st_size for name in needed) <= MOST


def test_what_comes_later_is_not_part_of_it() -> None:
    later = {"Admin", "Chat", "NewChat"}
    built = {file.name.partition("-")[0] for file in (WEB / "assets").glob("*.js")}
    assert later <= built
    assert not {name for name in scripts_of_the_page() if Path(name).name.partition("-")[0] in later}
