"""Attack: upload a small file that claims or holds too much, so that reading it takes the memory or the time of all."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import pairwise

import pytest
from openpyxl import Workbook

from hallway.integrations.sandbox import Child, Limits
from hallway.integrations.sandbox_process import Request
from hallway.integrations.sheets import LARGEST_FILE, MOST_COLUMNS, read_sheet
from hallway.usecases.errors import Invalid
from hallway.usecases.imports.batches import LONGEST
from hallway.usecases.imports.sheets import Sheet, SheetLine
from tests.security import workbooks
from tests.security.workbooks import cell, row, workbook

READER = "hallway.integrations.sheets:read_sheet"
MEMORY = 512 * 1024 * 1024
BOUNDS = Limits(processor_seconds=20, seconds=120)
TITLE = row(1, cell("A1", "title"))
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def reader() -> Iterator[Child]:
    """One process with limits for all files of this module: none may end it."""
    child = Child(MEMORY)
    yield child
    child.close()


def _read(reader: Child, content: bytes) -> Sheet:
    return reader.ask(
        Request(
            function=READER,
            content=content,
            arguments=(),
            processor_seconds=BOUNDS.processor_seconds,
            seconds=BOUNDS.seconds,
        ),
        Sheet,
    )


def _refusal(reader: Child, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        _read(reader, content)
    (problem,) = refused.value.problems
    assert problem.field == "file"
    assert problem.message.endswith(".")
    return problem.code


def _entities(first: str, times: int) -> str:
    """Names for texts, each of which stands for ten times the one before; the last is `&z;`."""
    names = [chr(ord("a") + number) for number in range(times)] + ["z"]
    grown = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY a "{first}">{grown}]>'


# XLSX: what it claims, and what it holds.


@pytest.mark.slow
def test_two_cells_in_opposite_corners_are_two_cells(reader: Child) -> None:
    corners = workbook(workbooks.sheet(TITLE + row(1_048_576, cell("XFD1048576", "x")), dimension="A1:XFD1048576"))
    assert len(corners) < 2_000
    assert _read(reader, corners) == Sheet(("title",), ())


def test_a_declared_dimension_is_not_believed(reader: Child) -> None:
    claiming = workbooks.sheet(TITLE + row(2, cell("A2", "Art")), dimension="A1:XFD1048576")
    assert _read(reader, workbook(claiming)) == Sheet(("title",), (SheetLine(2, ("Art",)),))


@pytest.mark.slow
def test_a_sheet_may_be_wide_and_sparse(reader: Child) -> None:
    rows = (row(number, cell(f"A{number}", f"Course {number}"), cell(f"ZZ{number}", "d")) for number in range(2, 5_002))
    head = row(1, cell("A1", "title"), cell("ZZ1", "description"))
    found = _read(reader, workbook(workbooks.sheet(head + "".join(rows))))
    assert (found.columns, len(found.lines)) == (("title", "description"), 5_000)
    assert found.lines[-1] == SheetLine(5_001, ("Course 5001", "d"))


def test_a_sheet_may_be_tall_and_sparse(reader: Child) -> None:
    rows = "".join(row(number * 1000, cell(f"A{number * 1000}", "x")) for number in range(1, 1_000))
    found = _read(reader, workbook(workbooks.sheet(TITLE + rows)))
    assert (len(found.lines), found.lines[-1].number) == (999, 999_000)


def test_a_row_beyond_every_sheet_is_not_looked_for(reader: Child) -> None:
    assert _read(reader, workbook(workbooks.sheet(TITLE + row(10**15, cell("A2", "x"))))).lines == ()


@pytest.mark.parametrize("cells", [1, 1_000, 20_000])
def test_empty_cells_cost_nothing(reader: Child, cells: int) -> None:
    file = workbook(workbooks.sheet(TITLE + f"<row>{'<c/>' * cells}</row>" * (20_000 // cells)))
    assert _read(reader, file) == Sheet(("title",), ())


def test_many_empty_cells_are_too_large(reader: Child) -> None:
    assert _refusal(reader, workbook(workbooks.sheet(TITLE + f"<row>{'<c/>' * 1_000}</row>" * 5_000))) == "too_large"


@pytest.mark.parametrize("place", ["cells", "strings"])
def test_texts_that_stand_for_longer_ones_are_refused(reader: Child, place: str) -> None:
    laughs = _entities("ha", 12)
    if place == "cells":
        file = workbook(workbooks.sheet(row(1, cell("A1", "&z;")), before=laughs))
    else:
        shared = {"xl/sharedStrings.xml": workbooks.strings("&z;", before=laughs)}
        file = workbook(workbooks.sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')), shared)
    assert _refusal(reader, file) == "broken_xlsx"


@pytest.mark.parametrize("place", ["cells", "strings"])
def test_no_other_file_is_read(reader: Child, place: str) -> None:
    other = '<!DOCTYPE x [<!ENTITY z SYSTEM "file:///etc/passwd">]>'
    if place == "cells":
        file = workbook(workbooks.sheet(row(1, cell("A1", "&z;")), before=other))
    else:
        shared = {"xl/sharedStrings.xml": workbooks.strings("&z;", before=other)}
        file = workbook(workbooks.sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')), shared)
    assert _refusal(reader, file) == "broken_xlsx"


@pytest.mark.parametrize(
    "more",
    [
        {"xl/worksheets/sheet1.xml": workbooks.sheet(row(1, cell("A1", "a" * (50 * MIB))))},
        {"xl/sharedStrings.xml": workbooks.strings("a" * (50 * MIB))},
        {"xl/media/picture.png": bytes(120 * MIB)},
        {f"more/{number}": b"" for number in range(3_000)},
    ],
    ids=["a cell", "a shared text", "another part", "parts"],
)
def test_what_unpacks_to_much_more_is_too_large(reader: Child, more: dict[str, str | bytes]) -> None:
    assert _refusal(reader, workbook(workbooks.sheet(TITLE), more)) == "too_large"


def test_one_text_that_a_million_cells_share_is_counted_each_time(reader: Child) -> None:
    shared = {"xl/sharedStrings.xml": workbooks.strings("title", "a" * 10_000), "noise": _noise(MIB // 2)}
    lines = "".join(row(number, f'<c r="A{number}" t="s"><v>1</v></c>') for number in range(2, 10_000))
    head = row(1, '<c r="A1" t="s"><v>0</v></c>')
    assert _refusal(reader, workbook(workbooks.sheet(head + lines), shared)) == "too_large"


def _noise(size: int) -> bytes:
    """Bytes that no packing makes smaller."""
    return b"".join(hash((1, number)).to_bytes(8, "big", signed=True) for number in range(size // 8))


def test_deeply_nested_xml_is_answered(reader: Child) -> None:
    deep = f'<c r="A1" t="inlineStr">{"<is>" * 50_000}{"</is>" * 50_000}</c>'
    assert _refusal(reader, workbook(workbooks.sheet(row(1, deep)))) == "empty"


@pytest.mark.parametrize("file", [b"PK\x03\x04", b"PK\x03\x04" + b"a" * 1000, workbook("")])
def test_what_is_no_workbook_is_refused(reader: Child, file: bytes) -> None:
    assert _refusal(reader, file) == "broken_xlsx"


# CSV.


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"," * LARGEST_FILE, "empty"),
        (b"a," * (LARGEST_FILE // 2), "too_many_columns"),
        (b"title\n" + b"a" * (LARGEST_FILE - 10), "broken_csv"),
        (b'title\n"' + b"a\n" * (LARGEST_FILE // 2 - 10), "broken_csv"),
        (b"title\n" + b"a\n" * (LARGEST_FILE // 2 - 10), "too_long"),
        (b"title\n" + b"a\n" * LARGEST_FILE, "too_large"),
        (b"a\x00b\n", "not_a_sheet"),
        (b"\xff\xfea", "unknown_encoding"),
        (b"title\n" + b"a" * 60_000, "too_large"),
        ((",".join(f"column {number}" for number in range(MOST_COLUMNS + 1))).encode(), "too_many_columns"),
    ],
    ids=["commas", "columns", "a line", "a quote", "lines", "bytes", "nul", "half a letter", "a cell", "names"],
)
def test_a_hostile_csv_is_refused_with_words(reader: Child, file: bytes, code: str) -> None:
    assert _refusal(reader, file) == code


@pytest.mark.slow
def test_ten_million_empty_lines_are_no_lines(reader: Child) -> None:
    assert _read(reader, b"title\n" + b"\n" * (LARGEST_FILE - 10)) == Sheet(("title",), ())


# The good twins.


def _people(count: int) -> list[list[str]]:
    lines = (["Nora New", f"nora{number}@example.org", f"nora{number}", "", "A/B"] for number in range(count))
    return [["name", "email", "login", "title", "department"], *lines]


@pytest.mark.slow
def test_the_longest_file_is_read_as_csv(reader: Child) -> None:
    text = StringIO()
    csv.writer(text).writerows(_people(LONGEST))
    found = _read(reader, text.getvalue().encode())
    assert (len(found.lines), found.lines[-1].values[2]) == (LONGEST, f"nora{LONGEST - 1}")


@pytest.mark.slow
def test_a_long_file_is_read_as_a_workbook(reader: Child) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for values in _people(5_000):
        page.append(values)
    file = BytesIO()
    book.save(file)
    found = _read(reader, file.getvalue())
    assert (len(found.lines), found.lines[-1].values[2]) == (5_000, "nora4999")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Ärger", "latin-1"), ("Привет, мир", "cp1251"), ("Привет", "utf-16"), ("مرحبا", "utf-8-sig"), ("Ærø", "utf-8")],
)
def test_the_usual_encodings_are_read(text: str, encoding: str) -> None:
    assert read_sheet(f'title\n"{text}"\n'.encode(encoding)).lines == (SheetLine(2, (text,)),)


def test_cells_are_read_as_a_person_sees_them() -> None:
    styles = (
        f'{workbooks.HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    relations = workbooks.PARTS["xl/_rels/workbook.xml.rels"].replace("sharedStrings", "styles")
    cells = (
        '<c r="A2"><v>7</v></c>',
        '<c r="B2"><v>7.5</v></c>',
        '<c r="C2" s="1"><v>45000</v></c>',
        '<c r="D2" t="str"><f>A2&amp;"x"</f><v>7x</v></c>',
        '<c r="E2"><f>A2+1</f></c>',
        '<c r="F2" t="b"><v>1</v></c>',
        '<c r="G2" t="inlineStr"><is><t xml:space="preserve"> a  b </t></is></c>',
    )
    head = row(1, *(cell(f"{letter}1", letter) for letter in "ABCDEFG"))
    found = read_sheet(
        workbook(
            workbooks.sheet(head + row(2, *cells)),
            {
                "xl/styles.xml": styles,
                "xl/_rels/workbook.xml.rels": relations,
                "[Content_Types].xml": workbooks.PARTS["[Content_Types].xml"].replace("sharedStrings", "styles"),
            },
        )
    )
    assert found.lines == (SheetLine(2, ("7", "7.5", "2023-03-15", "7x", "", "True", " a  b ")),)
