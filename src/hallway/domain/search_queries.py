"""What somebody types into a search: words, "phrases", and operators such as `from:lena before:2026-11-01`.

Nothing that is typed is wrong: what is no operator is words, and an operator that is still without its value counts for nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hallway.domain.segmentation import Word, read
from hallway.domain.text import query_key

MOST_PARTS = 10
"""Words and phrases of one query; what follows is not looked for."""
MOST_WORDS = 24
"""Words of one of its parts, of which a phrase has several, and a run of Han as many as letters."""
SHORTEST_BEGINNING = 3
"""Letters that a word must have to be looked for as a beginning of others."""

_QUOTES = dict.fromkeys(map(ord, "\u00ab\u00bb\u201c\u201d\u201e\u201f\u300c\u300d\u300e\u300f\uff02"), '"')
_TOKEN = re.compile(
    r"""(?P<operator>from|in|has|before)[:\uff1a](?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]*)) | "(?P<phrase>[^"]*)"? | (?P<words>[^\s"]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class Has(StrEnum):
    """What a message may be asked to have."""

    FILE = "file"


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand side by side in a text: of a phrase, of something typed without a space, or a single one.

    Each has to be there as it is, but for the last one, which may be another form or the beginning of a longer word unless
    the part `is_exact`. `key` is the search key of all that was typed for it.
    """

    words: Sequence[Word]
    key: str
    is_exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: all `parts`, from one of these people, in one of these chats, sent before a day.

    `text` is what was typed without its operators, by which people and chats are found.
    """

    parts: Sequence[Part] = ()
    senders: Sequence[str] = ()
    chats: Sequence[str] = ()
    has: frozenset[Has] = frozenset()
    before: date | None = None
    text: str = ""

    @property
    def has_operators(self) -> bool:
        """Whether it says more than words: then it can only be about messages."""
        return bool(self.senders or self.chats or self.has or self.before)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.parts and not self.has_operators


@dataclass(slots=True, kw_only=True)
class _Draft:
    parts: list[Part] = field(default_factory=list[Part])
    senders: list[str] = field(default_factory=list[str])
    chats: list[str] = field(default_factory=list[str])
    has: set[Has] = field(default_factory=set[Has])
    before: list[date] = field(default_factory=list[date])
    typed: list[str] = field(default_factory=list[str])


def parse(text: str) -> Query:
    """Read a query."""
    draft = _Draft()
    for token in _tokens(text.translate(_QUOTES)):
        if not (token["operator"] and _operates(draft, token)):
            _say(draft, token)
    return Query(
        parts=tuple(draft.parts[:MOST_PARTS]),
        senders=tuple(draft.senders),
        chats=tuple(draft.chats),
        has=frozenset(draft.has),
        before=min(draft.before, default=None),
        text=" ".join(draft.typed),
    )


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield what is typed, from left to right. An operator begins where a word does."""
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            at += 1
        else:
            yield token
            at = token.end()


def _operates(draft: _Draft, token: re.Match[str]) -> bool:
    """Note an operator with its value; false where it is none, and so a word."""
    value = (token["quoted"] or token["value"] or "").strip()
    match token["operator"].lower():
        case "from":
            draft.senders += [value] if query_key(value) else []
        case "in":
            draft.chats += [value] if query_key(value) else []
        case "has":
            known = value.lower() in set(Has)
            draft.has |= {Has(value.lower())} if known else set()
            return known or not value
        case _:
            day = _day(value)
            draft.before += [day] if day else []
            return day is not None or not value
    return True


def _day(value: str) -> date | None:
    """Return the day of `2026-11-05`, or the first one of `2026-11` or `2026`; None for anything else."""
    found = _DATE.fullmatch(value)
    try:
        return date(*(int(one or 1) for one in found.groups())) if found else None
    except ValueError:
        return None


def _say(draft: _Draft, token: re.Match[str]) -> None:
    phrase = token["phrase"]
    typed = token[0] if phrase is None else phrase
    key = query_key(typed)
    words = read(key).words[:MOST_WORDS]
    draft.typed.append(typed)
    if words:
        draft.parts.append(Part(words, key, is_exact=phrase is not None))
