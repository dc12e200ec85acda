"""What somebody wrote in an answer, without what they answered: mail programs quote in a hundred ways.

A quote is cut out where it can be seen: its lines are marked, or it begins with our own line. What introduces it stands
directly above it. Where no quote can be seen, only an introduction that no person types counts. In doubt a text is kept:
a quoted word too many does less harm than a lost one of the answer.

The texts are strangers'. Every pattern here takes time that grows with a line at most as the line does: its repetitions are
bounded, or nothing that follows them makes it try again. A library for quotes was given up because its patterns do not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from hallway.integrations.mail import introductions
from hallway.integrations.mail.addresses import MARK
from hallway.integrations.mail.html import text_of
from hallway.integrations.mail.lines import SIGNATURE, TextLine, plain_lines
from hallway.integrations.mail.phones import is_from_a_phone

_OUR_LINE = re.compile(r"##-.{3,80}?-##")
"""The line above which an answer is to be written, in whatever language and behind whatever signs of a quote."""
_LONGEST_SIGNATURE = 20
"""Lines; what is longer below such a sign was written as a part of the answer."""

Span = tuple[int, int]
"""The number of the first line, and of the one behind the last."""


def answer_in_text(text: str) -> str:
    """Extract the answer from a plain text: what stands above the quote, below it and between."""
    return answer_in(plain_lines(text))


def answer_in_html(html: str) -> str:
    """Extract the answer from HTML."""
    return answer_in_text(text_of(html))


def answer_in(lines: Sequence[TextLine]) -> str:
    """Extract the answer from the lines of a mail."""
    lines = _with_our_line_apart(lines)
    texts = [line.text for line in lines]
    quotes = list(_quotes(lines, texts))
    begin = introductions.surely_begins(texts, quotes[-1][1] if quotes else 0)
    if begin is not None:
        quotes.append((begin, len(texts)))
    parts = [_tidy(texts[first:last]) for first, last in _between(quotes, len(texts))]
    return "\n\n".join(filter(None, parts)).strip()


def _with_our_line_apart(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """Split off the answer where a program ran our line together with it."""
    at = _our_line(lines)
    found = _OUR_LINE.search(lines[at].text) if at < len(lines) else None
    before = lines[at].text[: found.start()] if found else ""
    if not any(map(str.isalnum, before)):
        return lines
    return [*lines[:at], TextLine(before), TextLine(lines[at].text[len(before) :]), *lines[at + 1 :]]


def _our_line(lines: Sequence[TextLine]) -> int:
    """Return where our line stands unmarked; the number of lines where it does not."""
    return next((at for at, line in enumerate(lines) if not line.is_quoted and _OUR_LINE.search(line.text)), len(lines))


def _quotes(lines: Sequence[TextLine], texts: Sequence[str]) -> Iterator[Span]:
    """Find the quotes that can be seen, each from its introduction on."""
    ours = _our_mail(lines)
    end = 0
    for is_marked, run in groupby(range(len(lines)), lambda at: at in ours or lines[at].is_quoted):
        marked = list(run) if is_marked else []
        begin = introductions.above(texts, marked[0], floor=end) if marked else 0
        if marked and (begin < marked[0] or any(at in ours or lines[at].is_sure for at in marked)):
            end = marked[-1] + 1
            yield begin, end


def _our_mail(lines: Sequence[TextLine]) -> range:
    """Return the unmarked lines of our own mail: from our line to the mark at its end, or to the end of all."""
    begin = _our_line(lines)
    end = next((at + 1 for at in range(begin, len(lines)) if MARK.search(lines[at].text)), len(lines))
    return range(begin, end)


def _between(quotes: Sequence[Span], length: int) -> Iterator[Span]:
    """Yield the spans that the quotes leave."""
    begin = 0
    for first, last in (*quotes, (length, length)):
        yield begin, first
        begin = last


def _tidy(lines: Sequence[str]) -> str:
    """Remove a signature, and what a phone writes below."""
    ends = lines.index(SIGNATURE) if SIGNATURE in lines else len(lines)
    kept = list(lines[:ends] if len(lines) - ends <= _LONGEST_SIGNATURE else lines)
    while kept and (not kept[-1].strip() or is_from_a_phone(kept[-1])):
        kept.pop()
    return "\n".join(kept).strip("\n")
