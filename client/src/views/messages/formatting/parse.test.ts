/** The golden cases, to which the server's formatting is held too. */
import { expect, test } from "vitest";
import golden from "../../../../../tests/formatting/golden/cases.json";
import type { Block, Inline } from "./nodes.ts";
import { parse } from "./parse.ts";
import { plain } from "./plain.ts";

type Compact = string | Compact[];

/** As the cases write it: `["b", …]` is bold, `["p", …]` a paragraph, a string is text. */
function compact(blocks: readonly Block[]): Compact[] {
  return blocks.map((block) => {
    switch (block.kind) {
      case "paragraph":
        return ["p", ...inlines(block.inside)];
      case "list":
        return [block.isOrdered ? "ol" : "ul", ...block.items.map((one) => [String(one.number || ""), ...compact(one.blocks)])];
      case "quote":
        return ["quote", ...compact(block.blocks)];
      case "code-block":
        return ["pre", block.language, block.lines.map((one) => one.text).join("\n")];
      case "formula-block":
        return ["formula", block.tex];
    }
  });
}

function inlines(all: readonly Inline[]): Compact[] {
  const found: Compact[] = [];
  for (const one of all) {
    const next = inline(one);
    const last = found.at(-1);
    if (typeof next === "string" && typeof last === "string") found[found.length - 1] = last + next;
    else found.push(next);
  }
  return found;
}

function inline(one: Inline): Compact {
  if (one.kind === "text") return one.text;
  if (one.kind === "code") return ["code", one.text];
  if (one.kind === "formula") return ["$", one.tex];
  if (one.kind === "link") return ["a", one.href, one.host, ...inlines(one.inside)];
  return [one.kind === "bold" ? "b" : "i", ...inlines(one.inside)];
}

test.each(golden)("$name", ({ text, tree, plain: lines }) => {
  expect(compact(parse(text))).toEqual(tree);
  expect(plain(text)).toBe(lines);
});

interface Placed {
  text: string;
  from: number;
}

/** All words, each with where it says it stands. */
function placed(blocks: readonly Block[]): Placed[] {
  const within = (all: readonly Inline[]): Placed[] =>
    all.flatMap((one) =>
      "inside" in one ? within(one.inside) : [{ text: one.kind === "formula" ? one.source : one.text, from: one.from }],
    );
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return within(block.inside);
    if (block.kind === "list") return block.items.flatMap((one) => placed(one.blocks));
    if (block.kind === "quote") return placed(block.blocks);
    if (block.kind === "code-block") return block.lines;
    return [{ text: block.source.split("\n")[0] ?? "", from: block.from }];
  });
}

test.each(golden)("each word stands where it says: $name", ({ text }) => {
  for (const one of placed(parse(text)))
    expect(text.slice(one.from, one.from + one.text.length).replaceAll("\n", " ")).toBe(one.text.replaceAll("\n", " "));
});

test.each([
  ["stars", "*".repeat(10_000)],
  ["underscores", "_a".repeat(5_000)],
  ["quotes", `${"> ".repeat(4_000)}a`],
  ["lists", "- a\n".repeat(2_500)],
  ["lists in lists", Array.from({ length: 80 }, (_, depth) => `${"  ".repeat(depth)}- a\n`).join("")],
  ["brackets", "[".repeat(10_000)],
  ["links in links", "[a](http://b ".repeat(700)],
  ["dollars", "$a ".repeat(3_000)],
  ["emphasis that nothing closes", "*a **b ".repeat(1_400)],
  ["fences", "```\n".repeat(2_500)],
  ["formulas", "$$\na\n".repeat(1_600)],
  ["addresses", "https://a.b/".repeat(800)],
])("hostile %s take no long time", (_, text) => {
  const taken = [1, 2, 3].map(() => {
    const began = performance.now();
    parse(text);
    return performance.now() - began;
  });
  expect(Math.min(...taken)).toBeLessThan(500);
});
