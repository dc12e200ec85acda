"""HTML of a mail as plain text, tag by tag: time and size grow with what came, whatever it asks for.

Nothing of a mail's style is followed but what marks a quote: margins, widths and columns that a stranger chooses make
texts of any size.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import unquote

from lxml import etree as _untyped  # pyright: ignore[reportMissingTypeStubs, reportAttributeAccessIssue, reportUnknownVariableType]

_etree = cast("Any", _untyped)

LARGEST_HTML = 500_000
"""Characters that are read: an answer is much shorter, and stands at the beginning."""
QUOTE = "> "
DIVIDER = "_" * 32
"""Outlook's line above a quote, as it writes it in plain text."""
_SILENT = frozenset(
    ("head", "title", "style", "script", "template", "noscript", "object", "svg", "math", "select", "textarea")
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_CELLS = frozenset({"td", "th"})
_PARAGRAPHS = frozenset({"p", "blockquote", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_BORDER = ("border:none;border-top:solid ", "padding:3.0pt 0")
_LINKS = ("http://", "https://", "mailto:", "tel:", "ftp://")
_LONGEST_LINK, _LONGEST_WORDS, _LONGEST_ALTERNATIVE = 2_000, 4_000, 200
_PICTURE = re.compile(r"data:image/[^\s\"'<>)]*")
"""A picture within the page: it may be larger than all that is read of a page, and text stands behind it."""
_SIGNATURE = "--"
_GAP = re.compile(r"\n{3,}")


def text_of(content: str) -> str:
    """Convert HTML to plain text: quotes stand behind `>`, and a link's address behind words that do not say it."""
    page = _Page()
    _go_through(_PICTURE.sub("", content)[:LARGEST_HTML].encode("utf-8", "replace"), page)
    return page.text


def _go_through(content: bytes, page: "_Page") -> None:
    """Hand over each tag as it comes: a tree of them takes quadratic time where a tag has very many attributes."""
    try:
        _etree.fromstring(content, _etree.HTMLParser(target=page, encoding="utf-8"))
    except _etree.LxmlError:
        page.close()  # there was no tag at all


class _Page:
    """The lines read so far, and the pieces of the line that is being read: a target of lxml's parser."""

    def __init__(self) -> None:
        self.text = ""
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._silent = 0
        self._preformatted = 0
        self._blocks: list[bool] = []
        self._quotes = 0
        self._links: list[tuple[str, list[str]]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._around(tag)
        self._silent += tag in _SILENT
        self._preformatted += tag == "pre"
        if tag == "blockquote":
            self._blocks.append(_is_quote(attributes))
            self._quotes += self._blocks[-1]
        elif tag == "li":
            self._pieces.append("* ")
        elif tag == "div" and _is_divider(attributes):
            self._pieces.append(DIVIDER)
            self._break()
        elif tag == "a":
            self._links.append((attributes.get("href", "").strip(), []))
        elif tag == "img":
            self.data(_instead_of_a_picture(attributes.get("alt", "")))

    def end(self, tag: str) -> None:
        """End an element, by its own tag or because of others."""
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        self._break(is_wanted=True) if tag == "br" else self._around(tag)
        self._silent -= tag in _SILENT
        self._preformatted -= tag == "pre"
        if tag == "blockquote" and self._blocks:
            self._quotes -= self._blocks.pop()

    def data(self, text: str) -> None:
        """Append text; whitespace becomes a single blank, except where it is preformatted."""
        if self._silent > 0:
            return
        for _, words in self._links[-1:]:
            words.append(text)
        first, *others = text.split("\n") if self._preformatted > 0 else [text]
        self._pieces.append(first)
        for line in others:
            self._break(is_wanted=True)
            self._pieces.append(line)

    def close(self) -> None:
        """End the last line, and join all lines."""
        self._break()
        self.text = _GAP.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def _end_link(self, address: str, words: Sequence[str]) -> None:
        """Append a link's address behind its words, where they do not say it."""
        said = " ".join("".join(words)[:_LONGEST_WORDS].split())
        is_link = address.lower().startswith(_LINKS) and len(address) <= _LONGEST_LINK
        if self._silent <= 0 and is_link and not _says(said, address):
            self._pieces.append(f" ({_bare(address)})" if said else f"{_bare(address)} ")

    def _around(self, tag: str) -> None:
        """Separate words, lines or paragraphs where an element begins or ends."""
        if tag in _CELLS:
            self._pieces.append(" ")
        elif tag not in _INLINE and tag != "br":
            self._break()
        if tag in _PARAGRAPHS and self._lines and self._lines[-1].strip(QUOTE):
            self._break(is_wanted=True)

    def _break(self, *, is_wanted: bool = False) -> None:
        """End the line, if there is anything in it or an empty one is wanted."""
        written = "".join(self._pieces)
        line = written.rstrip() if self._preformatted > 0 else " ".join(written.split())
        self._pieces.clear()
        if line == _SIGNATURE and written[-1].isspace():
            line = f"{_SIGNATURE} "
        if line or is_wanted:
            self._lines.append(f"{QUOTE}{line}".rstrip() if self._quotes else line)


def _is_quote(attributes: Mapping[str, str]) -> bool:
    """Return whether mail programs quote with this element.

    With the same element, without a border, they indent what a person wrote.
    """
    is_named = "gmail_quote" in attributes.get("class", "")
    return attributes.get("type") == "cite" or (is_named and "border:none" not in attributes.get("style", ""))


def _is_divider(attributes: Mapping[str, str]) -> bool:
    """Return whether an element is the border above what Outlook quotes."""
    style = attributes.get("style", "")
    return style.startswith(_BORDER[0]) and _BORDER[1] in style[:200]


def _says(words: str, address: str) -> bool:
    """Return whether a link's words are its address, or an address that a mail server wrapped into its own to check who follows it."""
    said, meant = _compared(words), _compared(address)
    return said == meant or (len(said) > len("a.bc") and "." in said and " " not in said and f"//{said}" in meant)


def _compared(address: str) -> str:
    """Normalise an address for comparison, without what makes no difference to people."""
    return (
        unquote(_bare(address))
        .removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
        .rstrip("/")
        .lower()
    )


def _bare(address: str) -> str:
    """Return an address as people write it, without `mailto:` or `tel:`."""
    kind, _, rest = address.partition(":")
    return rest if kind.lower() in {"mailto", "tel"} else address


def _instead_of_a_picture(alternative: str) -> str:
    """Return the text in place of a picture: a sign as it is, words in brackets."""
    words = " ".join(alternative.split())[:_LONGEST_ALTERNATIVE]
    return f"[{words}]" if any(map(str.isalnum, words)) else words
