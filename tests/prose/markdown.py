"""Prose in Markdown: what is code, an address or a word that is only mentioned becomes blank, and stays as long as it was."""

import re

_NOT_PROSE = (
    re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE),  # code on lines of its own
    re.compile(r"(`+).+?\1", re.DOTALL),  # code in a line
    re.compile(r"<!--.*?-->|<[^>\n]+>", re.DOTALL),  # comments, tags, addresses
    re.compile(r"(?<=\])\([^)\n]*\)"),  # where a link leads
    re.compile(r"(?<![*\w])\*[^*\n]+\*(?![*\w])"),  # a word in italics is mentioned, or stands on the screen
)


def prose(markdown: str) -> str:
    """The sentences of a page, each where it stood."""
    for pattern in _NOT_PROSE:
        markdown = pattern.sub(_blank, markdown)
    return markdown


def _blank(found: re.Match[str]) -> str:
    """A mark for each character, so that what stands before and behind does not touch."""
    return re.sub(r"[^\n]", "·", found[0])
