"""In which encoding a text file is, and which others it may be in: wrong letters are worse than a question.

UTF-8 and UTF-16 say so themselves. Of the encodings before them chardet tells how likely each is, by the words that are
not ASCII. A reading is dropped when it mixes scripts in a word, has signs in the middle of one, or takes its letters from
several languages. What is left decides only where it is much likelier than every other text that it could be.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from re import compile as pattern

import chardet

UNICODE: Mapping[str, str] = {"utf-8": "utf-8-sig", "utf-16": "utf-16"}
AUTOMATIC: Mapping[str, str] = {
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "koi8-r": "koi8-r",
    "ibm866": "cp866",
}
"""Encodings that are decided on without a question, by their names on the web, with Python's names."""
OFFERED: Mapping[str, str] = {
    **AUTOMATIC,
    "windows-1258": "cp1258",
    "windows-874": "cp874",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ce": "mac-latin2",
    "ibm850": "cp850",
    "ibm852": "cp852",
    "iso-8859-5": "iso8859-5",
    "gb18030": "gb18030",
    "big5": "big5",
    "shift_jis": "cp932",
    "euc-jp": "euc-jp",
    "euc-kr": "cp949",
}
"""All that somebody may choose from."""
KNOWN: Mapping[str, str] = {**UNICODE, **OFFERED}

MARGIN, MARGIN_OF_LATIN, MARGIN_OF_ONE_WORD = 1.25, 1.4, 2.0
"""How many times likelier than each other text one must be: Latin letters are in most encodings."""
USUAL = 1.25
"""By how much windows-1252 is likelier than the detector thinks: most files of older programs are in it."""
RARE = 0.6
"""The same for Cyrillic letters that few languages have, and that other encodings make of capital letters."""
MOST_WORDS, MOST_BYTES = 2_000, 60_000
"""What is looked at of a file."""
MOST_READINGS = 6

_CALLED = {"euc_jis_2004": "euc-jp", "big5hkscs": "big5", "shift_jis_2004": "cp932"}
"""What the detector calls some of them: larger sets, which files seldom are in."""
_BETWEEN = pattern(rb'[\x00-\x20,;"]+')
_WITHIN = frozenset("’‘ʼ–—…·׳״،؛؟-'")
_OPENING, _CLOSING = frozenset("«“„‹"), frozenset("»”›")
_RARE = frozenset("ђѓљњќћџѕј")
_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçèéêëîïôœùûüÿ",  # French
        "äöüß",  # German
        "áéíñóúüçºª",  # Spanish
        "áâãàçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "åäöéàü",  # Swedish, Finnish
        "æøåéòôü",  # Danish, Norwegian
        "áðéíóúýþæö",  # Icelandic
        "áéëïóöüèê",  # Dutch
        "àçèéíïòóúü",  # Catalan
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovene, Serbian
        "ăâîşţșț",  # Romanian
        "ëç",  # Albanian
        "çğıi\u0307öşüâîû",  # Turkish
        "ąčęėįšųūž",  # Lithuanian
        "āčēģīķļņšūž",  # Latvian
        "äõöüšž",  # Estonian
    )
)
"""Small letters beyond ASCII: a file in one language has those of one of these."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a file: the encoding, and the words in question as they would be then."""

    encoding: str
    text: str
    likelihood: float


def mark_of(content: bytes) -> str | None:
    """Return the encoding that a file's byte order mark names, or None."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    return "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def decided(content: bytes) -> str | None:
    """Decide the encoding of a file that is not in UTF-8 and has no mark; None where that is in doubt."""
    words = _words(content)
    possible = _readings(words)
    likely = [one for one in possible if _is_of_one_language(one.text)]
    if not likely or likely[0].encoding not in AUTOMATIC:
        return None
    best = likely[0]
    if len(words) == 1 and _is_latin(best.text):  # too little for any likelihood
        is_sure = all(one is best or one.encoding not in AUTOMATIC for one in possible)
    else:
        margin = MARGIN_OF_LATIN if _is_latin(best.text) else MARGIN if len(words) > 1 else MARGIN_OF_ONE_WORD
        is_sure = all(best.likelihood >= margin * one.likelihood for one in likely[1:])
    return best.encoding if is_sure else None


def readings(content: bytes) -> Sequence[Reading]:
    """Return the ways to read a file, the likeliest first, each as another text; never an empty list."""
    words = _words(content)
    likely = sorted(_readings(words), key=lambda one: (not _is_of_one_language(one.text), -one.likelihood))
    return likely[:MOST_READINGS] or [*islice(_decoded(words), MOST_READINGS)]


def _words(content: bytes) -> Sequence[bytes]:
    """Collect the different words that are not ASCII, in their order."""
    found: dict[bytes, None] = {}
    size = 0
    for word in _BETWEEN.split(content):
        if not word.isascii() and word not in found:
            size += len(word)
            if size > MOST_BYTES or len(found) == MOST_WORDS:
                break
            found[word] = None
    return [*found]


def _readings(words: Sequence[bytes]) -> Sequence[Reading]:
    """Return the readings in which every word is possible, the likeliest first."""
    return [one for one in _decoded(words) if not any(map(_is_odd, one.text.split()))]


def _decoded(words: Sequence[bytes]) -> Iterator[Reading]:
    """Decode the words into every different text that they may be, the likeliest first."""
    sample = b" ".join(words)
    likelihoods = {
        _CALLED.get(str(one["encoding"]), str(one["encoding"])): one["confidence"]
        for one in chardet.detect_all(
            sample, ignore_threshold=True, include_encodings=list(OFFERED.values()), compat_names=False
        )
    }
    best: dict[str, Reading] = {}
    for name, codec in OFFERED.items():
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        found = Reading(name, text, likelihoods.get(codec, 0.0) * _prior(name, text))
        if text not in best or best[text].likelihood < found.likelihood:
            best[text] = found
    yield from sorted(best.values(), key=lambda one: -one.likelihood)


def _prior(name: str, text: str) -> float:
    if name == "windows-1252":
        return USUAL
    return RARE if not _RARE.isdisjoint(text.lower()) else 1.0


def _is_odd(word: str) -> bool:
    """Return whether no language has such a word."""
    scripts: set[str] = set()
    before = " "
    for index, letter in enumerate(word):
        after = word[index + 1 : index + 2]
        if letter.isascii():
            scripts |= {"LATIN"} if letter.isalpha() else set()
        elif _is_out_of_place(letter, before, after):
            return True
        elif letter.isalpha():
            scripts.add(_script(letter))
        before = letter
    return len(scripts) > 1


def _is_out_of_place(letter: str, before: str, after: str) -> bool:
    kind = unicodedata.category(letter)
    if kind == "Lu":
        return before.isalpha() and (before.islower() or after.islower())
    if kind[0] == "L" or letter in _WITHIN:
        return False
    if kind[0] == "M":
        return before == " "
    if letter in _OPENING:
        return before.isalpha()
    return letter not in _CLOSING or after.isalpha()


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "?").partition(" ")[0].partition("-")[0]
    return "CJK" if name in {"HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "HALFWIDTH", "FULLWIDTH"} else name


def _is_latin(text: str) -> bool:
    return any(not one.isascii() and one.isalpha() and _script(one) == "LATIN" for one in text)


def _is_of_one_language(text: str) -> bool:
    """Return whether all Latin letters beyond ASCII are in the alphabet of a single language."""
    used = {one for one in text.lower() if not one.isascii() and one.isalpha() and _script(one) == "LATIN"}
    return any(used <= alphabet for alphabet in _ALPHABETS)
