"""Stems: what the forms of a word have in common, by Snowball's algorithms in C.

A word does not say its language. It is stemmed in each language of its script, and two words are forms of one where any of
these languages says so.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import local
from typing import Protocol

import Stemmer

VERSION = 1
"""Counts up when the stems of any word change, as with another release of the library: then everything is indexed anew."""
SHORTEST, LONGEST = 3, 40
"""Letters of the words that have stems."""

MOST_ENDINGS = 3
"""How often a word is stemmed."""

_SCRIPTS = (
    (re.compile("[a-z]+"), ("english", "german", "french", "spanish")),
    (re.compile("[\u0400-\u052f]+"), ("russian",)),
    (re.compile("[\u0620-\u06ff]+"), ("arabic",)),
)


class _Stemmer(Protocol):
    """What the library, which has no types, makes of a language's name."""

    def stemWord(self, word: str, /) -> str: ...  # noqa: N802 - the library's name


_new_stemmer: Callable[[str, int], _Stemmer] = Stemmer.Stemmer  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


class _Stemmers(local):
    """The stemmers of a thread, which no other thread may use at the same time."""

    def __init__(self) -> None:
        """Load the algorithms, without a memory of their own."""
        self.of = [(script, [_new_stemmer(name, 0) for name in names]) for script, names in _SCRIPTS]


_STEMMERS = _Stemmers()


@lru_cache(maxsize=50_000)
def stems(word: str) -> Sequence[str]:
    """Return the stem of a folded word in each language of its script; none for what has no stems."""
    if SHORTEST <= len(word) <= LONGEST:
        for script, stemmers in _STEMMERS.of:
            if script.fullmatch(word):
                return tuple(_stem(one, word) for one in stemmers)
    return ()


def _stem(stemmer: _Stemmer, word: str) -> str:
    """Stem again what still has an ending: the rules take one off at a time, and leave another one where two were."""
    for _ in range(MOST_ENDINGS):
        shorter = stemmer.stemWord(word)
        if shorter == word:
            break
        word = shorter
    return word
