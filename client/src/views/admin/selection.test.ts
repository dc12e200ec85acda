// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { Selection } from "./selection.svelte.ts";

const PAGE = ["a", "b", "c", "d", "e"];

describe("a selection", () => {
  test("begins with nobody, takes one in and out", () => {
    const chosen = new Selection();
    expect([chosen.count(9), chosen.of(PAGE)]).toEqual([0, "none"]);
    chosen.toggle("b", PAGE);
    expect([chosen.has("b"), chosen.count(9), chosen.of(PAGE)]).toEqual([true, 1, "some"]);
    chosen.toggle("b", PAGE);
    expect(chosen.count(9)).toBe(0);
  });

  test("extends from the row pressed last, in both directions", () => {
    const chosen = new Selection();
    chosen.toggle("b", PAGE);
    chosen.extend("d", PAGE);
    expect(chosen.ids.sort()).toEqual(["b", "c", "d"]);
    chosen.extend("a", PAGE);
    expect(chosen.ids.sort()).toEqual(["a", "b", "c", "d"]);
  });

  test("extends from nowhere to the one row", () => {
    const chosen = new Selection();
    chosen.extend("c", PAGE);
    expect(chosen.ids).toEqual(["c"]);
  });

  test("keeps those of other pages", () => {
    const chosen = new Selection();
    chosen.togglePage(PAGE);
    chosen.toggle("x", ["x", "y"]);
    expect(chosen.count(9)).toBe(6);
    chosen.togglePage(PAGE);
    expect(chosen.ids).toEqual(["x"]);
  });

  test("of all has everybody, until one is taken out", () => {
    const chosen = new Selection();
    chosen.all();
    expect([chosen.has("somebody else"), chosen.count(312), chosen.of(PAGE)]).toEqual([true, 312, "all"]);
    chosen.toggle("c", PAGE);
    expect([chosen.isAll, chosen.ids.sort()]).toEqual([false, ["a", "b", "d", "e"]]);
    chosen.all();
    chosen.togglePage(PAGE);
    expect(chosen.count(312)).toBe(0);
  });
});
