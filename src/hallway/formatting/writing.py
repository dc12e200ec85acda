"""Write a formatted text: as lines without marks, and as the HTML of a mail."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import assert_never

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
from hallway.formatting.parsing import is_marked, parse

_CODE = "font-family:ui-monospace,Consolas,Menlo,monospace;font-size:0.9em"
_CODE_BLOCK = (
    f"margin:4px 0;padding:8px;background:#f1f4f2;color:#17201c;border-radius:6px;white-space:pre-wrap;{_CODE}"
)
_QUOTE = "margin:4px 0;padding-inline-start:12px;border-inline-start:3px solid #c3cec8"
_LIST = "margin:4px 0;padding-inline-start:24px"


def plain(text: str, *, with_addresses: bool = False) -> str:
    """Return a text without its marks, in the same lines; with where each link leads, or with true hosts alone."""
    if not is_marked(text):
        return text
    return "\n".join(_lines(parse(text), with_addresses=with_addresses))


def html(text: str) -> str:
    """Return a text as HTML for a mail: of a few tags alone, with all that people wrote escaped. Whatever holds it keeps line breaks."""
    return "".join(_html(one) for one in parse(text))


def _lines(blocks: Sequence[Block], *, with_addresses: bool) -> Iterator[str]:
    for block in blocks:
        yield from [""] * block.gap
        yield from _lines_of(block, with_addresses=with_addresses)


def _lines_of(block: Block, *, with_addresses: bool) -> Iterator[str]:
    match block:
        case Paragraph(inside):
            yield from "".join(_plain(one, with_addresses=with_addresses) for one in inside).split("\n")
        case List(items):
            for item in items:
                yield from [""] * item.gap
                yield from _item_lines(item, with_addresses=with_addresses)
        case Quote(blocks):
            yield from (f"> {line}".rstrip() for line in _lines(blocks, with_addresses=with_addresses))
        case CodeBlock(text):
            yield from text.split("\n")
        case FormulaBlock(source=source):
            yield from source.split("\n")
        case _:
            assert_never(block)


def _item_lines(item: Item, *, with_addresses: bool) -> Iterator[str]:
    sign = "•" if item.number is None else f"{item.number}."
    first, *others = [*_lines(item.blocks, with_addresses=with_addresses)] or [""]
    yield f"{sign} {first}"
    yield from (f"{' ' * (len(sign) + 1)}{line}".rstrip() for line in others)


def _plain(one: Inline, *, with_addresses: bool) -> str:
    match one:
        case Text(text) | Code(text):
            return text
        case Bold(inside) | Italic(inside):
            return "".join(_plain(part, with_addresses=with_addresses) for part in inside)
        case Formula(source=source):
            return source
        case Link(href, host, is_bare, inside):
            said = "".join(_plain(part, with_addresses=with_addresses) for part in inside)
            leads = href if with_addresses and said != href and not is_bare else host
            return f"{said} ({leads})" if leads else said
        case _:
            assert_never(one)


def _html(block: Block) -> str:
    match block:
        case Paragraph(inside, gap):
            return f'<p dir="auto" style="margin:{gap}em 0 0">{_inline_html(inside)}</p>'
        case List(items):
            tag = "ul" if items[0].number is None else "ol"
            return f'<{tag} style="{_LIST}">{"".join(_item_html(one) for one in items)}</{tag}>'
        case Quote(blocks):
            return f'<blockquote style="{_QUOTE}">{"".join(_html(one) for one in blocks)}</blockquote>'
        case CodeBlock(text):
            return f'<pre dir="ltr" style="{_CODE_BLOCK}">{escape(text)}</pre>'
        case FormulaBlock(source=source):
            return f'<pre dir="ltr" style="{_CODE_BLOCK}">{escape(source)}</pre>'
        case _:
            assert_never(block)


def _item_html(item: Item) -> str:
    value = "" if item.number is None else f' value="{item.number}"'
    return f"<li{value}>{''.join(_html(one) for one in item.blocks)}</li>"


def _inline_html(inlines: Sequence[Inline]) -> str:
    return "".join(_one_html(one) for one in inlines)


def _one_html(one: Inline) -> str:
    match one:
        case Text(text):
            return escape(text)
        case Bold(inside):
            return f"<b>{_inline_html(inside)}</b>"
        case Italic(inside):
            return f"<i>{_inline_html(inside)}</i>"
        case Code(text):
            return f'<code dir="ltr" style="{_CODE}">{escape(text)}</code>'
        case Formula(source=source):
            return f'<code dir="ltr" style="{_CODE}">{escape(source)}</code>'
        case Link(href, host, _, inside):
            true = f" ({escape(host)})" if host else ""
            return f'<a href="{escape(href)}" rel="noopener nofollow">{_inline_html(inside)}</a>{true}'
        case _:
            assert_never(one)
