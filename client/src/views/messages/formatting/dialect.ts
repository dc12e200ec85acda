/**
 * The dialect of messages: which rules of markdown-it apply, and where Hallway is stricter, or has a rule of its own. The server has
 * the same (`src/hallway/formatting/dialect.py`), and both are held to the golden cases.
 */
import MarkdownIt from "markdown-it";
import { pieces } from "../links.ts";

type StateBlock = InstanceType<typeof MarkdownIt.StateBlock>;
type StateInline = InstanceType<typeof MarkdownIt.StateInline>;
type Token = InstanceType<typeof MarkdownIt.Token>;
type Parser = InstanceType<typeof MarkdownIt>;
type BlockRule = (state: StateBlock, line: number, end: number, silent: boolean) => boolean;
type InlineRule = (state: StateInline, silent: boolean) => boolean;

/** Levels of blocks in each other. A list takes two, a quote one; what is deeper stays text. */
const DEEPEST = 8;
const BULLET = /^(?:[-*]|1[.)])[ \t]+\S/;
const RULE = /^[-*](?:[ \t]+[-*])*[ \t]*$/;
const QUOTE = /^>[> \t]*[ \t][^\s>]/;
const FENCE = /^`{3,}[ \t]*(?:[\w+#.-]{1,20}[ \t]*)?$/;
const FACES = "<>\\/=|~^";
const CJK = /[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]/;
const FORMULA_BLOCK = /^\s*\$\$((?:[^$\\]|\\.)+)\$\$\s*$/u;
/** Lines and characters of a formula in lines of its own. */
const MOST_LINES = 50;
const LONGEST = 1_000;
const FORMULA = /(\${1,2})((?:[^$\\\n]|\\[^\n]){1,300})\1/uy;
const SIGN = /[\\^_=+*<>{}]/;
const SIGN_AFTER_LETTER = /[\\^_=+*<>{}/()|-]/;
const LINK =
  /\[((?:[^[\]\n\\]|\\[^\n]|\[[^[\]\n]{0,100}\]){1,300})\]\(((?:https?:\/\/|mailto:)(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,1900})\)/iuy;
const WORDY = /[\p{L}\p{N}]/u;
const MARKS = "\n!#$%&*+-:<=>@[\\]^_`{}~";

interface Address {
  end: number;
  href: string;
}

/** The inline parser at work, with the addresses of its text, and with where each token begins. */
class State extends MarkdownIt.StateInline {
  readonly addresses = new Map<number, Address>();
  /** Where the rule that is at work began, and how many texts it has made. */
  begun = 0;
  made = 0;
  /** Where the text begins that is no token yet. */
  pendingFrom = 0;

  constructor(...[src, md, env, tokens]: ConstructorParameters<typeof MarkdownIt.StateInline>) {
    super(src, md, env, tokens);
    let at = 0;
    for (const { text, href } of pieces(src)) {
      if (href !== undefined) this.addresses.set(at, { end: at + text.length, href });
      at += text.length;
    }
  }

  override pushPending(): Token {
    return begins(super.pushPending(), this.pendingFrom);
  }

  override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
    const from = this.begun + (type === "text" ? this.made++ : 0);
    return begins(super.push(type, tag, nesting), from);
  }

  /**
   * Emphasis may begin and end beside letters of scripts without spaces, where CommonMark wants a space. Underscores begin none in
   * >_< or ^_^.
   */
  override scanDelims(start: number, canSplitWord: boolean) {
    const found = super.scanDelims(start, canSplitWord);
    const [before, after] = [this.src.charAt(start - 1), this.src.charAt(start + found.length)];
    if (!canSplitWord) return { ...found, can_open: found.can_open && (!before || !FACES.includes(before)) };
    return {
      ...found,
      can_open: found.can_open || (CJK.test(before) && Boolean(after.trim())),
      can_close: found.can_close || (CJK.test(after) && Boolean(before.trim())),
    };
  }
}

function stateOf(state: StateInline): State {
  if (!(state instanceof State)) throw new TypeError("The inline parser works with a state of its own.");
  return state;
}

function begins(token: Token, from: number): Token {
  token.meta = { from };
  return token;
}

export function parser(): Parser {
  const md = new MarkdownIt("zero");
  md.set({ maxNesting: 100 });
  md.enable(["blockquote", "emphasis", "fence", "backticks", "list", "escape"]);
  // Both join texts that may stand apart in the source.
  md.disable(["fragments_join", "text_join"]);
  md.inline.State = State;
  const [block, inline] = [md.block.ruler, md.inline.ruler];
  const ends = { alt: ["paragraph", "blockquote", "list"] };
  const endsNoList = { alt: ["paragraph", "blockquote"] };
  block.at("fence", stricter(ruleOf(md, "fence"), mayFence), ends);
  block.at("blockquote", stricter(ruleOf(md, "blockquote"), mayQuote), ends);
  block.at("list", stricter(ruleOf(md, "list"), mayList), endsNoList);
  block.before("paragraph", "formula", formulaBlock, ends);
  block.before("paragraph", "hard_end", hardEnd, endsNoList);
  inline.at("text", text);
  inline.at("escape", escape);
  inline.before("text", "address", address);
  inline.before("escape", "formula", formula);
  inline.before("escape", "labelled", labelled);
  inline.before("address", "begun", begun);
  return md;
}

function ruleOf({ block }: Parser, name: string): BlockRule {
  const found = block.ruler.__rules__.find((one) => one.name === name);
  if (!found) throw new Error(`markdown-it has no rule ${name}.`);
  return found.fn;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

/** Lets a rule of the library begin a block only where Hallway's does. */
function stricter(rule: BlockRule, may: (state: StateBlock, line: number, end: number) => boolean): BlockRule {
  return (state, line, end, silent) => state.level < DEEPEST && may(state, line, end) && rule(state, line, end, silent);
}

/** A list begins with a bullet, or with 1: a year or a date at the beginning of a line is none. */
function mayList(state: StateBlock, line: number): boolean {
  const said = lineOf(state, line);
  return BULLET.test(said) && !RULE.test(said);
}

/** A quote has a space behind its sign, which sets it apart from >_< and >5. */
function mayQuote(state: StateBlock, line: number): boolean {
  return QUOTE.test(lineOf(state, line));
}

/** Behind a fence stands the name of a language at most, and below it something. */
function mayFence(state: StateBlock, line: number, end: number): boolean {
  return FENCE.test(lineOf(state, line)) && line + 1 < end;
}

/** A quote and an item end where a line is no part of them: CommonMark's lazy lines would quote the answer as well. */
const hardEnd: BlockRule = (state, line, _end, silent) =>
  silent && (state.parentType === "blockquote" || (state.sCount[line] ?? 0) < state.blkIndent);

const formulaBlock: BlockRule = (state, line, end, silent) => {
  if (!lineOf(state, line).startsWith("$$")) return false;
  for (let last = line; last < Math.min(end, line + MOST_LINES); last += 1) {
    if ((state.sCount[last] ?? 0) < state.blkIndent && !state.isEmpty(last)) return false;
    const said = lineOf(state, last).trimEnd();
    if (!said.endsWith("$$") || (last === line && said.length <= 4)) continue;
    const source = state.getLines(line, last + 1, state.blkIndent, false);
    const tex = FORMULA_BLOCK.exec(source)?.[1]?.trim();
    if (!tex || [...source].length > LONGEST) return false;
    if (silent) return true;
    const token = state.push("formula_block", "", 0);
    [token.content, token.markup, token.map] = [tex, source.trim(), [line, last + 1]];
    state.line = last + 1;
    return true;
  }
  return false;
};

/** Remembers where the rules begin that are tried now. */
const begun: InlineRule = (state) => {
  const now = stateOf(state);
  [now.begun, now.made] = [now.pos, 0];
  if (!now.pending) now.pendingFrom = now.pos;
  return false;
};

/** Text up to what may be a mark, or an address. */
const text: InlineRule = (state, silent) => {
  const { addresses } = stateOf(state);
  let end = state.pos;
  while (end < state.posMax && !MARKS.includes(state.src.charAt(end)) && (end === state.pos || !addresses.has(end))) end += 1;
  if (end === state.pos) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
};

/** An address is taken whole: no mark in it counts. */
const address: InlineRule = (state, silent) => {
  const found = stateOf(state).addresses.get(state.pos);
  if (!found || found.end > state.posMax) return false;
  const said = state.src.slice(state.pos, found.end);
  if (!silent && state.linkLevel) state.pending += said;
  else if (!silent) {
    state.push("link_open", "a", 1).attrs = [
      ["href", found.href],
      ["bare", 1],
    ];
    state.pending += said;
    stateOf(state).pendingFrom = state.pos;
    state.push("link_close", "a", -1);
  }
  state.pos = found.end;
  return true;
};

/** A link with words of its own: [words](address). */
const labelled: InlineRule = (state, silent) => {
  if (state.src.charAt(state.pos) !== "[" || state.linkLevel) return false;
  const [whole = "", label = "", href = ""] = at(LINK, state.src, state.pos) ?? [];
  const end = state.pos + whole.length;
  if (!whole || end > state.posMax || !label.trim() || !isLink(href)) return false;
  if (!silent) {
    const { posMax } = state;
    [state.pos, state.posMax] = [state.pos + 1, state.pos + 1 + label.length];
    state.push("link_open", "a", 1).attrs = [["href", href]];
    state.linkLevel += 1;
    state.md.inline.tokenize(state);
    state.linkLevel -= 1;
    state.push("link_close", "a", -1);
    state.posMax = posMax;
  }
  state.pos = end;
  return true;
};

/** To the web or to a mail address alone. */
function isLink(href: string): boolean {
  return /^mailto:/i.test(href) || URL.canParse(href);
}

const formula: InlineRule = (state, silent) => {
  if (state.src.charAt(state.pos) !== "$") return false;
  const [source = "", , tex = ""] = at(FORMULA, state.src, state.pos) ?? [];
  const end = state.pos + source.length;
  if (!source || end > state.posMax || !isFormula(tex, before(state.src, state.pos), after(state.src, end))) return false;
  if (!silent) {
    const token = state.push("formula", "", 0);
    [token.content, token.markup] = [tex, source];
  }
  state.pos = end;
  return true;
};

/** Tells a formula from prices: its marks touch it and no other word, and one with spaces has a sign of mathematics. */
function isFormula(tex: string, left: string, right: string): boolean {
  if (tex !== tex.trim() || WORDY.test(left) || WORDY.test(right) || left === "$" || right === "$") return false;
  return !/\s/.test(tex) || (/^\p{Nd}/u.test(tex) ? SIGN : SIGN_AFTER_LETTER).test(tex);
}

/** A mark that was written as itself. Before all else a backslash is a backslash, as in C:\courses. */
const escape: InlineRule = (state, silent) => {
  if (state.src.charAt(state.pos) !== "\\" || !isEscaped(state.src, state.pos)) return false;
  if (!silent) {
    const token = state.push("text_special", "", 0);
    token.content = state.src.charAt(state.pos + 1);
    token.meta = { from: state.pos + 1 };
  }
  state.pos += 2;
  return true;
};

function isEscaped(source: string, place: number): boolean {
  const sign = source.charAt(place + 1);
  const line = source.slice(source.lastIndexOf("\n", place - 1) + 1, place).replace(/^ +/, "");
  if (sign && "*_`[]$".includes(sign)) return true;
  return ([">", "-"].includes(sign) && !line) || ([".", ")"].includes(sign) && line === "1");
}

function at(pattern: RegExp, source: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(source);
}

/** The whole letter that ends there, or begins there: one of two units counts as one. */
const before = (source: string, place: number): string => [...source.slice(Math.max(0, place - 2), place)].at(-1) ?? "";
const after = (source: string, place: number): string => [...source.slice(place, place + 2)][0] ?? "";
