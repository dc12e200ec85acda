"""Cells of files for spreadsheets, which calculate what begins like a formula, whoever wrote it."""

_FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""With what a cell begins that a spreadsheet would calculate (OWASP, CSV injection); the last four are wide."""


def harmless(cell: str) -> str:
    """The cell as a text that nothing calculates."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
