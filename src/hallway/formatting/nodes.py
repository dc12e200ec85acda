"""What a formatted text consists of: blocks, with inline parts in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words without formatting; line breaks in them are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words in bold."""

    inside: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Italic:
    """Words in italics."""

    inside: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Code:
    """A few words of code."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, as TeX; `source` is it with its marks."""

    tex: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the web or to a mail address. `host` is where it truly leads, wherever its words may say something else."""

    href: str
    host: str
    is_bare: bool
    inside: Sequence[Inline]


Inline = Text | Bold | Italic | Code | Formula | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text. `gap` counts the empty lines above it, as it does for every block."""

    inside: Sequence[Inline]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `number` is the one that was written, None for a bullet."""

    number: int | None
    blocks: Sequence[Block]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class List:
    """Items with bullets, or with numbers."""

    items: Sequence[Item]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    blocks: Sequence[Block]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code, of a language if its writer named one."""

    text: str
    language: str
    gap: int = 0


@dataclass(frozen=True, slots=True)
class FormulaBlock:
    """A formula in lines of its own."""

    tex: str
    source: str
    gap: int = 0


Block = Paragraph | List | Quote | CodeBlock | FormulaBlock
