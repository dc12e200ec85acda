"""Cells of files for spreadsheets, which calculate what begins like a formula, whoever wrote it."""

import re

_FORMULA = re.compile("(^|[;|] {0,9})(?=[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
"""Before what a spreadsheet would calculate (OWASP, CSV injection), the last four wide: at the beginning of a cell, and
behind a separator, because spreadsheets of other countries cut a line there.
"""


def harmless(cell: str) -> str:
    """Return the cell as text that no spreadsheet calculates."""
    return _FORMULA.sub(r"\1'", cell)
