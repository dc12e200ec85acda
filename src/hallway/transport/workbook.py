"""XLSX files, written row by row: memory does not grow with them before they are packed."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl.cell import Cell, WriteOnlyCell

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold (its production 2), which an older Hallway may have accepted."""


class Workbook:
    """A workbook with a single sheet of texts. What begins like a formula is a text, too."""

    def __init__(self, title: str, columns: Sequence[str]) -> None:
        """Begin the sheet with the names of its columns."""
        self._book = Book(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self.add([columns])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Append rows."""
        for row in rows:
            self._sheet.append([self._text(cell) for cell in row])

    def _text(self, value: str) -> Cell:
        cell = WriteOnlyCell(self._sheet, _NOT_IN_XML.sub("", value))
        cell.data_type = "s"
        return cell

    def discard(self) -> None:
        """Clean up: openpyxl removes the file in which it keeps the rows only when it packs them."""
        self.packed()

    def packed(self) -> bytes:
        """Return the whole file; nothing can be added after that."""
        file = BytesIO()
        self._book.save(file)
        return file.getvalue()
