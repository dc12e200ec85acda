import { expect, test } from "vitest";
import type { Academy } from "../protocol/wire.ts";
import { endingOf, objection, sendable, shortName, type Upload } from "./uploads.ts";

const ACADEMY = { largest_file: 25_000_000 } as Academy;

test.each([
  ["plan.pdf", "plan.pdf"],
  ["Register of all extinguishers in the northern harbour 2026.xlsx", "Register of all ext…2026.xlsx"],
  ["😀".repeat(40), `${"😀".repeat(18)}…${"😀".repeat(9)}`],
])("a long name loses its middle, never its ending: %s", (name, short) => {
  expect([...shortName(name)].length).toBeLessThanOrEqual(28);
  expect(shortName(name).slice(-4)).toBe(short.slice(-4));
});

test.each([
  ["plan.pdf", "PDF"],
  ["archive.tar.gz", "GZ"],
  ["no ending", ""],
  [".hidden-for-ever", ""],
])("%s has the ending %j", (name, ending) => expect(endingOf(name)).toBe(ending));

test("what is known to be refused is not uploaded", () => {
  expect(objection(25_000_000, 0, ACADEMY)).toBe(null);
  expect(objection(25_000_001, 0, ACADEMY)).toBe("file_too_large");
  expect(objection(1, 10, ACADEMY)).toBe("too-many");
});

test("what failed is not sent, and stays", () => {
  const [good, bad] = ["ready", "failed"].map((state) => ({ state }) as Upload);
  expect(sendable([good, bad] as Upload[])).toEqual([good]);
});
