"""Files as people have them: CSV (`hallway.integrations.csv_files`) and XLSX, read into lines of texts.

Whatever a file claims or holds, reading it stays bounded: it is read row by row, empty cells cost nothing, only columns
that have a name are kept, and lines, columns, texts and unpacked bytes are counted while they come. What no count sees,
such as XML that takes long to parse, the sandbox ends (`hallway.integrations.sandbox`).
"""

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

import msgspec
from openpyxl import Workbook, load_workbook

from hallway.integrations import encodings
from hallway.integrations.csv_files import encoding_of, in_doubt, read_rows, shown
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.imports.batches import LONGEST, require_length
from hallway.usecases.imports.columns import COLUMNS, LEFT_OUT, doubled, missing, require_columns, taken_for
from hallway.usecases.imports.sheets import LONGEST_VALUE, ImportKind, Look, Reading, Sheet, SheetLine, Slice, Upload

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
TEMPLATE_WIDTH = 24
"""Characters that a column of a template shows."""
SLICE_LINES, SLICE_TEXT = 500, 100_000
"""Lines and characters of one slice."""

NOTHING: Mapping[str, str] = {}
"""No choice of columns."""
_ZIP = b"PK\x03\x04"

Rows = Iterator[Sequence[Any]]


def read_sheet(content: bytes, encoding: str | None = None) -> Sheet:
    """Read the first sheet of a file. Raises Invalid with a sentence when it cannot be read, also when its encoding is in doubt."""
    return _sheet(_rows(content, encoding), LONGEST)


def read_upload(content: bytes, kind: str, encoding: str | None = None, chosen: Mapping[str, str] = NOTHING) -> Upload:
    """Read the columns of a file that its kind takes, packed for the store.

    `chosen` says for names of columns (`import_columns.key`) what they are taken for. Raises Invalid as `read_sheet` does,
    and for a column that is missing or there twice.
    """
    sheet = read_sheet(content, encoding)
    taken = taken_for(ImportKind(kind), sheet.columns, chosen)
    require_columns(ImportKind(kind), taken)
    require_length(len(sheet.lines))
    indexes = [index for index, one in enumerate(taken) if one != LEFT_OUT]
    lines = [SheetLine(line.number, tuple(line.values[index] for index in indexes)) for line in sheet.lines]
    written = tuple((_cut(name), one) for name, one in zip(sheet.columns, taken, strict=True))
    head = Sheet(tuple(taken[index] for index in indexes), tuple(_shown(one) for one in lines[:SHOWN]), written)
    return Upload(head, len(lines), tuple(_slices(lines)))


def look_into(content: bytes, kind: str, encoding: str | None = None, chosen: Mapping[str, str] = NOTHING) -> Look:
    """Look into a file without reading all of it: how its letters may be read, and what its columns are taken for.

    Raises Invalid for what cannot be read, whatever is chosen.
    """
    readings: tuple[Reading, ...] = ()
    is_certain = True
    if not content.startswith(_ZIP):
        certain = encoding or encoding_of(content)
        is_certain = certain is not None
        likely = [certain] if certain else [one.encoding for one in encodings.readings(content)]
        readings = tuple(Reading(one, tuple(shown(content, one))) for one in likely)
        encoding = likely[0]
    sheet = _sheet(_rows(content, encoding), SHOWN, is_cut=True)
    taken = taken_for(ImportKind(kind), sheet.columns, chosen)
    written = tuple((_cut(name), one) for name, one in zip(sheet.columns, taken, strict=True))
    return Look(
        readings=readings,
        is_certain=is_certain,
        written=written,
        lines=tuple(_shown(one) for one in sheet.lines),
        missing=tuple(missing(ImportKind(kind), taken)),
        doubled=tuple(doubled(taken)),
    )


def template(kind: ImportKind) -> bytes:
    """Build an XLSX file with only the columns that a kind of file may have, each wide enough to type in."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(COLUMNS[kind].known)
    for letter in (cell.column_letter for cell in sheet[1]):
        sheet.column_dimensions[letter].width = TEMPLATE_WIDTH
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(content: bytes, encoding: str | None) -> Rows:
    if len(content) > LARGEST_FILE:
        raise _too_large()
    if content.startswith(_ZIP):
        return _xlsx_rows(content)
    found = encoding or encoding_of(content)
    if found is None:
        raise in_doubt(content)
    return read_rows(content, found)


def _shown(line: SheetLine) -> SheetLine:
    return SheetLine(line.number, tuple(map(_cut, line.values)))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def _slices(lines: Sequence[SheetLine]) -> Iterator[Slice]:
    """Pack all lines into slices of bounded length: a line with very much text stands alone."""
    first, size = 0, 0
    for index, line in enumerate(lines):
        length = sum(map(len, line.values))
        if index > first and (index - first == SLICE_LINES or size + length > SLICE_TEXT):
            yield Slice(first, msgspec.json.encode(lines[first:index]))
            first, size = index, 0
        size += length
    yield Slice(first, msgspec.json.encode(lines[first:]))


def _sheet(rows: Rows, most: int, *, is_cut: bool = False) -> Sheet:
    """Return the columns that have a name, and the lines below that are not blank; refused or cut where there are more."""
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if row)
    columns = next((found for _, row in numbered if (found := _columns(row))), None)
    if columns is None:
        raise _bad("empty", "The file is empty.")
    lines: list[SheetLine] = []
    left = MOST_TEXT
    for number, row in numbered:
        line = SheetLine(number, tuple(_text(row[index]) if index < len(row) else "" for index in columns))
        if not any(value and not value.isspace() for value in line.values):
            continue
        left -= _length(line)
        if len(lines) == most and is_cut:
            break
        if len(lines) == most:
            raise _bad("too_long", f"You can import at most {LONGEST} rows at once. Split the file.", most=LONGEST)
        if left < 0:
            raise _too_large()
        lines.append(line)
    return Sheet(tuple(columns.values()), tuple(lines))


def _columns(row: Sequence[Any]) -> dict[int, str]:
    """Return the names in the first row, by their index."""
    texts = ((index, _text(cell)) for index, cell in enumerate(row) if cell)
    named = dict(islice(((index, name) for index, name in texts if name.strip()), MOST_COLUMNS + 1))
    if len(named) > MOST_COLUMNS:
        said = f"The file has more than {MOST_COLUMNS} columns. Remove those you don't need."
        raise _bad("too_many_columns", said, most=MOST_COLUMNS)
    if any(len(name) > LONGEST_CELL for name in named.values()):
        raise _bad("too_large", "A column name is too long.")
    return named


def _length(line: SheetLine) -> int:
    if any(len(value) > LONGEST_CELL for value in line.values):
        said = f"Row {line.number} has a cell with more than {LONGEST_CELL} characters."
        raise _bad("too_large", said, line=line.number, most=LONGEST_CELL)
    return sum(map(len, line.values))


def _xlsx_rows(content: bytes) -> Rows:
    """Yield the rows of the first sheet; a missing row is empty, and a row ends with its last cell.

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
    """Check the sizes that the archive declares before anything is unpacked; no part is read beyond its own."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as wrong:
        raise _bad("broken_xlsx", "This isn't a valid XLSX file.") from wrong
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(LARGEST_UNPACKED, max(1_000_000, HIGHEST_RATIO * len(content))):
        raise _too_large()


def _text(cell: object) -> str:
    """Return a cell as a person sees it: whole numbers without a fraction, days without midnight."""
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


def _bad(code: str, message: str, **values: int) -> Invalid:
    return Invalid(Problem("file", code, message, values))
