"""The one analyser of search: by which terms a text is indexed, which terms a query asks for, and whether a text answers it.

The terms only choose candidates, always enough of them. Whether a message is found is decided by `answers`, on its text as it
is at that moment, so that an index which is behind or says too much shows nothing wrong.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby

from hallway.domain.excerpts import MOST_SPANS, Span, joined
from hallway.domain.messages import Message
from hallway.domain.search_queries import SHORTEST_BEGINNING, Part
from hallway.domain.segmentation import Reading, is_unit, read, terms_of_units, words
from hallway.usecases.messaging import stems

VERSION = 1
"""Counts up when the terms of any text change: then everything is indexed anew."""
ANALYSER = VERSION * 1_000 + stems.VERSION
MOST_REMEMBERED = 20_000
"""Words of which a query knows what they are to it."""
LONGEST_TERM = 40
"""Letters of a term; longer words are found by their beginning, and compared whole."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms of which a document must have at least one: any of `terms`, or one that begins with `beginning`."""

    terms: frozenset[str] = frozenset()
    beginning: str | None = None


def text_of(message: Message) -> str:
    """Return what a message is found by: its body, and the names of its files."""
    return "\n".join([message.body, *(one.name for one in message.files)]) if message.files else message.body


def terms_of(text: str) -> set[str]:
    """Return the terms by which a text is indexed: its words, their stems, and pairs of units."""
    found: set[str] = set()
    said = words(text)
    if text.isascii():
        return found.union(*map(_terms_of_word, set(said)))
    for is_run, group in groupby(said, is_unit):
        run = list(group)
        found.update(terms_of_units(run) if is_run else chain.from_iterable(map(_terms_of_word, run)))
    return found


@lru_cache(maxsize=50_000)
def _terms_of_word(word: str) -> Collection[str]:
    return tuple({word[:LONGEST_TERM], *stems.stems(word)})


def clauses(parts: Iterable[Part]) -> list[Clause]:
    """Return what a document must have, all of it, to be a candidate."""
    return list(dict.fromkeys(clause for part in parts for clause in _clauses(part)))


def _clauses(part: Part) -> Iterator[Clause]:
    last = part.words[-1]
    for is_run, group in groupby(part.words, lambda one: one.is_unit):
        run = list(group)
        if is_run:
            yield from _clauses_of_run([one.text for one in run])
        else:
            yield from (_clause(one.text, is_exact=part.is_exact or one is not last) for one in run)


def _clauses_of_run(units: Sequence[str]) -> Iterator[Clause]:
    if len(units) == 1:
        yield Clause(beginning=units[0])
    else:
        yield from (Clause(frozenset([pair])) for pair in terms_of_units(units)[:-1])


def _clause(word: str, *, is_exact: bool) -> Clause:
    if is_exact:
        return Clause(frozenset([word[:LONGEST_TERM]]))
    beginning = word[:LONGEST_TERM] if len(word) >= SHORTEST_BEGINNING else None
    return Clause(frozenset([word[:LONGEST_TERM], *stems.stems(word)]), beginning)


class Matcher:
    """Decides whether texts answer a query, and where; it remembers what each word is to the query."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Look for all of these parts."""
        self._parts = [_Wanted(part) for part in parts]

    def answers(self, text: str) -> bool:
        """Return whether a text has every part."""
        if not self._parts:
            return True
        said = words(text)
        return all(any(True for _ in part.matches(said)) for part in self._parts)

    def spans(self, text: str) -> Sequence[Span]:
        """Return where a text has the parts, from left to right; of a longer word only the beginning that was looked for."""
        reading = read(text)
        said = [one.text for one in reading.words]
        found = (part.span(reading, at) for part in self._parts for at in part.matches(said))
        return joined(text, sorted(found))[:MOST_SPANS]


class _Wanted:
    """A part of a query, compared with the words of texts."""

    def __init__(self, part: Part) -> None:
        *before, last = part.words
        self._before = [one.text for one in before]
        self._last = last.text
        self._stems = () if part.is_exact or last.is_unit else stems.stems(last.text)
        self._may_go_on = not part.is_exact and not last.is_unit and len(last.text) >= SHORTEST_BEGINNING
        self._known: dict[str, bool] = {}

    def matches(self, said: Sequence[str]) -> Iterator[int]:
        """Yield at which words of a text the part begins."""
        behind = len(self._before)
        for at, word in enumerate(said[behind:]):
            known = self._known.get(word)
            is_meant = self._is_meant(word) if known is None else known
            if is_meant and said[at : at + behind] == self._before:
                yield at

    def _is_meant(self, word: str) -> bool:
        is_form = any(mine == theirs for mine, theirs in zip(self._stems, stems.stems(word), strict=False))
        is_meant = is_form or word == self._last or (self._may_go_on and word.startswith(self._last))
        if len(self._known) < MOST_REMEMBERED:
            self._known[word] = is_meant
        return is_meant

    def span(self, reading: Reading, at: int) -> Span:
        first, last = reading.words[at], reading.words[at + len(self._before)]
        is_beginning = last.text.startswith(self._last)
        return reading.span(first.start, last.start + len(self._last) if is_beginning else last.end)
