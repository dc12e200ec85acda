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
  ["see www.example.org/a, or not", "https://www.example.org/a"],
  ["WWW.Example.org", "https://WWW.Example.org"],
  ["看www.example.org。", "https://www.example.org"],
  ["www.пример.рф/выход!", "https://www.пример.рф/выход"],
  ["write to eva@mail.example.", "mailto:eva@mail.example"],
  ["(eva.b+c%d@sub.mail.example)", "mailto:eva.b+c%25d@sub.mail.example"],
  ["mailto:eva@mail.example", "mailto:eva@mail.example"],
  ["почта@пример.рф", "mailto:%D0%BF%D0%BE%D1%87%D1%82%D0%B0@%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84"],
  ["联系eva@mail.example。谢谢", "mailto:eva@mail.example"],
  ["راسل eva@mail.example، شكرا", "mailto:eva@mail.example"],
  ["eva@xn--e1afmkfd.xn--p1ai", "mailto:eva@xn--e1afmkfd.xn--p1ai"],
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
  "ftp://eva@mail.example/a",
  "ftp://www.example.org",
  "www.example",
  "www.example.,",
  "www..org",
  "awww.example.org",
  "eva@mail",
  "eva@mail.1",
  "@eva.example",
  "eva@@mail.example",
  "eva @mail.example",
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

test("every link can only lead to the web, or to a mail", () => {
  const nasty = [
    "https://example.org/a",
    "javascript:alert(1)",
    "<a href='javascript:x'>",
    "http://[::1]/a",
    "https://a.b\u0000c/",
    "https://%zz/",
    "javascript:www.example.org",
    "javascript:eva@mail.example",
  ].join(" ");
  for (const link of links(nasty)) expect(["http:", "https:", "mailto:"]).toContain(new URL(link).protocol);
});

test.each([".", ",", ";", ":", "!", "?", "?!", ").", "]", "}", "»", "”", "’", "...", ").)"])(
  "the sentence's own %j is no part of it",
  (tail) => {
    expect(links(`Look (or not): https://example.org/a${tail} Next.`)).toEqual(["https://example.org/a"]);
  },
);

test.each([
  "، شكرا",
  "؟",
  "؛ ثم",
  "۔ اور",
  "…",
  "。谢谢",
  "，然后",
  "、次へ",
  "！",
  "？",
  "：",
  "；",
  "．",
  "｡",
  "）谢谢",
  "」を",
  "』",
  "】",
  "》",
  "〉",
  "〗",
  "“",
  "„",
  "«",
  "›",
  "।",
  "॥",
  "։",
  "།",
  "።",
  "។",
  "\u200f",
  "\u061c",
  "\u2069",
  "　次",
  "～",
  "—see",
  "·",
  "・",
])("a sentence of any script ends it with %j", (tail) => {
  expect(links(`「https://example.org/a${tail}`)).toEqual(["https://example.org/a"]);
  expect(links(`（www.example.org${tail}`)).toEqual(["https://www.example.org"]);
});

test.each([
  "https://ja.wikipedia.org/wiki/ジョン・スミス",
  "https://example.org/1939–1945",
  "https://ca.example/col·legi",
  "https://example.org/l’été",
  "https://example.org/a_b-c~d!e(f)*g;h=i,j@k",
  "https://example.org/a-",
  "https://example.org/a[1]",
  "https://example.org/می‌خواهم",
])("what stands inside of words is a part of it: %s", (address) => {
  expect(links(`${address}, etc.`)).toEqual([address]);
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
  expect(links("https://a.example, https://b.example and https://a.example.")).toEqual([
    "https://a.example",
    "https://b.example",
    "https://a.example",
  ]);
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
  for (const text of [
    "https://".repeat(500),
    `https://example.org/${")".repeat(3900)}`,
    `https://example.org/${"(".repeat(3900)}`,
    "h".repeat(4000),
  ])
    links(text);
  expect(performance.now() - began).toBeLessThan(500);
});

test("many signs at the end of an address take no longer than they are many", () => {
  const dots = ".".repeat(100_000);
  expect(links(`https://example.org/${dots}a ${dots}`)).toEqual([`https://example.org/${dots}a`]);
});
