import { FluentBundle, FluentResource } from "@fluent/bundle";
import { expect, test } from "vitest";
import ar from "./ar.ftl?raw";
import en from "./en.ftl?raw";
import ru from "./ru.ftl?raw";

const texts: Record<string, string> = { en, ar, ru };
const LANGUAGES = Object.keys(texts);

function entries(text: string): Map<string, string> {
  const parts = text.split(/^(?=[a-z][\w-]* =)/m).filter((one) => /^[a-z]/.test(one));
  return new Map(parts.map((one) => [one.slice(0, one.indexOf(" =")), one.replace(/^#.*$/gm, "")]));
}

function variables(text: string): string[] {
  return [...new Set([...text.matchAll(/\$(\w+)/g)].map((one) => one[1] ?? ""))].sort();
}

test.each(LANGUAGES)("%s says everything that English says, with the same values", (language) => {
  const english = entries(texts["en"] ?? "");
  const other = entries(texts[language] ?? "");
  expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [id, text] of english) expect([id, variables(other.get(id) ?? "")]).toEqual([id, variables(text)]);
});

test.each(LANGUAGES)("%s has no text that cannot be read", (language) => {
  const bundle = new FluentBundle(language);
  expect(bundle.addResource(new FluentResource(texts[language] ?? ""))).toEqual([]);
});

test("plural forms follow each language", () => {
  const say = (language: string, count: number) => {
    const bundle = new FluentBundle(language, { useIsolating: false });
    bundle.addResource(new FluentResource(texts[language] ?? ""));
    return bundle.formatPattern(bundle.getMessage("lesson-count")?.value ?? "", { count });
  };
  expect([1, 2, 5, 21].map((count) => say("ru", count))).toEqual(["1 урок", "2 урока", "5 уроков", "21 урок"]);
  expect([1, 2].map((count) => say("ar", count))).toEqual(["درس واحد", "درسان"]);
  expect([1, 2].map((count) => say("en", count))).toEqual(["1 lesson", "2 lessons"]);
});
