import { afterEach, expect, test, vi } from "vitest";
import { pages } from "./pages.ts";

interface Page {
  people: string[];
  next: string | null;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("each page is asked for once the one before it was used, to the last", async () => {
  const asked: string[] = [];
  const answers: Page[] = [
    { people: ["a", "b"], next: "further" },
    { people: ["c"], next: null },
  ];
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    return Promise.resolve(Response.json(answers.shift()));
  });
  const found: [string[], number][] = [];
  for await (const page of pages<Page>("/people", { limit: 2 })) found.push([page.people, asked.length]);
  expect(found).toEqual([
    [["a", "b"], 1],
    [["c"], 2],
  ]);
  expect(asked).toEqual(["/api/v1/people?limit=2", "/api/v1/people?limit=2&cursor=further"]);
});
