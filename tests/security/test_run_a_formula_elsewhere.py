"""Write a name that a spreadsheet calculates, on the machine of whoever exports the list, or one that breaks the file."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from hallway.domain.text import has_controls
from hallway.transport.cells import harmless
from hallway.transport.workbook import Workbook
from hallway.usecases import fields

BAD = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "Bob;=1+cmd|'/C calc'!A0", "Bob; @x", "a|+1", ";=1"]
GOOD = ["Bob", "a=b", "maya@hall.example", "Anna-Lena", "R&D, -x", "5 ; 6", "x|y"]


@pytest.mark.parametrize("cell", BAD)
def test_it_is_a_text_wherever_a_country_cuts_the_line(cell: str) -> None:
    for separator in ";|":  # a cell with a comma is quoted, where commas separate
        for part in harmless(cell).split(separator):
            assert not part.lstrip(" ").startswith(tuple("=+-@\t\r\uff1d"))


@pytest.mark.parametrize("cell", GOOD)
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("name", ["Bob\uffff", "Bob\ufffe", "\ufdd0"])
def test_what_will_never_be_a_character_is_in_no_name(name: str) -> None:
    assert has_controls(name)
    assert fields.name("name", name) is not None


def test_what_is_in_one_already_breaks_no_file() -> None:
    book = Workbook("Users", ["name"])
    book.add([["Bob\uffff\x00"], ["Ada"]])
    sheet = load_workbook(BytesIO(book.packed())).active
    assert sheet is not None
    assert [one for (one,) in sheet.iter_rows(values_only=True)] == ["name", "Bob", "Ada"]
