/** A text as blocks, with where each of their words stands in it. */
import type MarkdownIt from "markdown-it";
import { parser } from "./dialect.ts";
import { trueHost } from "./hosts.ts";
import { isMarked } from "./marked-text.ts";
import { wordsOf, type Block, type Inline, type Item, type Words } from "./nodes.ts";

type Token = InstanceType<typeof MarkdownIt.Token>;

const MOST_EMPTY_LINES = 3;
const md = parser();

export function parse(text: string): Block[] {
  if (!isMarked(text)) return [{ kind: "paragraph", gap: 0, inside: [{ kind: "text", text, from: 0 }] }];
  return new Blocks(md.parse(text, {}), text.split("\n")).read();
}

/** Tokens, read from the first to the last. */
class Blocks {
  readonly #tokens: Iterator<Token>;
  readonly #lines: readonly string[];
  /** Where each line begins. */
  readonly #starts: number[] = [];

  constructor(tokens: Token[], lines: readonly string[]) {
    this.#tokens = tokens.values();
    this.#lines = lines;
    let at = 0;
    for (const line of lines) {
      this.#starts.push(at);
      at += line.length + 1;
    }
  }

  /** Blocks up to a token of this type, or to the last. */
  read(end = ""): Block[] {
    const blocks: Block[] = [];
    for (let token = this.#next(); token && token.type !== end; token = this.#next()) {
      const block = this.#block(token, blocks.length ? this.#gap(token) : 0);
      if (block) blocks.push(block);
    }
    return blocks;
  }

  #next(): Token | undefined {
    const next = this.#tokens.next();
    return next.done ? undefined : next.value;
  }

  #block(token: Token, gap: number): Block | undefined {
    const line = token.map?.[0] ?? 0;
    switch (token.type) {
      case "inline":
        return { kind: "paragraph", gap, inside: this.#inlines(token, line) };
      case "blockquote_open":
        return { kind: "quote", gap, blocks: this.read("blockquote_close") };
      case "bullet_list_open":
      case "ordered_list_open":
        return { kind: "list", gap, isOrdered: token.tag === "ol", items: this.#items(token.type.replace("open", "close")) };
      case "fence": {
        const lines = token.content.replace(/\n$/, "").split("\n");
        return { kind: "code-block", gap, lines: this.#placed(lines, line + 1), language: token.info.trim() };
      }
      case "formula_block": {
        const [first] = this.#placed([token.markup.split("\n")[0] ?? ""], line);
        return { kind: "formula-block", gap, tex: token.content, source: token.markup, from: first?.from ?? 0 };
      }
      default:
        return undefined;
    }
  }

  #items(end: string): Item[] {
    const items: Item[] = [];
    for (let token = this.#next(); token && token.type !== end; token = this.#next()) {
      const gap = items.length ? this.#gap(token) : 0;
      items.push({ gap, number: Number(token.info), blocks: this.read("list_item_close") });
    }
    return items;
  }

  /** How many empty lines stand above a block. */
  #gap({ map }: Token): number {
    const start = map?.[0] ?? 0;
    let at = start;
    while (at && /^[\s>]*$/.test(this.#lines[at - 1] ?? "")) at -= 1;
    return Math.min(start - at, MOST_EMPTY_LINES);
  }

  /** Lines of a block, each where it stands in the text: what stands before it there belongs to the blocks around. */
  #placed(lines: readonly string[], first: number): Words[] {
    return lines.map((text, at) => {
      const whole = (this.#lines[first + at] ?? "").trimEnd().length;
      return { text, from: (this.#starts[first + at] ?? 0) + Math.max(0, whole - text.trimEnd().length) };
    });
  }

  #inlines({ content, children }: Token, line: number): Inline[] {
    let at = 0;
    const placed = this.#placed(content.split("\n"), line).map(({ text, from }) => {
      const begins = at;
      at += text.length + 1;
      return { at: begins, from };
    });
    const place = (from: number): number => {
      const within = placed.findLast((one) => one.at <= from);
      return within ? within.from + from - within.at : from;
    };
    return new Inlines(children ?? [], content, place).read("", []);
  }
}

/** Tokens of one text, read from the first to the last. */
class Inlines {
  readonly #tokens: Iterator<Token>;
  readonly #content: string;
  readonly #place: (from: number) => number;

  constructor(tokens: Token[], content: string, place: (from: number) => number) {
    this.#tokens = tokens.values();
    this.#content = content;
    this.#place = place;
  }

  /** Up to a token of this type. What is bold already becomes no bolder: `around` has the marks outside. */
  read(end: string, around: readonly string[]): Inline[] {
    const found: Inline[] = [];
    for (let next = this.#tokens.next(); !next.done && next.value.type !== end; next = this.#tokens.next())
      found.push(...this.#inline(next.value, around));
    return found;
  }

  #inline(token: Token, around: readonly string[]): Inline[] {
    const from = Number(token.meta?.["from"] ?? 0);
    switch (token.type) {
      case "strong_open":
      case "em_open": {
        const inside = this.read(token.type.replace("open", "close"), [...around, token.type]);
        return around.includes(token.type) ? inside : [{ kind: token.type === "em_open" ? "italic" : "bold", inside }];
      }
      case "link_open":
        return [this.#link(token, this.read("link_close", around))];
      case "code_inline":
        return [{ kind: "code", text: token.content, from: this.#place(this.#codeFrom(token, from + token.markup.length)) }];
      case "formula":
        return [{ kind: "formula", tex: token.content, source: token.markup, from: this.#place(from) }];
      default:
        return this.#words(token.content, from);
    }
  }

  /** A blank on both sides of code is no part of it. */
  #codeFrom({ content }: Token, from: number): number {
    return this.#content.slice(from, from + content.length).replaceAll("\n", " ") === content ? from : from + 1;
  }

  #link(token: Token, inside: Inline[]): Inline {
    const href = String(token.attrGet("href"));
    const isBare = token.attrGet("bare") !== null;
    return { kind: "link", href, isBare, host: isBare ? "" : trueHost(wordsOf(inside), href), inside };
  }

  /** Words line by line, since each line has a place of its own in the text. */
  #words(text: string, from: number): Inline[] {
    if (!text) return [];
    let at = from;
    return text.split(/(?<=\n)/).map((line) => {
      const begins = at;
      at += line.length;
      return { kind: "text", text: line, from: this.#place(begins) };
    });
  }
}
