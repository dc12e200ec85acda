// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { drafts } from "./drafts.svelte.ts";

beforeEach(() => {
  sessionStorage.clear();
  drafts.start("me");
});

test("each chat has its own, also after a reload", () => {
  drafts.keep("a", "Half a thought");
  drafts.keep("b", "Another");
  drafts.start("me");
  expect([drafts.of("a"), drafts.of("b"), drafts.of("c")]).toEqual(["Half a thought", "Another", ""]);
});

test("what is sent, or nothing but spaces, is none", () => {
  drafts.keep("a", "Half a thought");
  drafts.keep("a", "  \n");
  expect([drafts.of("a"), sessionStorage.length]).toEqual(["", 0]);
});

test("nobody sees another person's", () => {
  drafts.keep("a", "Mine alone");
  drafts.start("otto");
  expect(drafts.of("a")).toBe("");
  drafts.stop();
  drafts.start("me");
  expect(drafts.of("a")).toBe("Mine alone");
});
