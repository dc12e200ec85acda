import { expect, test } from "vitest";
import { pieces } from "./links.ts";

/** The addresses of a text; put together its pieces are always the text. */
function links(text: string): string[] {
  const found = pieces(text);
  expect(found.map((one) => one.text).join("")).toBe(text);
  return found.flatMap((one) => (one.href === undefined ? [] : [one.href]));
}

test.each([
  ["See https://example.org/a today", "https://example.org/a"],
  ["http://example.org", "http://example.org"],
  ["HTTPS://EXAMPLE.ORG/A", "HTTPS://EXAMPLE.ORG/A"],
  ["https://example.org:8443/a?b=c&d=%20e#f", "https://example.org:8443/a?b=c&d=%20e#f"],
  ["first line\nhttps://example.org/a\nlast line", "https://example.org/a"],
  ["<https://example.org/a>", "https://example.org/a"],
  ['"https://example.org/a"', "https://example.org/a"],
  ["`https://example.org/a`", "https://example.org/a"],
])("%j has a link", (text, link) => {
  expect(links(text)).toEqual([link]);
});

test.each([
  "javascript:alert(1)",
  "JAVASCRIPT://example.org/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "file:///etc/passwd",
  "ftp://example.org/a",
  "mailto:eva@mail.example",
  "www.example.org",
  "//example.org/a",
  "/courses/1",
  "https://",
  "https:// example.org",
  "http:/example.org",
  "xhttps://example.org",
  "https",
  "",
])("%j has none", (text) => {
  expect(links(text)).toEqual([]);
});

test("a scheme that hides inside an address stays a part of the address", () => {
  expect(links("https://example.org/?next=javascript:alert(1)")).toEqual(["https://example.org/?next=javascript:alert(1)"]);
  expect(links("javascript:https://example.org/a")).toEqual(["https://example.org/a"]);
});

test("every link can only lead to the web", () => {
  const nasty = ["https://example.org/a", "javascript:alert(1)", "<a href='javascript:x'>", "http://[::1]/a", "https://a.b\u0000c/", "https://%zz/"].join(" ");
  for (const link of links(nasty)) expect(["http:", "https:"]).toContain(new URL(link).protocol);
});

test.each([".", ",", ";", ":", "!", "?", "?!", ").", "]", "}", "»", "”", "’", "...", ").)"])("the sentence's own %j is no part of it", (tail) => {
  expect(links(`Look (or not): https://example.org/a${tail} Next.`)).toEqual(["https://example.org/a"]);
});

test("a bracket that the address opened is its own, one that the sentence opened is not", () => {
  expect(links("https://example.org/Exit_(building)")).toEqual(["https://example.org/Exit_(building)"]);
  expect(links("(see https://example.org/Exit_(building))")).toEqual(["https://example.org/Exit_(building)"]);
  expect(links("(see https://example.org/Exit).")).toEqual(["https://example.org/Exit"]);
  expect(links("https://example.org/Exit_(building).")).toEqual(["https://example.org/Exit_(building)"]);
});

test("a single bracket that the sentence closes is not the address's own", () => {
  expect(links("(see https://example.org/Exit)")).toEqual(["https://example.org/Exit"]);
});

test("two links, and an address twice, are each a link", () => {
  expect(links("https://a.example, https://b.example and https://a.example.")).toEqual(["https://a.example", "https://b.example", "https://a.example"]);
  expect(pieces("https://a.example https://b.example").map((one) => one.text)).toEqual(["https://a.example", " ", "https://b.example"]);
});

test("other scripts are a part of an address, and around it", () => {
  expect(links("انظر https://example.org/مخرج الآن")).toEqual(["https://example.org/مخرج"]);
  expect(links("Смотри https://пример.рф/выход!")).toEqual(["https://пример.рф/выход"]);
  expect(links("👍https://example.org/👍")).toEqual(["https://example.org/👍"]);
});

test("markup is text", () => {
  expect(pieces("<b>bold</b>")).toEqual([{ text: "<b>bold</b>" }]);
});

test("a long text without spaces takes no long time", () => {
  const began = performance.now();
  for (const text of ["https://".repeat(500), `https://example.org/${")".repeat(3900)}`, `https://example.org/${"(".repeat(3900)}`, "h".repeat(4000)]) links(text);
  expect(performance.now() - began).toBeLessThan(500);
});

test("many signs at the end of an address take no longer than they are many", () => {
  const dots = ".".repeat(100_000);
  expect(links(`https://example.org/${dots}a ${dots}`)).toEqual([`https://example.org/${dots}a`]);
});
