"""Files as people have them: CSV in the usual encodings and separators, and XLSX, read into lines of texts."""

import csv
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook

from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.sheets import Line, Sheet

LARGEST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 200
"""How many times larger than the file its content may be; more is a bomb."""
_ZIP = b"PK\x03\x04"
_SEPARATORS = ",;\t"


def read_sheet(content: bytes) -> Sheet:
    """The first sheet of a file. Raises Invalid with a sentence when it cannot be read."""
    rows = _read_xlsx(content) if content.startswith(_ZIP) else _read_csv(content)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise _bad("empty", "The file is empty.")
    (_, columns), *lines = numbered
    return Sheet(tuple(columns), tuple(Line(number, tuple(row)) for number, row in lines))


def _read_csv(content: bytes) -> Iterable[list[str]]:
    if b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _bad("not_a_sheet", "This is neither a CSV nor an XLSX file.")
    text = _decode(content)
    first_line = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first_line.count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as wrong:
        raise _bad("broken_csv", f"The file is not proper CSV: {wrong}.") from wrong


def _decode(content: bytes) -> str:
    """By byte order mark, then UTF-8 without a doubt, then the encodings of older Windows programs."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1251" if _looks_cyrillic(content) else "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad("unknown_encoding", "The file's encoding is not known. Save it as UTF-8.")


def _looks_cyrillic(content: bytes) -> bool:
    """In cp1251 Cyrillic letters fill the upper half; in cp1252 accented letters stand alone between others."""
    upper = sum(byte >= 0xC0 for byte in content)  # noqa: PLR2004
    letters = sum(chr(byte).isalpha() for byte in content if byte < 0x80)  # noqa: PLR2004
    return upper * 3 > letters


def _read_xlsx(content: bytes) -> list[list[str]]:
    _check_size(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as wrong:
        raise _bad("broken_xlsx", "The file is not a proper XLSX file.") from wrong
    return [[_text(cell) for cell in row] for row in rows]


def _check_size(content: bytes) -> None:
    """Look at the sizes that the archive declares before anything is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as wrong:
        raise _bad("broken_xlsx", "The file is not a proper XLSX file.") from wrong
    if unpacked > min(LARGEST_UNPACKED, max(1_000_000, HIGHEST_RATIO * len(content))):
        raise _bad("too_large", "The file holds more than can be imported at once.")


def _text(cell: object) -> str:
    """A cell as a person sees it: whole numbers without a fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _bad(code: str, message: str) -> Invalid:
    return Invalid(Problem("file", code, message))
