/** No pattern takes more than linear time, whatever somebody sends: a text of twice the length takes about twice as long. */
import ts from "typescript";
import { expect, test } from "vitest";

/** Every file of the client, as text, by its name. */
const SOURCES = import.meta.glob<string>(["./**/*.ts", "./**/*.svelte", "!./**/*.test.ts", "!./**/*.d.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const [SHORTEST, LONGEST] = [2_500, 20_000];
/** Milliseconds below which a busy machine says nothing about growth. */
const NOISE = 25;
/** What is linear takes twice as long; what is quadratic four times. */
const MOST = 3;
const TRIES = 12;
const REPEATED = [
  "a",
  "1",
  " ",
  "\n",
  "/",
  ".",
  "-",
  "(",
  "[",
  '"',
  '"/',
  "http://",
  "https://a",
  "@",
  "\ue000",
  "a.",
  ". ",
  "ä",
  "0".repeat(8) + "-",
];
const AROUND = [
  ["", ""],
  ["", "/"],
  ["", "\u0000"],
  ["/", " "],
  ['"', "x"],
  ["http://", " "],
] as const;

/** The regular expressions written in a file; of a component those of its script and of its markup. */
function patternsOf(text: string): RegExp[] {
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = "", flags = ""] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      if (source) found.push(new RegExp(source, flags));
    }
    ts.forEachChild(node, visit);
  };
  const parts = text.includes("</script>")
    ? [...text.matchAll(/<script[^>]*>([^]*?)<\/script>|\{([^{}]*\/[^{}]*)\}/g)].map(([, script, braces]) => script ?? braces ?? "")
    : [text];
  for (const part of parts) visit(ts.createSourceFile("part.ts", part, ts.ScriptTarget.Latest));
  return found;
}

const ALL = [
  ...new Map(
    Object.values(SOURCES)
      .flatMap(patternsOf)
      .map((one) => [String(one), one]),
  ).values(),
];

declare const process: { cpuUsage: () => { user: number; system: number } };

/** Of the processor: other tests work on this machine, too. */
function milliseconds(pattern: RegExp, text: string): number {
  const began = process.cpuUsage();
  text.replace(new RegExp(pattern.source, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`), "");
  const ended = process.cpuUsage();
  return (ended.user + ended.system - began.user - began.system) / 1_000;
}

/** How many times longer a text takes that is twice as long, at the first length that takes time worth measuring; 0 where none does. */
function growth(pattern: RegExp, make: (letters: number) => string): number {
  for (let letters = SHORTEST; letters <= LONGEST; letters *= 2) {
    const grown = ratio(pattern, make(letters), make(2 * letters));
    if (grown) return grown;
  }
  return 0;
}

/** Of the best of several tries; what looks too slow is tried further, since a busy machine takes time from either of the two. 0 where it is noise. */
function ratio(pattern: RegExp, once: string, twice: string): number {
  let [short, long] = [Infinity, Infinity];
  for (let tries = 0; tries < TRIES && (tries < 3 || long > MOST * short); tries += 1) {
    short = Math.min(short, milliseconds(pattern, once));
    long = Math.min(long, milliseconds(pattern, twice));
    if (long < NOISE) return 0;
  }
  return long / short;
}

function worst(pattern: RegExp): number {
  const grown = REPEATED.flatMap((one) =>
    AROUND.map(([before, after]) => growth(pattern, (letters) => before + one.repeat(Math.ceil(letters / one.length)) + after)),
  );
  return Math.max(...grown);
}

test("the patterns of the client are found", () => {
  expect(ALL.length).toBeGreaterThan(8);
});

test.each(ALL.map((one) => [String(one), one] as const))("%s takes linear time", (_, pattern) => {
  expect(worst(pattern)).toBeLessThanOrEqual(MOST);
});

test("one that does not is noticed", () => {
  expect(growth(/\.[^/]*$/, (letters) => `${".".repeat(letters)}/`)).toBeGreaterThan(MOST);
});
