"""What mails are written in, read as mail programs mean it (WHATWG Encoding §4.2), and in nothing else.

Python knows encodings whose decoding is quadratic (punycode, IDNA) or runs a program's escapes; a sender chooses one by its
name. So only those on this list are used.
"""

import codecs

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
_ALIASES = {"iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "x-sjis": "cp932", "unicode-1-1-utf-7": "utf-7"}
_KNOWN = frozenset({
    *(f"cp{number}" for number in (437, 850, 852, 855, 866, 874, 932, 949, *range(1250, 1259))),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
    *("gb18030", "hz", "big5hkscs", "euc_jp", "iso2022_jp", "iso2022_kr"),
})  # fmt: skip
_ASCII = "ascii"
_LONGEST_NAME = 40


def decoded(content: bytes, charset: str) -> str:
    """A text in its charset; one that does not say rightly, as UTF-8 or else Windows-1251."""
    meant = _codec(charset)
    for encoding in ("utf-8", "cp1252") if meant == _ASCII else (meant, "utf-8", "windows-1251"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return content.decode("utf-8", "replace")


def _codec(charset: str) -> str:
    """The codec for what a mail names; UTF-8 for what is not known."""
    try:
        name = codecs.lookup(_ALIASES.get(charset.strip().lower(), charset.strip())[:_LONGEST_NAME]).name
    except (LookupError, ValueError):
        return "utf-8"
    name = _MEANT.get(name, name)
    return name if name in _KNOWN or name == _ASCII else "utf-8"
