// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { forgetLiking, liking } from "./liking.svelte.ts";

beforeEach(() => {
  localStorage.clear();
  liking.start("eva");
});

test("it is remembered for each person, and not for the next", () => {
  liking.keep({ order: "newest" });
  liking.keep({ courseId: "fire", isCompact: false });
  liking.start("ben");
  expect(liking.now).toEqual({ order: "oldest", courseId: "", isCompact: null });
  liking.start("eva");
  expect(liking.now).toEqual({ order: "newest", courseId: "fire", isCompact: false });
  forgetLiking("eva");
  liking.start("eva");
  expect(liking.now.courseId).toBe("");
});

test.each(["", "no JSON", "null", "7", '{"order":"by name","courseId":7,"isCompact":"yes"}'])("%j says nothing", (text) => {
  localStorage.setItem("hallway-list of eva", text);
  liking.start("eva");
  expect(liking.now).toEqual({ order: "oldest", courseId: "", isCompact: null });
});
