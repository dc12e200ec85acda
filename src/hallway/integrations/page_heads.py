"""Read what a page of HTML says of itself: title, description and the name of its site. Runs in the sandbox.

The page is hostile: what comes out is plain text, cut and without what turns letters around.
"""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser

from hallway.domain.previews import LONGEST_DESCRIPTION, LONGEST_SITE, LONGEST_TITLE, plain

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*(?:[\"']\s*)?([a-z0-9_:.-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4_096
"""Bytes at the beginning in which a page may say in which charset it is."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSETS = re.compile(
    "utf-8|utf8|us-ascii|ascii|iso-8859-[0-9]{1,2}|latin-?1|windows-12[0-9]{2}|windows-874|cp12[0-9]{2}|koi8-[ru]"
    "|gb2312|gbk|gb18030|big5|shift_jis|shift-jis|sjis|euc-jp|euc-kr|iso-2022-jp|macintosh"
)
"""Those of the web; Python knows others that are no charsets."""
_KEPT = {
    "og:title",
    "og:description",
    "og:site_name",
    "description",
    "twitter:title",
    "twitter:description",
    "application-name",
}
_LONGEST = 20_000
"""Characters of one value."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself; each may be empty."""

    title: str
    description: str
    site: str


def read_head(content: bytes, charset: str) -> PageHead:
    """Return what a page says of itself, in the charset that its server or itself names."""
    reader = _Reader()
    with suppress(AssertionError):  # the library's word for declarations that are none; what stands before them is read
        reader.feed(_decoded(content, charset))
    said = reader.said
    title = said.get("og:title") or said.get("twitter:title") or "".join(reader.title)
    description = said.get("og:description") or said.get("twitter:description") or said.get("description", "")
    site = said.get("og:site_name") or said.get("application-name", "")
    return PageHead(plain(title, LONGEST_TITLE), plain(description, LONGEST_DESCRIPTION), plain(site, LONGEST_SITE))


def _decoded(content: bytes, charset: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    named = _CHARSET.search(content[:_LOOKED_AT])
    own = named.group(1).decode("ascii").lower() if named else ""
    chosen = next((one for one in (charset, own) if _CHARSETS.fullmatch(one)), "utf-8")
    try:
        return content.decode(chosen, "replace")
    except (LookupError, UnicodeError):
        return content.decode("utf-8", "replace")


class _Reader(HTMLParser):
    """Gathers the first title of the page, and the first value of each name that a card needs; what scripts hold is no part of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.said: dict[str, str] = {}
        self._is_in_title = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self._depth += 1  # drawings have titles of their own
        self._is_in_title = tag == "title" and not self.title and not self._depth
        if tag == "meta":
            given = {name: value or "" for name, value in reversed(attrs)}
            name = (given.get("property") or given.get("name") or "").strip().lower()
            if name in _KEPT and given.get("content", "").strip():
                self.said.setdefault(name, given["content"][:_LONGEST])

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._depth = max(0, self._depth - 1)
        if tag == "title":
            self._is_in_title = False

    def handle_data(self, data: str) -> None:
        if self._is_in_title and sum(map(len, self.title)) < _LONGEST:
            self.title.append(data)
