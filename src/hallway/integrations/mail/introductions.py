"""What mail programs write above a text that they quote: a line with a date and a name, or a block of headers.

Programs speak their person's language, so words tell little. What tells is what no program leaves out: a date or an address,
a colon at the end, and a quote below. A person's own sentence may have one of them, and hardly ever all.
"""

import re
from collections.abc import Mapping, Sequence

from hallway.integrations.mail.headings import BEGUN, FORWARDED, VERBS, heading, shown

_LONGEST = 500
"""Characters of an introduction."""
_MOST_LINES, _MOST_BLANK = 4, 5
"""Lines of an introduction, and blank ones between it and its quote."""
_LONGEST_BLOCK, _MOST_BETWEEN, _LONGEST_WARNING = 24, 2, 8
"""Lines of a block of headers, between two of them, and of the warning of a mail server below them."""
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]{1,100}@[^\s<>()\[\],;:\"]{1,100}")
_NUMBER = re.compile(r"\d{1,20}")
_CLOCK = re.compile(r"\d[.:/-]\d")
_FIRST_YEAR, _LAST_YEAR, _DIGITS = 1380, 2650, 4
"""Of the calendars that mail programs write, Persia's and Thailand's among them."""
_FEWEST_NUMBERS = 3
"""In a date without a year."""
_ENDS = (":", "--", "—")
_DAY = re.compile(r"\s\d{1,2}\.$")
_RUNS_ON = (",", "،", "，", "、", "<", "＜", "(")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "؟", "…", ":")
_BROKEN_BEHIND = 40
"""Characters behind which programs break a line; a shorter one without a comma was ended by its person."""
_MOST_NAMES, _MOST_BEHIND_A_NAME, _MOST_BEHIND_AN_ADDRESS = 8, 3, 8
"""Words before an address, and behind it without a date and with one."""
_PARTICLES = frozenset({
    *("af", "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "e", "el", "la", "le", "och"),
    *("of", "og", "the", "und", "van", "von", "y", "zu", "zum"),
})  # fmt: skip
"""Words of names in small letters."""
_OWN = re.compile(r"\b(?:i|we) (?:wrote|write)\b|\bschrieb(?:en)? (?:ich|wir|sie)\b|\bя (?:на)?писала?\b")
_SIGNS, _FEWEST_SIGNS = "-_=*—– \t", 4
_WHOLE = frozenset({"from", "date", "to", "subject"})


def above(lines: Sequence[str], quote: int, *, floor: int = 0) -> int:
    """Return the line where the introduction of the quote at line `quote` begins, not above `floor`; `quote` if it has none."""
    begin = _line_above(lines, quote, floor)
    is_block = begin == quote and (begin := _block_above(lines, quote, floor)) < quote
    return _divider_above(lines, begin, floor, is_any=is_block)


def surely_begins(lines: Sequence[str], start: int) -> int | None:
    """Find where an unmarked quote surely begins, from `start` on: at a whole block of headers, or a line with all that programs write."""
    begin = next((at for at in range(start, len(lines)) if _surely_introduces(lines, at)), None)
    return None if begin is None else _divider_above(lines, begin, start, is_any=heading(lines[begin]) is not None)


# A line with a date and a name.


def _line_above(lines: Sequence[str], quote: int, floor: int) -> int:
    """Find an introduction in a line, or in the few into which it was broken: as few as say most of when and who."""
    last = _last_above(lines, quote, floor)
    begin, known = quote, 0
    for first in range(last, max(floor, last - _MOST_LINES + 1) - 1, -1):
        if first < last and not _runs_on(lines[first], lines[first + 1]):
            break
        words = _joined(lines[first : last + 1])
        is_joint = first == last or _has_time(words) or _is_nothing_but_a_verb(lines[last])
        if is_joint and _introduces(words) and _known(words) > known:
            begin, known = first, _known(words)
    return begin


def _last_above(lines: Sequence[str], quote: int, floor: int) -> int:
    """Return the last line above a quote that is not blank, if it is near; else -1."""
    lowest = max(floor, quote - 1 - _MOST_BLANK)
    return next((at for at in range(quote - 1, lowest - 1, -1) if lines[at].strip()), -1)


def _runs_on(line: str, following: str) -> bool:
    """Return whether a program may have broken a line here: at an address, behind a comma, or where it became too long."""
    line = line.strip()
    if following.lstrip().startswith("<") or (line.startswith("<") and line.endswith(">")):
        return bool(line)
    is_ended = line.endswith(_SENTENCE_ENDS) and _DAY.search(line[-4:]) is None
    return line.endswith(_RUNS_ON) or (len(line) >= _BROKEN_BEHIND and not is_ended)


def _joined(lines: Sequence[str]) -> str:
    return shown(" ".join(line[:_LONGEST] for line in lines))


def _introduces(words: str) -> bool:
    """Return whether a line says who wrote when: a colon or a dash at its end, and a date, an address, or both."""
    if not words.endswith(_ENDS) or len(words) > _LONGEST or _OWN.search(words.casefold()):
        return False
    address = _ADDRESS.search(words)
    if address is None:
        return _is_dated(words) and _has_verb(words)
    before, behind = words[: address.start()], words[address.end() :]
    if _is_dated(f"{before} {behind}"):
        return _count(behind) <= _MOST_BEHIND_AN_ADDRESS
    is_introduced = before.endswith("<") and _has_verb(behind) and len(before.split()) <= _MOST_NAMES
    return (is_introduced or _is_name(before, words)) and _count(behind) <= _MOST_BEHIND_A_NAME


def _known(words: str) -> int:
    """Count which of an address and a date the words have."""
    return (_ADDRESS.search(words) is not None) + _is_dated(_ADDRESS.sub(" ", words))


def _is_dated(words: str) -> bool:
    """Return whether the words have a year and another number, or a day and a time."""
    numbers = _NUMBER.findall(words)
    is_year = any(len(one) == _DIGITS and _FIRST_YEAR <= int(one) <= _LAST_YEAR for one in numbers)
    return len(numbers) > is_year >= 1 or (len(numbers) >= _FEWEST_NUMBERS and _CLOCK.search(words) is not None)


def _has_time(words: str) -> bool:
    """Return whether the words have a time of day, or a date in numbers: so no sentence is joined with the line behind it."""
    return _CLOCK.search(_ADDRESS.sub(" ", words)) is not None


def _is_nothing_but_a_verb(line: str) -> bool:
    """Return whether a line says `wrote:` alone, or `a écrit :`."""
    return len(line.split()) <= _MOST_BEHIND_A_NAME and _has_verb(shown(line[:_LONGEST])) and not line[:1].isupper()


def _has_verb(words: str) -> bool:
    return any(verb in words.casefold() for verb in VERBS)


def _is_name(before: str, words: str) -> bool:
    """Return whether only a name stands before an address, as far as a script has capitals to tell; else a verb must be there."""
    names = [one.strip("\"'“”„«»()<[]-,") for one in before.split()]
    is_capital = all(not one[:1].islower() or one.casefold() in _PARTICLES for one in names)
    may_be_one = not names or any(one[:1].isupper() for one in names) or _has_verb(words)
    return len(names) <= _MOST_NAMES and is_capital and may_be_one


def _count(text: str) -> int:
    """Count words: no numbers, no signs and no parts of an address."""
    return sum(one[:1].isalpha() and "@" not in one for one in text.split())


# A block of headers.


def _block_above(lines: Sequence[str], quote: int, floor: int) -> int:
    """Find the headers above a quote; below them there may be a mail server's warning of mail from outside."""
    found = dict[str, int]()
    between, most = 0, _LONGEST_WARNING
    for at in range(quote - 1, max(floor, quote - _LONGEST_BLOCK) - 1, -1):
        kind = heading(lines[at])
        between = 0 if kind else between + 1
        if kind in found or between > most:
            break
        if kind:
            found[kind] = at
            most = 0 if "from" in found else _MOST_BETWEEN
    return min(found.values()) if found and _is_block(lines, found, quote) else quote


def _is_block(lines: Sequence[str], found: Mapping[str, int], quote: int) -> bool:
    """Return whether these headers introduce a quote.

    They do with a sender, a subject and another one; with a sender's address alone; or, where something stands below
    them, with all four.
    """
    if any(line.strip() for line in lines[max(found.values()) + 1 : quote]):
        return found.keys() >= _WHOLE
    if "from" not in found:
        return False
    return "@" in lines[found["from"]] or ("subject" in found and not found.keys().isdisjoint({"date", "to"}))


def _is_whole(lines: Sequence[str]) -> bool:
    """Return whether the lines begin with all four headers, with an address or a date among them."""
    found = dict[str, str]()
    between = 0
    for line in lines:
        kind = heading(line)
        between = 0 if kind else between + 1
        if kind in found or between > _MOST_BETWEEN:
            break
        if kind:
            found[kind] = line
    return found.keys() >= _WHOLE and ("@" in found["from"] or _is_dated(found["date"][:_LONGEST]))


# A line that divides.


def _divider_above(lines: Sequence[str], begin: int, floor: int, *, is_any: bool) -> int:
    """Find a line of signs above a quote, with the words of a forwarded mail; with `is_any`, with any words or none."""
    last = _last_above(lines, begin, floor)
    is_divider = last >= 0 and ((is_any and _between_signs(lines[last]) is not None) or _is_forwarding(lines[last]))
    return last if is_divider else begin


def _is_forwarding(line: str) -> bool:
    """Return whether a line is what programs write above a forwarded mail."""
    words = _between_signs(line)
    if words is None:
        return line.rstrip(": ")[:_LONGEST].casefold() in BEGUN
    return any(one in words for one in FORWARDED)


def _between_signs(line: str) -> str | None:
    """Return the words of a line that begins and ends with signs, which may be none; None for other lines."""
    line = shown(line[:_LONGEST].replace("*", "-")).casefold()
    words = line.strip(_SIGNS)
    is_framed = len(line) - len(words) >= _FEWEST_SIGNS and line[:1] in _SIGNS and line[-1:] in _SIGNS
    return words if is_framed else None


# A quote that nothing marks.


def _surely_introduces(lines: Sequence[str], at: int) -> bool:
    """Return whether a quote surely begins here.

    It does at a whole block of headers, or at a line with an address, a date and a verb, with a name at its beginning
    or end.
    """
    if heading(lines[at]) is not None:
        return _is_whole(lines[at : at + _LONGEST_BLOCK])
    if _is_forwarding(lines[at]):
        return _between_signs(lines[at]) in FORWARDED or _is_whole(lines[at + 1 : at + 1 + _LONGEST_BLOCK])
    for last in range(at, min(at + _MOST_LINES - 1, len(lines))):
        if ":" in lines[last] or "：" in lines[last]:
            found = (
                first for first in range(last, at - 1, -1) if _is_surely_by_a_program(_joined(lines[first : last + 1]))
            )
            if (first := next(found, None)) is not None:
                return first == at
        if last + 1 == len(lines) or not _runs_on(lines[last], lines[last + 1]):
            return False
    return False


def _is_surely_by_a_program(words: str) -> bool:
    """Return whether the words have a date, an address in brackets and, beside these, a verb."""
    address = _ADDRESS.search(words)
    is_in_brackets = address is not None and words[: address.start()].rstrip().endswith(("<", "("))
    has_all_parts = _known(words) > 1 and _has_time(words) and _introduces(words)
    return is_in_brackets and has_all_parts and (_has_verb(_ADDRESS.sub(" ", words)) or _is_by_date(words))


def _is_by_date(words: str) -> bool:
    """Return whether a line begins with a day or a number, and ends with the address, as from programs that use no verb."""
    first = words.partition(" ")[0]
    return words.endswith((">:", "> :")) and (first.endswith(",") or any(map(str.isdigit, first)))
