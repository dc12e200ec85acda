import { expect, test } from "vitest";
import { isEmojiAlone } from "./emoji-alone.ts";
import { isLong } from "./folds.svelte.ts";

test.each(["👍", "👍🏽", "❤️", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇩🇪", "3️⃣", "#️⃣", "🎉🎉🎉", " 😀 😀 ", "🏳️‍🌈", "©️"])("%j alone is large", (text) => {
  expect(isEmojiAlone(text)).toBe(true);
});

test.each(["", " ", "a", "👍 ok", "🎉🎉🎉🎉", "3", "#", "*", "12", "©", "™", "☎", "❤", "🇩", "a\ufe0f", "\u200d", ":-)", "👍".repeat(60)])(
  "%j is not",
  (text) => {
    expect(isEmojiAlone(text)).toBe(false);
  },
);

test("a text is long by its letters or by its lines", () => {
  expect(isLong("a".repeat(1_600))).toBe(false);
  expect(isLong("a".repeat(1_601))).toBe(true);
  expect(isLong("a\n".repeat(23) + "a")).toBe(false);
  expect(isLong("a\n".repeat(24) + "a")).toBe(true);
});
