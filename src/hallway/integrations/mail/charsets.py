"""What mails are written in, read as browsers and mail programs mean it (WHATWG Encoding §4.2), and in nothing else.

Python knows encodings whose decoding is quadratic (punycode, IDNA) or runs a program's escapes; a sender chooses one by its
name. So only those are used that the standard names, and a few of older mail.
"""

import codecs
from collections.abc import Iterator

import webencodings

_MEANT = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
"""Smaller sets that programs name when they write in the larger one."""
_OF_MAIL = frozenset({
    *(f"cp{number}" for number in (437, 850, 852, 855, 1125)),
    *("utf-7", "hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_kr", "utf-32", "utf-32-le", "utf-32-be"),
})  # fmt: skip
"""Those that browsers do not read any more, and mail programs still write."""
_ALIASES = {"unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7", "utf8mb4": "utf-8"}
_NOT_READ = frozenset({"x-user-defined", "replacement"})
"""Names of the standard for what browsers show in no way, or as bytes."""
_WIDE = ("utf-16", "utf-32")
"""A text in these has a zero beside each of its line ends; programs name them that mean Unicode."""
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_LONGEST_NAME = 40
_MOST_BROKEN = 50
"""Of so many letters one may be broken: a text that was cut, or changed on its way, is still in what it says."""
_NO_LEADS = bytes(range(0xC2))
_USUAL_LEADS = frozenset(b"\xc2\xc3\xe2\xf0")
"""How letters of Western Europe, signs and pictures begin in UTF-8."""


def decoded(content: bytes, charset: str) -> str:
    """Decode a text by its charset; where that is wrong, as UTF-8, or else as what its letters look like."""
    meant = _codec(charset)
    is_wide = meant is not None and meant.startswith(_WIDE)
    return next(_readings(content, None if is_wide and b"\0" not in content else meant)).removeprefix("\ufeff")


def _readings(content: bytes, meant: str | None) -> Iterator[str]:
    """Yield possible decodings, the likeliest first."""
    utf_8 = _read(content, "utf-8")
    if utf_8 is not None and (meant is None or (meant in _WESTERN and _is_surely_utf_8(content))):
        yield utf_8
    exact = _read(content, meant) if meant else None
    if exact is not None:
        yield exact
    for likely in filter(None, (meant, "utf-8")):
        text = content.decode(likely, "replace")
        if text.count("\ufffd") * _MOST_BROKEN <= len(text):
            yield text
    yield utf_8 or content.decode("cp1251" if _is_mostly_beyond_ascii(content) else "cp1252", "replace")


def _read(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _codec(charset: str) -> str | None:
    """Return Python's codec for the charset that a mail names; None for an unknown name."""
    name = charset.strip(" \t'\"").lower()[:_LONGEST_NAME]
    known = webencodings.lookup(name)
    if known is not None and known.name not in _NOT_READ:
        return _MEANT.get(known.codec_info.name, known.codec_info.name)
    try:
        other = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    other = _MEANT.get(other, other)
    return other if other in _OF_MAIL or webencodings.lookup(other) else None


def _is_surely_utf_8(content: bytes) -> bool:
    """Return whether a text that can be read as UTF-8 surely is: it has at least two of its letters, or a usual one.

    `Spaß…` in Western letters can be read as UTF-8, too.
    """
    leads = content.translate(None, _NO_LEADS)
    return len(leads) > 1 or not _USUAL_LEADS.isdisjoint(leads)


def _is_mostly_beyond_ascii(content: bytes) -> bool:
    """Return whether at least half of the letters are beyond ASCII, as in a script other than Latin."""
    within = content.decode("ascii", "ignore")
    return len(content) - len(within) >= sum(map(str.isalpha, within))
