"""CSV as programs all over the world write it: the right letters or a question, and the columns that people see."""

from collections.abc import Sequence
from typing import get_args

import pytest

from hallway.integrations import encodings
from hallway.integrations.sheets import look_into, read_sheet
from hallway.transport.wire import admin as wire_admin
from hallway.usecases.errors import Invalid

COLUMNS, VALUES = ("name", "email", "login"), ("Anna Berg", "a@x.example", "anna")
LINES = "name;email;login\r\nAnna Berg;a@x.example;anna\r\n"
RUSSIAN = "Анна Иванова", "Фёдор Щербаков", "Екатерина Смирнова", "Дмитрий Лебедев"
WRITTEN = [
    ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("cp866", RUSSIAN),
    ("mac-cyrillic", RUSSIAN),
    ("cp1251", ["Єва Їжак", "Олександр Ґалаґан"]),
    ("cp1252", ["Zoë Lefèvre", "Hélène Çelik", "François Août"]),
    ("cp1252", ["Jürgen Müller", "Käthe Groß"]),
    ("cp1252", ["João Gonçalves", "Conceição Simões"]),
    ("cp1252", ["Søren Kjær", "Åse Bø"]),
    ("mac-roman", ["Jürgen Müller", "Zoë Lefèvre"]),
    ("cp850", ["Jürgen Müller", "Zoë Lefèvre"]),
    ("cp1250", ["Łukasz Żółć", "Grażyna Wiśniewska"]),
    ("cp1250", ["Jiří Dvořák", "Kateřina Svěráková"]),
    ("cp1250", ["Erdős Pál", "Szűcs Ödön"]),
    ("cp1250", ["Ivan Kovačević", "Đorđe Šarić"]),
    ("cp852", ["Łukasz Żółć", "Grażyna Wiśniewska"]),
    ("cp1254", ["Işıl Gökoğlu", "Çağrı Şahin"]),
    ("cp1257", ["Živilė Šiaučiūnaitė", "Jūratė Žukauskienė"]),
    ("cp1253", ["Μαρία Παπαδοπούλου", "Γιώργος Ιωάννου"]),
    ("cp1255", ["מאיה כהן", "יוסף לוי"]),
    ("cp1256", ["ليلى منصور", "محمد علي"]),
    ("gbk", ["王小明", "李静"]),
    ("big5", ["王小明", "陳美麗"]),
    ("cp932", ["山田太郎", "鈴木花子", "ルイジアナ"]),
    ("euc-jp", ["山田太郎", "鈴木花子"]),
    ("cp949", ["김철수", "이영희"]),
    ("cp874", ["สมชาย", "สมหญิง"]),
]
CERTAIN = {"cp1251", "koi8-r", "cp866", "cp1253", "cp1255", "cp1256", "cp1254", "cp1257"}


def _file(names: Sequence[str]) -> str:
    lines = (f"{name};a{number}@x.example;anna{number}\r\n" for number, name in enumerate(names))
    return "name;email;login\r\n" + "".join(lines)


def _names(content: bytes, encoding: str | None = None) -> list[str] | None:
    """The names in a file; None where it asks."""
    try:
        return [line.values[0] for line in read_sheet(content, encoding).lines]
    except Invalid as asks:
        if [one.code for one in asks.problems] != ["unknown_encoding"]:
            raise
        return None


# Letters.


@pytest.mark.parametrize(("codec", "names"), WRITTEN)
@pytest.mark.parametrize("lines", [1, 2, 60])
def test_letters_are_right_or_asked_about(codec: str, names: Sequence[str], lines: int) -> None:
    written = [names[number % len(names)] for number in range(lines)]
    assert _names(_file(written).encode(codec)) in (written, None)


@pytest.mark.parametrize(("codec", "names"), [one for one in WRITTEN if one[0] in CERTAIN])
def test_what_cannot_be_anything_else_is_not_asked_about(codec: str, names: Sequence[str]) -> None:
    assert _names(_file(names).encode(codec)) == list(names)


def test_what_is_asked_about_is_shown_as_each_likely_encoding_reads_it() -> None:
    with pytest.raises(Invalid) as asks:
        read_sheet("name,email,login\n\x1b[2J王小明,wang@x.example,wang\n".encode("gbk"))
    (problem,) = asks.value.problems
    assert problem.values["gb18030"] == "[2J王小明,wang@x.example,wang", "no terminal obeys it"
    assert len(problem.values) > 1
    for encoding, line in problem.values.items():
        assert f"{encoding} reads “{line}”" in problem.message
        assert _names("name,email,login\n王小明,wang@x.example,wang\n".encode("gbk"), encoding) is not None


@pytest.mark.parametrize("name", ["Zoë Lefèvre", "Jürgen Müller", "João Gonçalves"])
def test_one_person_is_enough_where_no_other_language_fits(name: str) -> None:
    assert _names(_file([name]).encode("cp1252")) == [name]


@pytest.mark.parametrize(
    ("name", "codec"), [("Muñoz", "cp1252"), ("Jürgen", "mac-roman"), ("Đorđe", "cp1250"), ("王小明", "gbk")]
)
def test_one_word_that_two_languages_have_is_asked_about(name: str, codec: str) -> None:
    content = _file([name]).encode(codec)
    assert _names(content) is None
    look = look_into(content, "users")
    assert not look.is_certain
    assert name in [reading.lines[0].split(";")[0] for reading in look.readings]


@pytest.mark.parametrize(("codec", "names"), WRITTEN)
def test_what_is_chosen_holds(codec: str, names: Sequence[str]) -> None:
    (name,) = [name for name, one in encodings.KNOWN.items() if one == ("gb18030" if codec == "gbk" else codec)]
    assert _names(_file(names).encode(codec), name) == list(names)


def test_a_choice_that_does_not_fit_asks_again() -> None:
    assert _names(_file(["Zoë"]).encode("cp1252"), "utf-8") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_says_so_itself(encoding: str) -> None:
    names = ["Анна", "ليلى", "王小明", "👩‍🏫"]
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert _names(mark + _file(names).encode(encoding)) == names


@pytest.mark.parametrize("damage", [b"\xeb", b"\xc3", b"\xff", b"\xed\xa0\x80"])
def test_one_damaged_letter_makes_no_other_encoding_and_is_told_by_its_line(damage: bytes) -> None:
    content = _file(["Jürgen Müller", "Søren Åström"]).encode() + b"Zo" + damage + b";z@x.example;zo\r\n"
    with pytest.raises(Invalid) as refused:
        read_sheet(content)
    assert [(one.code, one.values) for one in refused.value.problems] == [("damaged_letters", {"line": 4})]


def test_a_look_shows_lines_with_the_letters_in_question() -> None:
    content = (_file(["Ann"] * 30) + "Muñoz;m@x.example;m\r\n").encode("cp1252")
    look = look_into(content, "users")
    assert look.readings[0].encoding == "windows-1252"
    assert look.readings[0].lines == ("Muñoz;m@x.example;m",)
    assert len({reading.lines for reading in look.readings}) == len(look.readings) > 1


def test_the_wire_names_the_encodings_that_are_read() -> None:
    assert set(get_args(wire_admin.Encoding)) == set(encodings.KNOWN)


# Columns and lines.


def _seen(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sheet = read_sheet(text.encode())
    return tuple(one.strip() for one in sheet.columns), tuple(one.strip() for one in sheet.lines[0].values)


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        LINES.replace(";", ","),
        LINES.replace(";", "\t"),
        LINES.replace("\r\n", "\n"),
        LINES.replace("\r\n", "\r"),
        "sep=;\r\n" + LINES,
        '"sep=;"\r\n' + LINES,
        "SEP=|\r\n" + LINES.replace(";", "|"),
        "sep=\t\r\n" + LINES.replace(";", "\t"),
        "\ufeffsep=,\r\n" + LINES.replace(";", ","),
        "\r\n\r\nsep=;\n" + LINES,
        "\r\n" + LINES,
        "\n \n;;\n" + LINES,
        "\ufeff\ufeff" + LINES,
        "\ufeff\r\n" + LINES,
        LINES.replace(";", "; "),
        'name, email, login\r\n"Anna Berg", "a@x.example", "anna"\r\n',
        '"name";"email";"login"\r\n"Anna Berg";"a@x.example";"anna"\r\n',
    ],
)
def test_the_usual_forms_are_one_file(text: str) -> None:
    assert _seen(text) == (COLUMNS, VALUES)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            '"name, as others see it, first";email;login\r\nAnna Berg;a@x.example;anna\r\n',
            "name, as others see it, first",
        ),
        ('"name;\nfirst; then last",email,login\r\nAnna Berg,a@x.example,anna\r\n', "name;\nfirst; then last"),
        ('"the ""name"", in full",email,login\r\nAnna Berg,a@x.example,anna\r\n', 'the "name", in full'),
    ],
)
def test_a_separator_within_quotes_is_text(text: str, columns: str) -> None:
    assert _seen(text) == ((columns, "email", "login"), VALUES)


def test_a_column_that_only_begins_like_a_separator_line_is_a_column() -> None:
    assert read_sheet(b"sep=x,name\r\n1,Anna\r\n").columns == ("sep=x", "name")


def test_lines_are_counted_as_a_spreadsheet_does() -> None:
    assert [line.number for line in read_sheet(b'\r\nname\r\n\r\n"Anna\nBerg"\r\nBen\r\n').lines] == [4, 5]


@pytest.mark.parametrize(("text", "line"), [('name\r\nAnna\r\n"Ben" x\r\n', 3), ('name\n"Anna', 2)])
def test_broken_quotes_are_told_by_their_line(text: str, line: int) -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(text.encode())
    assert [(one.code, one.values) for one in refused.value.problems] == [("broken_csv", {"line": line})]
