"""Somebody sends a text for which a pattern takes quadratic time or worse. None does: all patterns of the package are found
here by themselves, and pumped with what each of them repeats.
"""

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as codes  # pyright: ignore[reportAttributeAccessIssue]
from re import _parser as parser  # pyright: ignore[reportAttributeAccessIssue]
from typing import Any

import pytest

import hallway
from hallway.domain.excerpts import excerpt, spans
from hallway.domain.text import cleaned, cleaned_line, identity_key, search_key
from hallway.integrations.mail.automatic import begins_as_programs_do
from hallway.integrations.mail.html import text_of
from hallway.integrations.mail.lines import flowed_lines
from hallway.integrations.mail.parsing import UnreadableMail
from hallway.integrations.mail.quotes import answer_in_html, answer_in_text
from hallway.integrations.mail.senders import one_sender
from hallway.usecases import fields

ROOT = Path(hallway.__file__).parent
SIZES = 500, 2_000, 8_000, 16_000
"""Letters of what is pumped: the next size is tried while the last one takes no time."""
NOISE = 0.01
"""Seconds below which nothing is compared."""
MOST = 3
"""How many times as long twice as much may take; a quadratic pattern takes four times as long."""


def growth(work: Callable[[int], object]) -> tuple[float, float]:
    """How long the first size takes that is not lost in the noise, and twice that size; zeros if none does."""
    for size in SIZES:
        if _seconds(work, size) > NOISE:
            return min(_seconds(work, size) for _ in range(3)), min(_seconds(work, 2 * size) for _ in range(3))
    return 0, 0


def _seconds(work: Callable[[int], object], size: int) -> float:
    """Of the processor: others work on this machine, too."""
    began = time.thread_time()
    work(size)
    return time.thread_time() - began


def pump(repeated: str, size: int) -> str:
    """As many letters of it."""
    return repeated * (size // len(repeated) + 1)


def is_steady(work: Callable[[int], object]) -> bool:
    """Whether time grows as the size does. A busy machine may need a second look."""
    return any(twice <= MOST * once for once, twice in (growth(work) for _ in range(2)))


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that the sources name, by where it stands: compiled, given to `re` directly, or to the wire's types."""
    found: dict[str, re.Pattern[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for where, pattern in _written_in(path):
            found[f"{path.relative_to(ROOT)}:{where}"] = pattern
    return found


def _written_in(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    """A pattern put together of others is taken from the module itself."""
    text = path.read_text("utf-8")
    if "re." not in text and "Meta(" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called.startswith("re.") and called != "re.escape":
            text = node.args[0]
            if isinstance(text, ast.Constant):
                yield str(node.lineno), re.compile(text.value, _flags(node, called))
            else:
                yield from _held_by(path)
        elif called == "Meta":
            yield from (
                (str(node.lineno), re.compile(one.value.value))
                for one in node.keywords
                if one.arg == "pattern" and isinstance(one.value, ast.Constant)
            )


def _flags(node: ast.Call, called: str) -> int:
    given = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "flags")]
    names = [one for one in given if called == "re.compile" and ast.unparse(one).startswith("re.")]
    return eval(ast.unparse(names[0]), {"re": re}) if names else 0  # noqa: S307 - of our own sources


def _held_by(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    module = importlib.import_module(".".join(("hallway", *path.relative_to(ROOT).with_suffix("").parts)))
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            yield name, value


def pumped(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """What stands before, and what is repeated, of each repetition in a pattern; and the letters that it names."""
    found: set[tuple[str, str]] = set()
    _collect(parser.parse(pattern.pattern, pattern.flags), "", found)
    letters = sorted({pump for _, pump in found if pump})
    pairs = {("", one + other) for one in letters[:6] for other in letters[:6]}
    before = {(head + head, pump) for head, pump in found} | {("", head + pump) for head, pump in found}
    return {one for one in found | before | pairs if one[1]} | {
        ("", one) for one in ("a", " ", "\n", "@", ".", "<", "(")
    }


def _collect(tree: Any, head: str, found: set[tuple[str, str]]) -> str:
    """Go through a pattern; answers the shortest text that it may match, behind `head`."""
    text = head
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, _, inner = value
            once = _collect(inner, text, found)[len(text) :]
            found.add((text, once))
            text += once * min(max(least, 1), 100)
        elif code is codes.SUBPATTERN:
            text = _collect(value[-1], text, found)
        elif code is codes.BRANCH:
            ends = [_collect(one, text, found) for one in value[1]]
            found.update((text, one[len(text) :]) for one in ends)
            text = ends[0]
        else:
            text += _sample(code, value)
    found.add((head, text[len(head) :]))
    return text


SAMPLES = {
    codes.CATEGORY_DIGIT: "7",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "w",
    codes.CATEGORY_NOT_DIGIT: "x",
    codes.CATEGORY_NOT_SPACE: "x",
    codes.CATEGORY_NOT_WORD: "-",
}


def _sample(code: Any, value: Any) -> str:
    """A letter that one step of a pattern takes; none for those that take none."""
    if code is codes.LITERAL:
        return chr(value)
    if code in (codes.ANY, codes.NOT_LITERAL):
        return "x"
    if code is not codes.IN:
        return ""
    first, given = value[0]
    if first is codes.NEGATE:
        return next(one for one in "x7 -漢" if not any(_holds(*member, one) for member in value[1:]))
    return SAMPLES[given] if first is codes.CATEGORY else chr(given[0] if first is codes.RANGE else given)


HOLDS: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: str.isalnum,
    codes.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdigit(),
    codes.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    codes.CATEGORY_NOT_WORD: lambda letter: not letter.isalnum(),
}


def _holds(code: Any, value: Any, letter: str) -> bool:
    """Whether a member of a set of letters holds this one."""
    if code is codes.RANGE:
        return value[0] <= ord(letter) <= value[1]
    if code is codes.CATEGORY:
        return HOLDS[value](letter)
    return value == ord(letter)


FOUND = patterns()


def test_the_patterns_are_found() -> None:
    modules = {one.rpartition(":")[0] for one in FOUND}
    expected = {
        "integrations/mail/quotes.py",
        "integrations/mail/addresses.py",
        "usecases/fields.py",
        "transport/wire/fields.py",
    }
    assert expected <= modules
    assert len(FOUND) > len(modules)


@pytest.mark.parametrize("where", FOUND)
def test_no_pattern_takes_more_than_linear_time(where: str) -> None:
    pattern = FOUND[where]
    for head, repeated in sorted(pumped(pattern)):
        for tail in ("", "\x00", "x\n\n"):
            for way in (pattern.search, pattern.fullmatch):

                def work(
                    size: int, head: str = head, repeated: str = repeated, tail: str = tail, way: Any = way
                ) -> None:
                    text = head + pump(repeated, size) + tail
                    way(text.encode() if isinstance(pattern.pattern, bytes) else text)

                assert is_steady(work), (pattern.pattern, head, repeated, tail, way.__name__)


@pytest.mark.slow
@pytest.mark.parametrize(
    "bad", [r"^.{0,20}\d{1,4}.{3,120}[<(].+@.+[)>]$", r"Den (.*) skrev (.*):$", r"\s+$", r"a(a|b)*(ab)*c"]
)
def test_a_pattern_that_takes_more_would_be_found(bad: str) -> None:
    pattern = re.compile(bad)
    found = (
        is_steady(lambda size, one=one: pattern.search(one[0] + pump(one[1], size) + "!")) for one in pumped(pattern)
    )
    assert not all(found)


HOSTILE: dict[str, Callable[[int], str]] = {
    "combining marks": lambda size: "a" + pump("\u0301\u0327", size),
    "ligatures": lambda size: pump("\ufdfa", size),
    "line ends": lambda size: pump("\r\n\x0b\u2028", size),
    "spaces": lambda size: pump(" ", size) + "x",
    "brackets": lambda size: "1" * 140 + "(" + pump("@", size),
    "Swedish": lambda size: "Den " + pump(" skrev ", size),
    "dates": lambda size: "2026/1/1 " + pump(" <@", size),
    "our line": lambda size: pump("##-", size),
    "quotes": lambda size: pump("> \n", size),
    "names of headers": lambda size: pump("from:\n", size) + pump("\n\nTo:", size),
    "introductions": lambda size: pump("2026 1 <a@b.c> wrote:\n", size) + pump("2026 a@b.c,\n", size),
    "forwarded mails": lambda size: pump("---- original message ----\n", size),
    "numbers": lambda size: pump("> 5\n1 2 @ 3:", size),
    "phones": lambda size: pump("sent from my iphone\n", size),
    "links": lambda size: pump("<a href='https://a.b'>c", size),
    "pictures": lambda size: pump("data:image/", size),
    "signatures": lambda size: "a\n" + pump("_", size) + "x",
    "ids": lambda size: pump("<aaaaaaaaaaaaaaaaaaaaaaaaa.1", size),
    "tags": lambda size: pump("<b><p>", size),
    "attributes": lambda size: "<p " + " ".join(f"a{one}" for one in range(size // 6)) + ">x",
    "depth": lambda size: pump("<blockquote>", size) + pump("<br>", size),
    "tables": lambda size: pump("<table><tr><td>a<td>b", size),
    "margins": lambda size: pump("<p style='margin-top:99999em;padding-left:9999em'>x", size),
    "comments": lambda size: pump("<!--", size),
    "words": lambda size: pump("=?utf-8?q?", size),
    "comments in addresses": lambda size: pump("(", size),
}


def _sender(text: str) -> object:
    try:
        return one_sender([text])
    except UnreadableMail as nobody:
        return nobody


READERS: list[Callable[[str], object]] = [
    search_key,
    identity_key,
    lambda text: excerpt(text, spans(text, search_key(text[:200]))),
    cleaned,
    cleaned_line,
    answer_in_text,
    answer_in_html,
    lambda text: flowed_lines(text.replace("\n", " \n"), deletes_space=True),
    text_of,
    begins_as_programs_do,
    _sender,
    lambda text: fields.email("email", text),
    lambda text: fields.name("name", text),
    lambda text: fields.login("login", text),
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_that_reads_a_text_takes_more_than_linear_time(text: Callable[[int], str]) -> None:
    for read in READERS:
        assert is_steady(lambda size, read=read: read(text(size))), read
