"""The words of a text, as they are searched for: folded as a search key is, each with where the text has it.

Scripts that put no spaces between words are read letter by letter: each of their letters is a word of its own, here called a
*unit*, and so is a sign, an emoji above all. A Hangul syllable is one unit, and kana is one with its voicing, in whichever form they are written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hallway.domain.text import plain, plain_letters

_UNITS = (
    "\u0e00-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u3098\u309b-\u30fa\u30fc-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, kana, bopomofo and Han."""
_SYLLABLES = "\u1100-\u115f\ua960-\ua97c"
"""The consonants with which a Hangul syllable begins; a search key has its letters apart."""
_SIGNS = "\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001fbff"
"""Arrows, shapes and emoji, without the tones of skin."""
_MARKED = "\u0900-\u0963\u0966-\u096f\u0971-\u0dff\u1700-\u177f\u1900-\u1cff\ua800-\ua95f\ua980-\uabff"
"""Scripts of India and beside it, whose vowels are marks and yet letters of a word."""
_ASCII_WORD = re.compile("[a-z0-9]+")
_SPACED_WORD = re.compile(r"[^\W_]+")
_OTHERS = re.compile("[^\x00-\u08ff\u2000-\u206f]")
"""Letters beside the alphabets from Latin to Arabic and their punctuation. Most texts have none, and are read in a third of the time."""
_WORD = re.compile(
    f"[{_SYLLABLES}][\u1160-\u11ff\ud7b0-\ud7ff]*|[{_UNITS}][\u3099\u309a]?|[{_SIGNS}]"
    f"|(?:(?![{_UNITS}{_SYLLABLES}{_SIGNS}])[^\\W_]|[{_MARKED}])+"
)
_UNIT = re.compile(f"[{_SYLLABLES}{_UNITS}{_SIGNS}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as a search key has it, and from which letter of the key up to which."""

    text: str
    start: int
    end: int
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text in their order, and for each letter of its key the character that it comes from."""

    words: Sequence[Word]
    sources: Sequence[int]

    def span(self, first: int, behind: int) -> tuple[int, int]:
        """Return the characters of the text in which these letters of the key stand, up to the one behind them."""
        return self.sources[first], self.sources[behind - 1] + 1


def read(text: str) -> Reading:
    """Read a text word by word."""
    if text.isascii():
        return Reading([Word(one[0], *one.span()) for one in _ASCII_WORD.finditer(text.lower())], range(len(text)))
    letters: list[str] = []
    sources: list[int] = []
    for source, folded in enumerate(plain_letters(text)):
        letters += folded
        sources += [source] * len(folded)
    return Reading(list(_words("".join(letters))), sources)


def _words(key: str) -> Iterator[Word]:
    return (Word(one[0], *one.span(), is_unit=is_unit(one[0])) for one in _WORD.finditer(key))


def words(text: str) -> list[str]:
    """Return the words of a text alone, in their order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    key = plain(text)
    return (_WORD if _OTHERS.search(key) else _SPACED_WORD).findall(key)


def is_unit(word: str) -> bool:
    """Return whether a word of a key is a unit: a letter of a script without spaces, or a sign."""
    return _UNIT.match(word) is not None


def terms_of_units(units: Sequence[str]) -> list[str]:
    """Return by which terms a run of units is found: each with the next one, and the last alone."""
    return [*map("".join, pairwise(units)), *units[-1:]]
