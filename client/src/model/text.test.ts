/** What is seen is the same for the client and the server: both are asked about every character there is. */
import { expect, test } from "vitest";
import invisible from "../../../tests/domain/golden/invisible.json";
import { isVisible } from "./text.ts";

test("the same characters are invisible as on the server", () => {
  const runs: string[][] = [];
  let from = -1;
  for (let code = 0; code <= 0x110000; code += 1) {
    const isUnseen = code < 0x110000 && !isVisible(String.fromCodePoint(code));
    if (isUnseen && from < 0) from = code;
    if (!isUnseen && from >= 0) {
      runs.push([from, code - 1].map((one) => one.toString(16).toUpperCase().padStart(4, "0")));
      from = -1;
    }
  }
  expect(runs).toEqual(invisible);
});

test.each(["", " \n\t", "\u200b\u3164", "\u2800", "\u200f \ufeff"])("%j is nothing", (text) => expect(isVisible(text)).toBe(false));

test.each([".", "\u200b.\u2800", "👍🏽", "سلام", "\u0601"])("%j is something", (text) => expect(isVisible(text)).toBe(true));
