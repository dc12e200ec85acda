import { expect, test } from "vitest";
import { asCsv } from "./csv.ts";

test("cells are quoted where they must be, and only there", () => {
  expect(
    asCsv([
      ["name", "link"],
      ["Löwe, Lena", 'says "hi"'],
      ["two\nlines", "plain"],
    ]),
  ).toBe('\ufeffname,link\r\n"Löwe, Lena","says ""hi"""\r\n"two\nlines",plain\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("%j is no formula any more", (text) => {
  const [line = ""] = asCsv([[text]])
    .slice(1)
    .split("\r\n")
    .filter(Boolean);
  expect(line.replaceAll('"', "").startsWith("'")).toBe(true);
});

test("nothing behind a separator of other countries is a formula", () => {
  expect(asCsv([["Bob;=1+1", "Bob; @x|-1"]])).toBe("\ufeffBob;'=1+1,Bob; '@x|'-1\r\n");
});

test("what only contains such a sign stays as it is", () => {
  expect(asCsv([["a=b", "maya@hall.example", "x-1"]])).toBe("\ufeffa=b,maya@hall.example,x-1\r\n");
});
