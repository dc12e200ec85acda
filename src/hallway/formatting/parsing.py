"""Read a text as blocks."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from hallway.formatting.addresses import true_host
from hallway.formatting.dialect import parser
from hallway.formatting.nodes import (
    Block,
    Bold,
    Code,
    CodeBlock,
    Formula,
    FormulaBlock,
    Inline,
    Italic,
    Item,
    Link,
    List,
    Paragraph,
    Quote,
    Text,
)

LONGEST = 10_000
"""Characters; a longer text, which no message is, stays as it is."""
MOST_EMPTY_LINES = 3
_MARKED = re.compile(r"[*_`$\[]|^ {0,3}(?:[->]|1[.)])[ \t]", re.MULTILINE)
_EMPTY = re.compile(r"[\s>]*")


def is_marked(text: str) -> bool:
    """Return whether anything in a text may be a mark; all others are one text as it stands."""
    return len(text) <= LONGEST and bool(_MARKED.search(text))


def parse(text: str) -> Sequence[Block]:
    """Return a text's blocks."""
    if not is_marked(text):
        return [Paragraph([Text(text)])]
    return _Blocks(parser().parse(text), text.split("\n")).read()


class _Blocks:
    """Tokens, read from the first to the last."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        self._tokens = iter(tokens)
        self._lines = lines

    def read(self, end: str = "") -> list[Block]:
        """Read blocks up to a token of this type, or to the last."""
        blocks: list[Block] = []
        for token in self._tokens:
            if token.type == end:
                break
            block = self._block(token, self._gap(token) if blocks else 0)
            if block:
                blocks.append(block)
        return blocks

    def _block(self, token: Token, gap: int) -> Block | None:
        match token.type:
            case "inline":
                return Paragraph(_inlines(token.children or []), gap)
            case "blockquote_open":
                return Quote(self.read("blockquote_close"), gap)
            case "bullet_list_open" | "ordered_list_open":
                return List(list(self._items(token.type.replace("open", "close"))), gap)
            case "fence":
                return CodeBlock(token.content.removesuffix("\n"), token.info.strip(), gap)
            case "formula_block":
                return FormulaBlock(token.content, token.markup, gap)
            case _:
                return None

    def _items(self, end: str) -> Iterator[Item]:
        is_first = True
        for token in self._tokens:
            if token.type == end:
                return
            gap = 0 if is_first else self._gap(token)
            yield Item(int(token.info) if token.info else None, self.read("list_item_close"), gap)
            is_first = False

    def _gap(self, token: Token) -> int:
        """Count the empty lines above a block."""
        start = at = token.map[0] if token.map else 0
        while at and _EMPTY.fullmatch(self._lines[at - 1]):
            at -= 1
        return min(start - at, MOST_EMPTY_LINES)


def _inlines(tokens: Sequence[Token]) -> Sequence[Inline]:
    return _Inlines(tokens).read("", frozenset())


class _Inlines:
    """Tokens of one text, read from the first to the last."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = iter(tokens)

    def read(self, end: str, around: frozenset[str]) -> list[Inline]:
        """Read up to a token of this type. What is bold already becomes no bolder: `around` has the marks outside."""
        found: list[Inline] = []
        for token in self._tokens:
            if token.type == end:
                break
            for one in self._inline(token, around):
                last = found[-1] if found else None
                if isinstance(one, Text) and isinstance(last, Text):
                    found[-1] = Text(last.text + one.text)
                elif one != Text(""):
                    found.append(one)
        return found

    def _inline(self, token: Token, around: frozenset[str]) -> Sequence[Inline]:
        match token.type:
            case "strong_open" | "em_open":
                inside = self.read(token.type.replace("open", "close"), around | {token.type})
                kind = Bold if token.type == "strong_open" else Italic
                return inside if token.type in around else [kind(inside)]
            case "link_open":
                return [_link(token, self.read("link_close", around))]
            case "code_inline":
                return [Code(token.content)]
            case "formula":
                return [Formula(token.content, token.markup)]
            case _:
                return [Text(token.content)]


def _link(token: Token, inside: Sequence[Inline]) -> Link:
    href, is_bare = str(token.attrs["href"]), "bare" in token.attrs
    return Link(href, "" if is_bare else true_host(words(inside), href), is_bare, inside)


def words(inlines: Sequence[Inline]) -> str:
    """Return the words of inline parts, without marks."""
    return "".join(_words(one) for one in inlines)


def _words(one: Inline) -> str:
    match one:
        case Text(text) | Code(text):
            return text
        case Formula(source=source):
            return source
        case Bold(inside) | Italic(inside) | Link(inside=inside):
            return words(inside)
