"""A formatted text as the golden cases write it: `["b", …]` is bold, `["p", …]` a paragraph, a string is text."""

from collections.abc import Sequence
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
    Link,
    List,
    Paragraph,
    Quote,
    Text,
)

Compact = str | list["Compact"]


def compact(blocks: Sequence[Block]) -> list[Compact]:
    """Write blocks."""
    return [_block(one) for one in blocks]


def _block(block: Block) -> Compact:
    match block:
        case Paragraph(inside):
            return ["p", *map(_inline, inside)]
        case List(items):
            tag = "ul" if items[0].number is None else "ol"
            return [tag, *([str(one.number or ""), *compact(one.blocks)] for one in items)]
        case Quote(blocks):
            return ["quote", *compact(blocks)]
        case CodeBlock(text, language):
            return ["pre", language, text]
        case FormulaBlock(tex):
            return ["formula", tex]
        case _:
            assert_never(block)


def _inline(one: Inline) -> Compact:
    match one:
        case Text(text):
            return text
        case Bold(inside):
            return ["b", *map(_inline, inside)]
        case Italic(inside):
            return ["i", *map(_inline, inside)]
        case Code(text):
            return ["code", text]
        case Formula(tex):
            return ["$", tex]
        case Link(href, host, _, inside):
            return ["a", href, host, *map(_inline, inside)]
        case _:
            assert_never(one)
