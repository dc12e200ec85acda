/** A text without its marks, in the same lines: for lists, quotes and notices, which have no room for formatting. */
import type { Block, Inline, Item } from "./nodes.ts";
import { parse } from "./parse.ts";

export function plain(text: string): string {
  return lines(parse(text)).join("\n");
}

function lines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => [...Array<string>(block.gap).fill(""), ...linesOf(block)]);
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case "paragraph":
      return block.inside.map(said).join("").split("\n");
    case "list":
      return block.items.flatMap((item) => [...Array<string>(item.gap).fill(""), ...itemLines(item)]);
    case "quote":
      return lines(block.blocks).map((line) => `> ${line}`.trimEnd());
    case "code-block":
      return block.lines.map((line) => line.text);
    case "formula-block":
      return block.source.split("\n");
  }
}

function itemLines({ number, blocks }: Item): string[] {
  const sign = number ? `${number}.` : "•";
  const [first = "", ...others] = lines(blocks);
  return [`${sign} ${first}`, ...others.map((line) => `${" ".repeat(sign.length + 1)}${line}`.trimEnd())];
}

function said(one: Inline): string {
  if (one.kind === "formula") return one.source;
  if (!("inside" in one)) return one.text;
  const words = one.inside.map(said).join("");
  return one.kind === "link" && one.host ? `${words} (${one.host})` : words;
}
