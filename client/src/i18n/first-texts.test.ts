import { expect, test } from "vitest";
import { entriesOf, firstTexts } from "../../first-texts.ts";
import en from "./en.ftl?raw";

const SOURCES = import.meta.glob<string>("/src/**/*.{ts,svelte}", { query: "?raw", import: "default", eager: true });
const isFirst = firstTexts("/src/main.ts", (path) => SOURCES[path]);
const ids = (catalogue: string) => [...catalogue.matchAll(/^([a-z][\w-]*) =/gm)].map(([, id = ""]) => id);

test("the first screen has its own texts, also those whose ids are put together", () => {
  const first = ids(entriesOf(en, isFirst));
  expect(first).toEqual(
    expect.arrayContaining([
      "sign-in",
      "messages",
      "row-name",
      "row-former-expert",
      "role-learner",
      "state-removed",
      "draft-mark",
      "theme-dark",
    ]),
  );
});

test("those of the views that come later come with them, and none is lost", () => {
  const [first, later] = [ids(entriesOf(en, isFirst)), ids(entriesOf(en, (id) => !isFirst(id)))];
  expect(later).toEqual(expect.arrayContaining(["audit-about", "connects-you", "office-hours-hint"]));
  expect([...first, ...later].sort()).toEqual(ids(en).sort());
});

test("a text keeps its forms, and terms are everywhere", () => {
  const text = "-brand = Hallway\na = { $n ->\n    [one] One\n   *[other] More\n  }\n# A heading\nb = B\n";
  expect(entriesOf(text, (id) => id === "a")).toBe("-brand = Hallway\na = { $n ->\n    [one] One\n   *[other] More\n  }\n");
});

test("each view that comes later waits for its texts", () => {
  const views = Object.values(SOURCES).flatMap((text) =>
    [...text.matchAll(/import\("\.[^"]*\/(\w+\.svelte)"\)/g)].map(([, name = ""]) => name),
  );
  expect(views.length).toBeGreaterThan(5);
  const without = [...new Set(views)].filter(
    (name) => !Object.entries(SOURCES).some(([path, text]) => path.endsWith(`/${name}`) && text.includes("i18n/later.ts")),
  );
  expect(without).toEqual([]);
});
