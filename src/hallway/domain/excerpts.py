"""Where a text that was found says it, and the part of it around the first match."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining

from hallway.domain.text import plain_letters, query_words

MOST_SPANS = 100
"""Places that are marked in one text."""
BEFORE = 32
"""Characters that an excerpt shows before the first match, at most."""
LENGTH = 140
"""Characters of an excerpt: two lines on a phone."""

Span = tuple[int, int]
"""From this character (a Unicode code point) up to that one, which is not part of it."""

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text on one line, with an ellipsis where it was cut, and the spans of its matches."""

    text: str
    spans: Sequence[Span]


def spans(text: str, key: str) -> list[Span]:
    """Find where the search key of the text contains `key`, from left to right; a letter's marks belong to it."""
    return _spans(text, _key_with_sources(text), key)


def _spans(text: str, keyed: tuple[str, list[int]], key: str) -> list[Span]:
    letters, sources = keyed
    found: list[Span] = []
    at = letters.find(key) if key else -1
    while at >= 0 and len(found) < MOST_SPANS:
        end = sources[at + len(key) - 1] + 1
        found.append((sources[at], _with_marks(text, end)))
        at = letters.find(key, bisect_left(sources, end))
    return found


def spans_of_words(name: str, text: str) -> list[Span]:
    """Find where a name has the words of a text, each once: at the beginning of one of its words, where it can be."""
    letters = _key_with_sources(name)
    found = [one for word in query_words(text) if (one := _span_of_word(name, letters, word))]
    return joined(name, sorted(found))


def joined(text: str, found: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap, which are given from left to right; a letter's marks belong to it."""
    apart: list[Span] = []
    for start, end in found:
        before = apart.pop() if apart and start <= apart[-1][1] else None
        if before is None:
            apart.append((start, _with_marks(text, end)))
        else:
            apart.append((before[0], max(before[1], _with_marks(text, end))))
    return apart


def _span_of_word(name: str, keyed: tuple[str, list[int]], word: str) -> Span | None:
    found = _spans(name, keyed, word)
    begins = (one for one in found if not one[0] or not name[one[0] - 1].isalnum())
    return next(begins, found[0] if found else None)


def _key_with_sources(text: str) -> tuple[str, list[int]]:
    """Return the search key of a text, and for each of its letters which character of the text it comes from."""
    letters: list[str] = []
    sources: list[int] = []
    for source, plain in enumerate(plain_letters(text)):
        for letter in plain:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                sources.append(source)
    return "".join(letters), sources


def _with_marks(text: str, end: int) -> int:
    while end < len(text) and combining(text[end]):
        end += 1
    return end


def excerpt(text: str, found: Sequence[Span]) -> Excerpt:
    """Return the text around its first match, which is never cut, or its beginning."""
    line = _SPACE.sub(" ", text)
    start, end = _bounds(line, *(found[0] if found else (0, 0)))
    before, after = "… " if start else "", " …" if end < len(line) else ""
    inside = [(one - start + len(before), other - start + len(before)) for one, other in found if other <= end]
    return Excerpt(before + line[start:end] + after, inside)


def _bounds(line: str, first: int, last: int) -> Span:
    """Return the bounds of an excerpt, between words where there are any nearby."""
    start = max(0, first - BEFORE)
    if start:
        start = next((at + 1 for at in _spaces(line, start - 1, first)), _with_marks(line, start))
    end = max(last, start + LENGTH)
    if end < len(line):
        end = _with_marks(line, next((at for at in reversed(list(_spaces(line, last, end + 1)))), end))
    return start, min(end, len(line))


def _spaces(line: str, start: int, end: int) -> Iterator[int]:
    return (at for at in range(start, min(end, len(line))) if line[at] == " ")
