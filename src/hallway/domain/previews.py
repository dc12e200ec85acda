"""The preview card of a link: which hosts an account allows, which link of a text it is of, and what it may say (rules §20)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

MOST_HOSTS = 100
"""Patterns of hosts that an account may allow."""
LONGEST_URL = 2_000
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SITE = 200, 300, 100
"""Characters that a card shows of a page."""
PORTS = {"http": 80, "https": 443}
ELLIPSIS = "…"

_LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LINK = re.compile(r"(?<![\w./:@-])https?://[^\s<>\"'`\x00-\x1f]+", re.IGNORECASE)
_MARKS = ".,;:!?*"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
"""Controls, what nobody sees, and what turns letters around."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a card says of the page that a message links to: plain text on one line each, bounded; all but `url` and `title` may be
    empty. `url` is the link as the message has it.
    """

    url: str
    title: str
    description: str = ""
    site: str = ""


def host_pattern(text: str) -> str | None:
    """Return a pattern of hosts as it is kept: `example.org`, or `*.example.org` for all below it; None for anything else.

    Names of other scripts become what the network calls them (IDNA). An address of numbers is no name, nor is a name without a dot.
    """
    wild, name = ("*.", text.strip()[2:]) if text.strip().startswith("*.") else ("", text.strip())
    host = host_name(name)
    return None if host is None else wild + host


def host_name(text: str) -> str | None:
    """Return a host's name in lower case, as the network calls it; None for what is none."""
    try:
        name = text.rstrip(".").encode("idna").decode("ascii").lower() if text else ""
    except UnicodeError:
        return None
    labels = name.split(".")
    is_name = len(labels) > 1 and len(name) <= _LONGEST_HOST and all(map(_LABEL.fullmatch, labels))
    return name if is_name and not labels[-1].isdigit() and not labels[-1].startswith("0x") else None


def is_allowed(host: str, patterns: Collection[str]) -> bool:
    """Return whether a host is one that the account allows: by its name, or as one below a name."""
    labels = host.split(".")
    above = (".".join(labels[at:]) for at in range(1, len(labels)))
    return host in patterns or any(f"*.{one}" in patterns for one in above)


def page_address(url: str, patterns: Collection[str]) -> SplitResult | None:
    """Return the parts of an address that may be fetched: of the web, on its usual port, without a login, of an allowed host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    usual = PORTS.get(parts.scheme)
    if usual is None or port not in {None, usual} or "@" in parts.netloc or len(url) > LONGEST_URL:
        return None
    host = host_name(parts.hostname or "")
    if host is None or not is_allowed(host, patterns):
        return None
    return parts._replace(netloc=host, fragment="")


def link_of(body: str, patterns: Collection[str]) -> str | None:
    """Return the first link of a text whose host the account allows, as it stands there; None without one."""
    if not patterns or "://" not in body:
        return None
    return next((one for one in _links(body) if page_address(one, patterns)), None)


def _links(body: str) -> Iterator[str]:
    return (_trimmed(found.group()) for found in _LINK.finditer(body))


def _trimmed(link: str) -> str:
    """Return a link without the marks of the sentence around it; a bracket that it opened itself stays."""
    end = len(link)
    while end:
        last = link[end - 1]
        opening = _BRACKETS.get(last)
        is_its_own = opening is not None and link.count(opening, 0, end) >= link.count(last, 0, end)
        if is_its_own or (opening is None and last not in _MARKS):
            break
        end -= 1
    return link[:end]


def plain(text: str, most: int) -> str:
    """Return outside text on one line, without what nobody sees or what turns letters around, cut to `most` characters."""
    line = " ".join(_UNSEEN.sub(" ", text[: most * 20]).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + ELLIPSIS
