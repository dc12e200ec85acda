"""How texts are compared, and which characters may stand in them: the same at every door and on every database."""

import re
from collections.abc import Iterator, Mapping
from unicodedata import category, combining, decimal, lookup, name, normalize

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Controls other than tab and line end, halves of letters (Unicode's categories Cc and Cs), and what Unicode says will never
be a character, which no XML may hold.
"""
_OVERRIDES = re.compile("[\u202d\u202e]")
"""They show what follows backwards, so that an address or a file's name reads as another one."""
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""In a name they turn around what stands beside it. Languages need them in no name; their marks (LRM, RLM) may stand."""
_BLANK = frozenset({"Cc", "Cs", "Zl", "Zp", "Zs"})
_ASCII_BLANKS = "".join(letter for letter in map(chr, range(128)) if category(letter) in _BLANK)
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2800\ufff9-\ufffc\U00013430-\U0001343f\U0001d159]"
)
"""Letters of which nothing is seen: Unicode's property Default_Ignorable_Code_Point, which `unicodedata` does not know, and
below it those that are drawn empty: the braille blank, anchors, hieroglyphs' joiners, the note without a head.

Not all of category Cf: the Arabic signs in it are seen. Nor Cn: a letter that is newer than this Python is seen, too.
"""

_APOSTROPHES = "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\u2018\u2019\u201a\u201b\u2032\u2035\ua78c"
_QUOTES = "\u00ab\u00bb\u02ba\u05f4\u201c\u201d\u201e\u201f\u2033\u2036\u301d\u301e\u301f"
_SAME: Mapping[str, str] = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys("\u02d7\u2043\u2212", "-"),
    **dict.fromkeys("\u2800", " "),
    **dict(zip("ıȷðŋə", "ijdne", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    **dict(zip("өүұ", "оуу", strict=True)),
    **dict.fromkeys("ـء", ""),
    **dict.fromkeys("ىی", "ي"),
    **dict.fromkeys("ةۃہھە", "ه"),
    **dict(zip("ٱک", "اك", strict=True)),
}
"""Letters and signs that people type for each other, where Unicode's data does not say so."""
_SPELLING = frozenset({0, 8, 9})
"""Combining classes of marks without which a word is another one: the voicing of kana, and viramas."""
_MOST_REMEMBERED = 20_000
"""Letters; there are more than a million code points."""
BEFORE_WORDS = " -'"
"""What stands before a word of a name, in its search key: Brien is found in O'Brien, and Luc in Jean-Luc."""
_LONGEST_QUERY, _MOST_WORDS = 200, 10
_LONGEST_NAME_KEY = 300
_LONGEST_NAME = 1_000
"""Characters. Unicode's normal forms sort marks in quadratic time, and nobody has a longer name."""


class _Plain(dict[int, str]):
    """What each letter is in a search key, by code point; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < _MOST_REMEMBERED:
            self[code] = plain
        return plain


_PLAIN = _Plain()


def search_key(text: str) -> str:
    """Return `text` as it is searched for: what looks the same, or differs in what people leave out when they type, is the same.

    Case, accents and other marks, Arabic vowel signs, hamza and tatweel, width, kinds of digits, apostrophes, quotes and
    hyphens, letters that are not shown, and kinds of spaces and line ends do not count. It only finds: whether two names
    are the same is for `identity_key`.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    return " ".join(text.translate(_PLAIN).split())


def name_key(name: str) -> str:
    """Return the search key of a name, by which lists of people are sorted, too. A letter may stand for eighteen, and a cursor carries
    the whole key: it ends after as many as any real name has.
    """
    return search_key(name)[:_LONGEST_NAME_KEY].rstrip()


def query_key(query: str) -> str:
    """Return the search key of what somebody looks for, bounded again once it is one: a letter may stand for eighteen."""
    return search_key(query)[:_LONGEST_QUERY].rstrip()


def query_words(query: str) -> list[str]:
    """Return the words of what somebody looks for, each once: as many as are worth a condition each."""
    return list(dict.fromkeys(query_key(query).split()))[:_MOST_WORDS]


def is_found_in_lower_case(text: str) -> bool:
    """Return whether the search key is simply the lower case of ASCII: asked of every message, and answered without making the key."""
    is_plain = text.isascii() and text.isprintable() and "  " not in text and "`" not in text
    return is_plain and text[:1] != " " and text[-1:] != " "


def plain(text: str) -> str:
    """Return the letters of a text as its search key has them, with its spaces as they are."""
    return text.translate(_PLAIN)


def plain_letters(text: str) -> Iterator[str]:
    """Return what each character of a text is in its search key: any number of letters, or none; a space for every space."""
    return (_PLAIN[ord(letter)] for letter in text)


def _plain(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter in _SAME:
        return _SAME[letter]
    kind = category(letter)
    if kind in {"Cs", "Me"} or combining(letter) not in _SPELLING or _IGNORABLE.match(letter):
        return ""
    if kind == "Pd":
        return "-"
    if kind == "Nd":
        return str(decimal(letter))
    parts = normalize("NFKD", letter.casefold())
    return "".join(map(_plain, parts)) if parts != letter else _without_mark(letter)


def _without_mark(letter: str) -> str:
    """Return a letter without its mark, by its name (LATIN SMALL LETTER O WITH STROKE): no normal form takes ø, ł, đ or қ apart."""
    bare, has_mark, _ = name(letter, "").partition(" WITH ")
    if not has_mark or " LETTER " not in bare:
        return letter
    try:
        return _plain(lookup(bare))
    except KeyError:
        return letter


def identity_key(text: str) -> str:
    """Return `text` as names are told apart: the case does not count, nor whether an accent is a letter's part or follows it.

    Accents count: Müller and Muller are two. Logins, addresses, departments and courses are one where their keys are equal.
    """
    if text.isascii() or len(text) > _LONGEST_NAME:
        return text.casefold()
    return normalize("NFC", normalize("NFD", text).casefold())


def has_controls(text: str) -> bool:
    """Return whether a text has characters that cannot be shown in a text of several lines; PostgreSQL refuses some of them.

    Asked of every message: most are of one line, and Python tells at once that all of it can be printed.
    """
    return not text.isprintable() and _CONTROLS.search(text) is not None


def is_one_line(text: str) -> bool:
    """Return whether it has no tab and no line end."""
    return "\t" not in text and "\n" not in text and _LINE_ENDS.search(text) is None


def turns_around(text: str) -> bool:
    """Return whether it changes the direction in which what stands beside it is shown."""
    return _DIRECTIONS.search(text) is not None


def is_visible(text: str) -> bool:
    """Return whether there is anything to see. A joiner or a selector may stand in a word, and alone it is nothing."""
    if text.isascii():
        return text.strip(_ASCII_BLANKS) != ""
    return any(category(letter) not in _BLANK and not _IGNORABLE.match(letter) for letter in text)


def has_invisible(text: str) -> bool:
    """Return whether there is a letter in it that nobody sees: two texts that look the same would be two."""
    return _IGNORABLE.search(text) is not None


def cleaned(text: str) -> str:
    """Clean a stranger's text for a message: lines and tabs stay, line ends are one kind, what cannot be shown goes."""
    return _OVERRIDES.sub("", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def cleaned_line(text: str) -> str:
    """Clean a stranger's words to one line, which turn nothing around: a subject, a sender, a reason."""
    return " ".join(_DIRECTIONS.sub("", cleaned(text)).split())
