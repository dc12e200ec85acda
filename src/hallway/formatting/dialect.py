"""The dialect: which rules of markdown-it apply, and where Hallway is stricter, or has a rule of its own."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Rule, RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from hallway.formatting.addresses import addresses, host_of

DEEPEST = 8
"""Levels of blocks in each other. A list takes two, a quote one; what is deeper stays text."""
_BULLET = re.compile(r"(?:[-*]|1[.)])[ \t]+\S")
_RULE = re.compile(r"[-*](?:[ \t]+[-*])*[ \t]*")
_QUOTE = re.compile(r"\A>[> \t]*[ \t][^\s>]")
_FENCE = re.compile(r"`{3,}[ \t]*(?:[\w+#.-]{1,20}[ \t]*)?")
_FACES = "<>\\/=|~^"
_CJK = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_FORMULA_BLOCK = re.compile(r"\A\s*\$\$((?:[^$\\]|\\.)+)\$\$\s*")
_MOST_LINES, _LONGEST = 50, 1_000
"""Lines and characters of a formula in lines of its own."""
_FORMULA = re.compile(r"(\${1,2})((?:[^$\\\n]|\\[^\n]){1,300})\1")
_SIGN = re.compile(r"[\\^_=+*<>{}]")
_SIGN_AFTER_LETTER = re.compile(r"[\\^_=+*<>{}/()|-]")
_LINK = re.compile(
    r"\[((?:[^\[\]\n\\]|\\[^\n]|\[[^\[\]\n]{0,100}\]){1,300})\]"
    r"\(((?:https?://|mailto:)(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,1900})\)",
    re.IGNORECASE,
)

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class _State(StateInline):
    """The inline parser at work, with the addresses of its text."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.addresses = {one.start: one for one in addresses(src)}
        self.starts = sorted(self.addresses)

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - the library's own
        """Let emphasis begin and end beside letters of scripts without spaces, where CommonMark wants a space.

        Underscores begin none in >_< or ^_^.
        """
        found = super().scanDelims(start, canSplitWord)
        end = start + found.length
        before, after = self.src[max(start - 1, 0) : start], self.src[end : end + 1]
        if not canSplitWord:
            return found if not before or before not in _FACES else found._replace(can_open=False)
        opens = bool(_CJK.match(before)) and bool(after.strip())
        closes = bool(_CJK.match(after)) and bool(before.strip())
        return Scanned(found.can_open or opens, found.can_close or closes, found.length)


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@cache
def parser() -> MarkdownIt:
    """Return the parser, which keeps nothing of what it parsed."""
    md = MarkdownIt("zero")
    md.inline = _Inline()
    md.configure("zero", {"maxNesting": 100})
    md.enable(["blockquote", "code", "emphasis", "fence", "backticks", "list", "escape"])
    block, inline = md.block.ruler, md.inline.ruler
    ends: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    ends_no_list: RuleOptionsType = {"alt": ["paragraph", "blockquote"]}
    block.at("code", _never)
    block.at("fence", _stricter(_rule(block.__rules__, "fence"), _may_fence), ends)
    block.at("blockquote", _stricter(_rule(block.__rules__, "blockquote"), _may_quote), ends)
    block.at("list", _stricter(_rule(block.__rules__, "list"), _may_list), ends_no_list)
    block.before("paragraph", "formula", _formula_block, ends)
    block.before("paragraph", "hard_end", _hard_end, ends_no_list)
    inline.at("text", _text)
    inline.at("escape", _escape)
    inline.before("text", "address", _address)
    inline.before("escape", "formula", _formula)
    inline.before("escape", "labelled", _labelled)
    return md


def _rule(rules: Sequence[Rule[BlockRule]], name: str) -> BlockRule:
    return next(one.fn for one in rules if one.name == name)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _stricter(rule: BlockRule, may: Callable[[StateBlock, int, int], bool]) -> BlockRule:
    """Let a rule of the library begin a block only where Hallway's does."""

    def stricter(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's own
        return state.level < DEEPEST and may(state, line, end) and rule(state, line, end, silent)

    return stricter


def _may_list(state: StateBlock, line: int, _: int) -> bool:
    """A list begins with a bullet, or with 1: a year or a date at the beginning of a line is none."""
    text = _line(state, line)
    return bool(_BULLET.match(text)) and not _RULE.fullmatch(text)


def _may_quote(state: StateBlock, line: int, _: int) -> bool:
    """A quote has a space behind its sign, which sets it apart from >_< and >5."""
    return bool(_QUOTE.match(_line(state, line)))


def _may_fence(state: StateBlock, line: int, end: int) -> bool:
    """Behind a fence stands the name of a language at most, and below it something."""
    return bool(_FENCE.fullmatch(_line(state, line))) and line + 1 < end


def _never(_state: StateBlock, _line: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 - the library's own
    return False


def _hard_end(state: StateBlock, line: int, _: int, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    """A quote and an item end where a line is no part of them: CommonMark's lazy lines would quote the answer as well."""
    return silent and (state.parentType == "blockquote" or state.sCount[line] < state.blkIndent)


def _formula_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    if not _line(state, line).startswith("$$"):
        return False
    for last in range(line, min(end, line + _MOST_LINES)):
        if state.sCount[last] < state.blkIndent and not state.isEmpty(last):
            return False
        is_end = _line(state, last).rstrip().endswith("$$") and (last > line or len(_line(state, last).strip()) > 4)  # noqa: PLR2004 - two pairs of marks
        if is_end:
            source = state.getLines(line, last + 1, state.blkIndent, False)  # noqa: FBT003 - the library's own
            found = _FORMULA_BLOCK.fullmatch(source)
            if not found or not found[1].strip() or len(source) > _LONGEST:
                return False
            if not silent:
                token = state.push("formula_block", "", 0)
                token.content, token.markup, token.map = found[1].strip(), source.strip(), [line, last + 1]
                state.line = last + 1
            return True
    return False


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    """Take text up to what may be a mark, or an address."""
    assert isinstance(state, _State)
    mark = state.md.inline.terminator_re.search(state.src, state.pos)
    end = min(mark.start() if mark else state.posMax, state.posMax)
    following = bisect_right(state.starts, state.pos)
    if following < len(state.starts):
        end = min(end, state.starts[following])
    if end <= state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    """Take an address whole: no mark in it counts."""
    assert isinstance(state, _State)
    found = state.addresses.get(state.pos)
    if found is None or found.end > state.posMax:
        return False
    if not silent:
        if state.linkLevel:
            state.append_pending(state.src[found.start : found.end])
        else:
            state.push("link_open", "a", 1).attrs = {"href": found.href, "bare": 1}
            state.append_pending(state.src[found.start : found.end])
            state.push("link_close", "a", -1)
    state.pos = found.end
    return True


def _labelled(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    """Take a link with words of its own: [words](address)."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    found = _LINK.match(state.src, state.pos, state.posMax)
    if not found or not found[1].strip() or not is_link(found[2]):
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.span(1)
        state.push("link_open", "a", 1).attrs = {"href": found[2]}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = found.end()
    return True


def is_link(href: str) -> bool:
    """Return whether a link may lead there: to the web or to a mail address alone."""
    return href[:7].lower() == "mailto:" or bool(host_of(href))


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    found = _FORMULA.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "$" else None
    if not found or not _is_formula(found[2], state.src[: state.pos][-1:], state.src[found.end() :][:1]):
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.markup = found[2], found[0]
    state.pos = found.end()
    return True


def _is_formula(tex: str, before: str, after: str) -> bool:
    """Tell a formula from prices: its marks touch it and no other word, and one with spaces has a sign of mathematics."""
    if tex != tex.strip() or before.isalnum() or after.isalnum() or "$" in (before, after):
        return False
    signs = _SIGN if tex[0].isdecimal() else _SIGN_AFTER_LETTER
    return not re.search(r"\s", tex) or bool(signs.search(tex))


def _escape(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's own
    r"""Take a mark that was written as itself. Before all else a backslash is a backslash, as in C:\courses."""
    if state.src[state.pos] != "\\" or not _is_escaped(state.src, state.pos):
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = state.src[state.pos + 1]
        token.info = "escape"
    state.pos += 2
    return True


def _is_escaped(source: str, at: int) -> bool:
    sign = source[at + 1 : at + 2]
    line = source[source.rfind("\n", 0, at) + 1 : at].lstrip(" ")
    if sign and sign in "*_`[]$":
        return True
    return (sign in (">", "-") and not line) or (sign in (".", ")") and line == "1")
