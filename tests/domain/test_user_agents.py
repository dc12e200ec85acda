"""Browsers and systems by their User-Agent: what people have in front of them, and what a stranger makes up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain import user_agents
from hallway.domain.user_agents import LONGEST, Software, read

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS, MAC = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S918B)"
NAMES = [name for name, _ in (*user_agents.BROWSERS, *user_agents.SYSTEMS)]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Linux"),
        (f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome", "Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge", "Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.0", "Opera", "Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/124.0.0.0 YaBrowser/24.6.0 Safari/537.36", "Yandex Browser", "Windows"),
        (f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari", "macOS"),
        (f"{MAC} {WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome", "macOS"),
        (f"{ANDROID} {WEBKIT} Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome", "Android"),
        (f"{ANDROID} {WEBKIT} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36", "Samsung Internet", "Android"),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "Safari", "iOS"),
        (f"{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome", "iOS"),
        (f"{IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15", "Firefox", "iOS"),
        ("Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) Version/16.6 Safari/604.1", "Safari", "iPadOS"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/126.0 Safari/537.36", "Chrome", "ChromeOS"),
        ("python-httpx/0.27", "", ""),
        ("", "", ""),
    ],
)
def test_browsers_are_known_by_name(agent: str, browser: str, system: str) -> None:
    assert read(agent) == Software(browser, system)


@given(st.text())
def test_nothing_of_a_made_up_text_is_repeated(agent: str) -> None:
    found = read(agent)
    assert {found.browser, found.system} <= {"", *NAMES}


def test_only_so_much_is_looked_at() -> None:
    assert read("x" * LONGEST + "Firefox/127.0") == Software("", "")
