import { expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../i18n/languages.ts";
import { emojiIn, found } from "./emoji.ts";
import { AT_HAND } from "./at-hand.ts";

test.each(Object.keys(LANGUAGES) as Language[])("in %s every emoji has a name, the six at hand among them", async (language) => {
  const groups = await emojiIn(language);
  const entries = groups.flatMap(([, some]) => some);
  expect(entries.filter(([, name]) => !name)).toEqual([]);
  expect(entries.length).toBeGreaterThan(1_000);
  const all = new Set(entries.map(([emoji]) => emoji));
  expect(AT_HAND.filter((one) => !all.has(one))).toEqual([]);
});

test("an emoji is found by the beginnings of its words, or by itself", async () => {
  const groups = await emojiIn("en");
  const names = (text: string) => found(groups, text).flatMap(([, entries]) => entries.map(([emoji]) => emoji));
  expect(names("light bul")).toContain("💡");
  expect(names("👍")).toEqual(["👍"]);
  expect(names("qqqq")).toEqual([]);
});
