"""XLSX files, written row by row: memory does not grow with them before they are packed."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE


class Workbook:
    """One sheet of texts. What begins like a formula is a text, too."""

    def __init__(self, title: str, columns: Sequence[str]) -> None:
        """With the names of the columns in its first row."""
        self._book = Book(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self.add([columns])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Some more rows."""
        for row in rows:
            self._sheet.append([self._text(cell) for cell in row])

    def _text(self, value: str) -> Cell:
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        return cell

    def packed(self) -> bytes:
        """The whole file; nothing can be added then."""
        file = BytesIO()
        self._book.save(file)
        return file.getvalue()
