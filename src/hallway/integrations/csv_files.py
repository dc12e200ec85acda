"""CSV as people's programs write it: its encoding, its separator, and the line `sep=;` that Excel understands."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from hallway.integrations import encodings
from hallway.usecases.errors import Invalid, Problem

FIRST_TEXT = 100_000
"""Characters at the beginning in which the separator is looked for."""
SHOWN_LINES, LONGEST_LINE = 3, 200
"""Lines, and characters of each, that show how an encoding would read a file."""
LONGEST_SAMPLE = 80
"""Characters of the line that shows it where there is no more room."""

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r"\A\ufeff*\s*\"?sep=([^\w\s\"'\ufeff]|\t)\"?[,;\t]*[ ]*(?:\r\n|\n|\r|\Z)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*(?:"|\Z)')
_BREAK = re.compile(r"\r\n|\n|\r")


def read_rows(content: bytes, encoding: str) -> Iterator[Sequence[str]]:
    """Read the rows, in an encoding of `encodings.KNOWN`. Raises Invalid."""
    text, separator = _separated(_decode(content, encoding).lstrip("\ufeff"))
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        yield from rows
    except csv.Error as wrong:
        line = rows.line_num
        said = f"This isn't a valid CSV file. Line {line}: {wrong}."
        raise Invalid(Problem("file", "broken_csv", said, {"line": line})) from wrong


def encoding_of(content: bytes) -> str | None:
    """Detect the encoding of a file; None where that is in doubt. Raises Invalid for a file that is not text."""
    marked = encodings.mark_of(content)
    if marked is not None:
        return marked
    if b"\x00" in content[:1000]:
        raise Invalid(Problem("file", "not_a_sheet", "Choose a CSV or XLSX file."))
    try:
        content.decode()
    except UnicodeDecodeError:
        _refuse_damaged(content)
        return encodings.decided(content)
    return "utf-8"


def in_doubt(content: bytes) -> Invalid:
    """Return the error for a file of uncertain encoding: wrong letters are never stored in silence.

    Its message names the likely encodings, each with a line as it would be read; the problem's values are the same.
    """
    samples = {one.encoding: _sample(content, one.encoding) for one in encodings.readings(content)}
    likely = "; ".join(f"{encoding} reads \u201c{line}\u201d" for encoding, line in samples.items())
    said = f"The file's encoding is uncertain: {likely}. Choose it, or save the file as UTF-8."
    return Invalid(Problem("file", "unknown_encoding", said, samples))


def _sample(content: bytes, encoding: str) -> str:
    """Return the first line in question, without what would move a terminal's cursor or turn the text around."""
    line = next(iter(shown(content, encoding)), "")
    harmless = "".join(letter if letter.isprintable() else " " for letter in line).strip()
    return harmless if len(harmless) <= LONGEST_SAMPLE else harmless[:LONGEST_SAMPLE] + "…"


def shown(content: bytes, encoding: str) -> Sequence[str]:
    """Return the first lines with letters in question, as an encoding reads them."""
    lines = islice((one for one in re.split(rb"[\r\n]+", content[:FIRST_TEXT]) if not one.isascii()), SHOWN_LINES)
    return [one[: LONGEST_LINE * 4].decode(encodings.KNOWN[encoding], "replace")[:LONGEST_LINE] for one in lines]


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encodings.KNOWN[encoding])
    except UnicodeDecodeError as wrong:
        raise in_doubt(content) from wrong


def _refuse_damaged(content: bytes) -> None:
    """Raise Invalid for UTF-8 in which some letters are damaged: the whole would be wrong in every other encoding."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = sum(not letter.isascii() for letter in text) - damaged
    if whole > damaged:
        line = len(_BREAK.findall(text, 0, text.index("\ufffd"))) + 1
        said = f"Line {line} contains damaged letters. Save the file as UTF-8 again."
        raise Invalid(Problem("file", "damaged_letters", said, {"line": line}))


def _separated(text: str) -> tuple[str, str]:
    """Return the text from its column names on, and the separator of its columns. A separator within quotes is text."""
    named = _SEPARATOR_LINE.match(text)
    if named:
        return text[named.end() :], named[1]
    bare = _QUOTED.sub("", text[:FIRST_TEXT])
    first = next((line for line in _BREAK.split(bare) if line.strip()), "")
    return text, max(_SEPARATORS, key=first.count)
