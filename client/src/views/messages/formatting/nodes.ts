/** What a formatted text consists of, as the server has it (`src/hallway/formatting/nodes.py`): blocks, with inline parts in them. */

/** `from` is where it begins in the text as it was written, in UTF-16 units. */
export interface Words {
  text: string;
  from: number;
}

interface Formula {
  kind: "formula";
  tex: string;
  /** It with its marks. */
  source: string;
  from: number;
}

interface Link {
  kind: "link";
  href: string;
  /** Where it truly leads, wherever its words may say something else. */
  host: string;
  /** It was written as an address, without words of its own. */
  isBare: boolean;
  inside: Inline[];
}

export type Inline =
  | ({ kind: "text" } & Words)
  | ({ kind: "code" } & Words)
  | Formula
  | { kind: "bold"; inside: Inline[] }
  | { kind: "italic"; inside: Inline[] }
  | Link;

/** `gap` counts the empty lines above a block. */
export type Block = { gap: number } & (
  | { kind: "paragraph"; inside: Inline[] }
  | { kind: "list"; isOrdered: boolean; items: Item[] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "code-block"; lines: Words[]; language: string }
  | { kind: "formula-block"; tex: string; source: string; from: number }
);

export interface Item {
  gap: number;
  /** As it was written; 0 for a bullet. */
  number: number;
  blocks: Block[];
}

/** The words of inline parts, without marks. */
export function wordsOf(inlines: readonly Inline[]): string {
  return inlines.map((one) => ("inside" in one ? wordsOf(one.inside) : one.kind === "formula" ? one.source : one.text)).join("");
}
