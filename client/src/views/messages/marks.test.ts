import { expect, test } from "vitest";
import { begun, markedPieces } from "./marks.ts";

const shown = (text: string, marks: { start: number; end: number }[], from = 0) =>
  markedPieces(text, marks, from)
    .map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece))
    .join("");

test("marks are characters, not halves of them", () => {
  expect(
    shown("👍 ask Dani 👍 Dani", [
      { start: 6, end: 10 },
      { start: 13, end: 17 },
    ]),
  ).toBe("👍 ask [Dani] 👍 [Dani]");
});

test("a text without marks is one piece", () => {
  expect(markedPieces("plain", [])).toEqual([{ text: "plain", isMatch: false }]);
});

test("a mark that reaches over two pieces is in both", () => {
  const marks = [{ start: 2, end: 6 }];
  expect(begun([{ text: "abcd" }, { text: "efgh" }]).map(({ text, from }) => shown(text, marks, from))).toEqual(["ab[cd]", "[ef]gh"]);
});

test("a mark beyond the text marks nothing", () => {
  expect(shown("abc", [{ start: 5, end: 9 }])).toBe("abc");
  expect(shown("abc", [{ start: 2, end: 9 }])).toBe("ab[c]");
});
