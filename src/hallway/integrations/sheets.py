"""Files as people have them: CSV in the usual encodings and separators, and XLSX, read into lines of texts.

Whatever a file claims or holds, reading it stays bounded: it is read row by row, empty cells cost nothing, only columns
that have a name are kept, and lines, columns, texts and unpacked bytes are counted while they come. What no count sees,
such as XML that takes long to parse, the sandbox ends (`hallway.integrations.sandbox`).
"""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from string import ascii_letters
from typing import Any

import msgspec
from openpyxl import load_workbook

from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.imports import LONGEST, columns, require_length
from hallway.usecases.sheets import LONGEST_VALUE, Kind, Line, Sheet, Slice, Upload

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 200
"""How many times larger than the file its content may be; more is a bomb."""
MOST_PARTS = 2_000
"""Parts of an XLSX file, which is an archive."""
MOST_COLUMNS = 100
"""Columns with a name."""
MOST_ROWS = 1_048_576
"""Rows of a spreadsheet, as the usual programs have them."""
LONGEST_CELL = 50_000
"""Characters of one cell: more than any column may hold."""
MOST_TEXT = 20_000_000
"""Characters of all cells together."""
SHOWN = 5
"""Lines of a file that are shown."""
SLICE_LINES, SLICE_TEXT = 500, 100_000
"""Lines and characters of one slice."""

_ZIP = b"PK\x03\x04"
_SEPARATORS = ",;\t"
_LETTERS = ascii_letters.encode()
_UPPER = bytes(range(0xC0, 0x100))
_BREAK = re.compile(r"\r\n|\n|\r")

Rows = Iterator[Sequence[Any]]


def read_sheet(content: bytes) -> Sheet:
    """The first sheet of a file. Raises Invalid with a sentence when it cannot be read."""
    if len(content) > LARGEST_FILE:
        raise _too_large()
    return _sheet(_xlsx_rows(content) if content.startswith(_ZIP) else _csv_rows(content))


def read_upload(content: bytes, kind: str) -> Upload:
    """A file of this kind, packed for the store. Raises Invalid, also for columns that the kind does not know."""
    sheet = read_sheet(content)
    columns(Kind(kind), sheet.columns)
    require_length(len(sheet.lines))
    head = Sheet(tuple(map(_cut, sheet.columns)), tuple(_shown(line) for line in sheet.lines[:SHOWN]))
    return Upload(head, len(sheet.lines), tuple(_slices(sheet.lines)))


def _shown(line: Line) -> Line:
    return Line(line.number, tuple(map(_cut, line.values)))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def _slices(lines: Sequence[Line]) -> Iterator[Slice]:
    """All lines, in slices of bounded length: one line of many letters stands alone."""
    first, size = 0, 0
    for place, line in enumerate(lines):
        length = sum(map(len, line.values))
        if place > first and (place - first == SLICE_LINES or size + length > SLICE_TEXT):
            yield Slice(first, msgspec.json.encode(lines[first:place]))
            first, size = place, 0
        size += length
    yield Slice(first, msgspec.json.encode(lines[first:]))


def _sheet(rows: Rows) -> Sheet:
    """The columns that have a name, and the lines below that have anything in them."""
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if row)
    columns = next((found for _, row in numbered if (found := _columns(row))), None)
    if columns is None:
        raise _bad("empty", "The file is empty.")
    lines: list[Line] = []
    left = MOST_TEXT
    for number, row in numbered:
        line = Line(number, tuple(_text(row[place]) if place < len(row) else "" for place in columns))
        if not any(value and not value.isspace() for value in line.values):
            continue
        left -= _length(line)
        if len(lines) == LONGEST:
            raise _bad("too_long", f"You can import at most {LONGEST} rows at once. Split the file.")
        if left < 0:
            raise _too_large()
        lines.append(line)
    return Sheet(tuple(columns.values()), tuple(lines))


def _columns(row: Sequence[Any]) -> dict[int, str]:
    """The names in the first row, by their place."""
    texts = ((place, _text(cell)) for place, cell in enumerate(row) if cell)
    named = dict(islice(((place, name) for place, name in texts if name.strip()), MOST_COLUMNS + 1))
    if len(named) > MOST_COLUMNS:
        raise _bad("too_many_columns", f"The file has more than {MOST_COLUMNS} columns. Remove those you don't need.")
    if any(len(name) > LONGEST_CELL for name in named.values()):
        raise _bad("too_large", "A column name is too long.")
    return named


def _length(line: Line) -> int:
    if any(len(value) > LONGEST_CELL for value in line.values):
        raise _bad("too_large", f"Row {line.number} has a cell with more than {LONGEST_CELL} characters.")
    return sum(map(len, line.values))


def _csv_rows(content: bytes) -> Rows:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in content[:1000] and not is_wide:
        raise _bad("not_a_sheet", "Choose a CSV or XLSX file.")
    text = _decode(content, is_wide=is_wide)
    first_line = _BREAK.split(text[: LONGEST_CELL * 2], maxsplit=1)[0]
    separator = max(_SEPARATORS, key=first_line.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as wrong:
        raise _bad("broken_csv", f"This isn't a valid CSV file: {wrong}.") from wrong


def _decode(content: bytes, *, is_wide: bool) -> str:
    """By byte order mark, then UTF-8 without a doubt, then the encodings of older Windows programs."""
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1251" if _looks_cyrillic(content) else "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad("unknown_encoding", "The file's encoding is unknown. Save it as UTF-8.")


def _looks_cyrillic(content: bytes) -> bool:
    """In cp1251 Cyrillic letters fill the upper half; in cp1252 accented letters stand alone between others."""
    upper = len(content) - len(content.translate(None, _UPPER))
    letters = len(content) - len(content.translate(None, _LETTERS))
    return upper * 3 > letters


def _xlsx_rows(content: bytes) -> Rows:
    """The rows of the first sheet; one that is not there is empty, and a row ends with its last cell.

    Its declared dimensions are ignored: two cells in opposite corners would fill a rectangle of 17 billion.
    """
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks that no import needs
            book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            (sheet, *_) = book.worksheets
            sheet.reset_dimensions()
            yield from islice(sheet.iter_rows(values_only=True), MOST_ROWS)
    except (Invalid, MemoryError):
        raise
    except Exception as wrong:  # the library raises whatever a broken file makes it stumble over
        raise _bad("broken_xlsx", "This isn't a valid XLSX file.") from wrong


def _check_archive(content: bytes) -> None:
    """Look at the sizes that the archive declares before anything is unpacked; no part is read beyond its own."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as wrong:
        raise _bad("broken_xlsx", "This isn't a valid XLSX file.") from wrong
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(LARGEST_UNPACKED, max(1_000_000, HIGHEST_RATIO * len(content))):
        raise _too_large()


def _text(cell: object) -> str:
    """A cell as a person sees it: whole numbers without a fraction, days without midnight."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _too_large() -> Invalid:
    return _bad("too_large", "The file is too large to import at once.")


def _bad(code: str, message: str) -> Invalid:
    return Invalid(Problem("file", code, message))
