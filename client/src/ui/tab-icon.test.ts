import { expect, test } from "vitest";
import mark from "../../public/mark.svg?raw";
import { tabIcon } from "./tab-icon.ts";

const drawn = (unread: number) => decodeURIComponent(tabIcon(unread));

test("without anything unread it is the mark", () => {
  expect(tabIcon(0)).toBe("/mark.svg");
});

test("what is unread stands over the same mark", () => {
  const paths = mark.match(/<path[^>]*>/g) ?? [];
  expect(paths.length).toBe(3);
  for (const path of paths) expect(drawn(1)).toContain(path);
  expect(drawn(3)).toContain(">3<");
});

test("a great number is short", () => {
  expect([9, 10, 250].map((unread) => />([^<]*)<\/text>/.exec(drawn(unread))?.[1])).toEqual(["9", "9+", "9+"]);
});
