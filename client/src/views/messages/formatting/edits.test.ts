import { expect, test } from "vitest";
import { continued, edited, type Edit, type Kind } from "./edits.ts";

/** A text with its selection: `[` and `]` stand around it, `|` is the caret. */
function read(marked: string): { text: string; start: number; end: number } {
  const caret = marked.indexOf("|");
  if (caret >= 0) return { text: marked.replace("|", ""), start: caret, end: caret };
  const start = marked.indexOf("«");
  return { text: marked.replace(/[«»]/g, ""), start, end: marked.indexOf("»") - 1 };
}

function shown(text: string, { from, to, insert, start, end }: Edit): string {
  const whole = text.slice(0, from) + insert + text.slice(to);
  return start === end
    ? `${whole.slice(0, start)}|${whole.slice(start)}`
    : `${whole.slice(0, start)}«${whole.slice(start, end)}»${whole.slice(end)}`;
}

test.each<[Kind, string, string]>([
  ["bold", "a «word» b", "a **«word»** b"],
  ["bold", "a **«word»** b", "a «word» b"],
  ["bold", "a « word » b", "a  **«word»**  b"],
  ["bold", "a |", "a **|**"],
  ["bold", "a **|**", "a |"],
  ["italic", "«word»", "*«word»*"],
  ["italic", "*«word»*", "«word»"],
  ["italic", "**«word»**", "***«word»***"],
  ["bold", "***«word»***", "*«word»*"],
  ["italic", "***«word»***", "**«word»**"],
  ["code", "«x = 1»", "`«x = 1»`"],
  ["code", "`«x»`", "«x»"],
  ["code", "see «a\nb» now", "see \n```\n«a\nb»\n```\n now"],
  ["code-block", "|", "```\n|\n```"],
  ["formula", "«x^2»", "$«x^2»$"],
  ["link", "the «course» is", "the [course](«https://») is"],
  ["link", "«https://example.org»", "[|](https://example.org)"],
  ["link", "|", "[|](https://)"],
  ["bullets", "milk|", "- milk|"],
  ["bullets", "«a\nb»", "«- a\n- b»"],
  ["bullets", "«- a\n- b»", "«a\nb»"],
  ["numbers", "«- a\n- b»", "«1. a\n2. b»"],
  ["quote", "x\nsaid|", "x\n> said|"],
  ["quote", "> said|", "said|"],
])("%s makes of %j %j", (kind, before, after) => {
  const { text, start, end } = read(before);
  expect(shown(text, edited(text, start, end, kind))).toBe(after);
});

test.each([
  ["- milk|", "- milk\n- |"],
  ["* milk|", "* milk\n* |"],
  ["  - milk|", "  - milk\n  - |"],
  ["1. a|", "1. a\n2. |"],
  ["1) a\n2) b|", "1) a\n2) b\n3) |"],
  ["- mi|lk", "- mi\n- |lk"],
  ["- a\n- |", "- a\n|"],
  ["1. a\n2. |", "1. a\n|"],
  ["> said|", "> said\n> |"],
  ["> said\n> |", "> said\n|"],
])("a line break goes on with %j", (before, after) => {
  const { text, start } = read(before);
  const edit = continued(text, start);
  expect(edit && shown(text, edit)).toBe(after);
});

test.each(["milk|", "1986. A great year|", "12. Dezember|", "```\n- a|", "-5|", "|"])("a line break is one after %j", (before) => {
  const { text, start } = read(before);
  expect(continued(text, start)).toBeUndefined();
});
