"""A mail's text as lines, each the person's own or quoted, as its program meant them: plain, or flowed (RFC 3676)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

LONGEST = 200_000
"""Characters of a text in which an answer is looked for."""
SIGNATURE = "-- "
"""What stands above a signature (RFC 3676 §4.3), with its space."""
_MARK = ">"
_COMPARISON = re.compile(r"^\s{0,3}>(?:=|\s?[$€£¥]?\d[\d.,]{0,12}(?![\d.,)])|[:;._<-])")
"""A line of somebody's own that only looks quoted: `> 5 metres`, `>= 3`, `>:(`; a numbered line of a quote is none."""
_LONGEST_COMPARISON, _LONGEST_ADDRESS = 60, 320


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a mail; `is_sure` says that the mark of a quote cannot be the person's own."""

    text: str
    is_quoted: bool = False
    is_sure: bool = False


def plain_lines(text: str) -> list[TextLine]:
    """Split a plain text into lines. A mark before a number or a sign is the person's own, unless more is quoted beside it."""
    lines = _with_whole_addresses(text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return [
        line for is_marked, run in groupby(lines, _is_marked) for line in _plain_run(list(run), is_marked=is_marked)
    ]


def _with_whole_addresses(lines: Sequence[str]) -> list[str]:
    """Join lines that a program broke before the bracket that closes an address: that bracket is no mark of a quote."""
    joined = [lines[0]]
    for line in lines[1:]:
        before = joined[-1][-_LONGEST_ADDRESS:]
        is_open = line.startswith(_MARK) and "@" in before and before.rfind("<") > before.rfind(_MARK)
        joined[-1:] = [joined[-1] + line] if is_open else [joined[-1], line]
    return joined


def _plain_run(run: Sequence[str], *, is_marked: bool) -> Iterator[TextLine]:
    is_sure = is_marked and not all(map(_is_comparison, run))
    return (TextLine(line, is_marked, is_sure) for line in run)


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith(_MARK)


def _is_comparison(line: str) -> bool:
    line = line.rstrip()
    return len(line) <= _LONGEST_COMPARISON and not line.endswith(("?", ":")) and _COMPARISON.match(line) is not None


def flowed_lines(text: str, *, deletes_space: bool) -> list[TextLine]:
    """Split a flowed text into lines, joining those that its program broke; `deletes_space` is the parameter DelSp."""
    joined: list[tuple[int, list[str]]] = []
    is_open = False
    for line in text[:LONGEST].replace("\r\n", "\n").split("\n"):
        depth, content = _unstuffed(line)
        flows = content.endswith(" ") and content != SIGNATURE
        piece = content[:-1] if flows and deletes_space else content
        if is_open and depth == joined[-1][0] and content != SIGNATURE:
            joined[-1][1].append(piece)
        else:
            joined.append((depth, [piece]))
        is_open = flows
    return [TextLine(f"{_MARK * depth} {''.join(pieces)}" if depth else "".join(pieces), depth > 0, depth > 0)
            for depth, pieces in joined]  # fmt: skip


def _unstuffed(line: str) -> tuple[int, str]:
    """Return a line's depth of quotes, and its text without the space that protects its beginning (RFC 3676 §4.4)."""
    content = line.lstrip(_MARK)
    return len(line) - len(content), content.removeprefix(" ")
