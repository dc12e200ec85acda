/** Which way blocks are read, by their first letter: `dir=auto` passes over what has a direction of its own inside. */
import { wordsOf, type Block } from "./nodes.ts";

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Undefined for blocks without a letter, which are read as what stands around them. */
export function directionOf(blocks: readonly Block[]): "ltr" | "rtl" | undefined {
  for (const block of blocks) {
    const letter = LETTER.exec(textOf(block))?.[0];
    if (letter) return RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
  }
  return undefined;
}

function textOf(block: Block): string {
  if (block.kind === "paragraph") return wordsOf(block.inside);
  if (block.kind === "quote") return block.blocks.map(textOf).join("\n");
  if (block.kind === "list") return block.items.flatMap((one) => one.blocks.map(textOf)).join("\n");
  return "";
}
