"""How texts are compared, and which characters may stand in them: the same at every door and on every database."""

import re
from unicodedata import category, combining, normalize

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Controls other than tab and line end, and halves of letters: Unicode's categories Cc and Cs."""
_OVERRIDES = re.compile("[\u202d\u202e]")
"""They show what follows backwards, so that an address or a file's name reads as another one."""
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""In a name they turn around what stands beside it. Languages need them in no name; their marks (LRM, RLM) may stand."""
_BLANK = frozenset({"Cc", "Cs", "Zl", "Zp", "Zs"})
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2800\ufff9-\ufffc\U00013430-\U0001343f\U0001d159]"
)
"""Letters of which nothing is seen: Unicode's property Default_Ignorable_Code_Point, which `unicodedata` does not know, and
below it those that are drawn empty: the braille blank, anchors, hieroglyphs' joiners, the note without a head.

Not all of category Cf: the Arabic signs in it are seen. Nor Cn: a letter that is newer than this Python is seen, too.
"""


def fold(text: str) -> str:
    """`text` without case and combining marks, with single spaces, so that "tomas" finds Tomás.

    Marks go before they are taken apart, too: Unicode's normal forms sort them, in quadratic time.
    """
    bare = "".join(letter for letter in text.casefold() if not combining(letter))
    plain = "".join(letter for letter in normalize("NFKD", bare) if not combining(letter))
    return " ".join(plain.split())


def has_controls(text: str) -> bool:
    """Whether it has characters that cannot be shown in a text of several lines; PostgreSQL refuses some of them."""
    return _CONTROLS.search(text) is not None


def is_one_line(text: str) -> bool:
    """Whether it has no tab and no line end."""
    return "\t" not in text and "\n" not in text and _LINE_ENDS.search(text) is None


def turns_around(text: str) -> bool:
    """Whether it changes the direction in which what stands beside it is shown."""
    return _DIRECTIONS.search(text) is not None


def is_visible(text: str) -> bool:
    """Whether there is anything to see. A joiner or a selector may stand in a word, and alone it is nothing."""
    return any(category(letter) not in _BLANK and not _IGNORABLE.match(letter) for letter in text)


def has_invisible(text: str) -> bool:
    """Whether there is a letter in it that nobody sees: two texts that look the same would be two."""
    return _IGNORABLE.search(text) is not None


def cleaned(text: str) -> str:
    """A stranger's text as a message: lines and tabs stay, line ends are one kind, what cannot be shown goes."""
    return _OVERRIDES.sub("", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def cleaned_line(text: str) -> str:
    """A stranger's words on one line, which turn nothing around: a subject, a sender, a reason."""
    return " ".join(_DIRECTIONS.sub("", cleaned(text)).split())
