import { FluentBundle, FluentResource } from "@fluent/bundle";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import en from "../../i18n/en.ftl?raw";
import { wording } from "../../i18n/i18n.svelte.ts";
import { Problem } from "../../protocol/http.ts";
import { isToBeChosen, remember, remembered, whyFailed, whyLine, whyRefused } from "./imports.ts";

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  wording.bundle = new FluentBundle("en", { useIsolating: false });
  wording.bundle.addResource(new FluentResource(en));
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
});

afterEach(() => void vi.unstubAllGlobals());

function refusal(code: string, values = {}): Problem {
  const errors = [{ pointer: "/file", code, message: "As the server says it.", values }];
  return new Problem({
    type: "",
    title: "",
    status: 422,
    code: "invalid",
    detail: "",
    request_id: "",
    rule: null,
    remedy: null,
    errors,
    retry_after: null,
  });
}

test("a line says why in the reader's language, and a newer code in the server's", () => {
  const bad = { line: 3, column: "login", value: "anna", message: "As the server says it.", code: "twice_in_file", values: { line: 2 } };
  expect(whyLine(bad)).toContain("2");
  expect(whyLine(bad)).not.toBe(bad.message);
  expect(whyLine({ ...bad, code: "of_a_later_version" })).toBe(bad.message);
  expect(whyLine({ ...bad, code: "" })).toBe(bad.message);
});

test("a file says in which line it is broken", () => {
  expect(whyRefused(refusal("broken_csv", { line: 7 }))).toContain("7");
  expect(whyRefused(refusal("too_large", { line: 7, most: 50_000 }))).toContain("7");
  expect(whyRefused(refusal("too_large"))).not.toContain("7");
  expect(whyFailed("stopped", "As the server says it.")).not.toBe("As the server says it.");
  expect(whyFailed(null, "As the server says it.")).toBe("As the server says it.");
});

test("an encoding and columns can be chosen, the rest cannot", () => {
  expect(["unknown_encoding", "missing_column", "double_column"].every((code) => isToBeChosen(refusal(code)))).toBe(true);
  expect(["empty", "broken_csv", "damaged_letters"].some((code) => isToBeChosen(refusal(code)))).toBe(false);
  expect(isToBeChosen(new Error("else"))).toBe(false);
});

test("choices are remembered for each kind, the newest where there is no room", () => {
  remember("users", { Mail: "email", Phone: "" });
  remember("users", { Phone: "login" });
  expect(remembered("users")).toEqual({ Mail: "email", Phone: "login" });
  expect(remembered("courses")).toEqual({});
  remember("users", { ["x".repeat(2_900)]: "name", ["y".repeat(90)]: "" });
  expect(Object.keys(remembered("users"))).toEqual(["y".repeat(90)]);
});

test.each(["null", "[]", "7", "{", '"x"'])("what else may stand there is no choice: %s", (text) => {
  kept.set("hallway-import-users", text);
  expect(remembered("users")).toEqual({});
});
