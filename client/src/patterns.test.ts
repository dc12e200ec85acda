/** No pattern takes more than linear time, whatever somebody sends: a text of twice the length takes about twice as long. */
import ts from "typescript";
import { expect, test } from "vitest";

/** Every file of the client, as text, by its name. */
const SOURCES = import.meta.glob<string>(["./**/*.ts", "./**/*.svelte", "!./**/*.test.ts", "!./**/*.d.ts"], { query: "?raw", import: "default", eager: true });
const [SHORTEST, LONGEST] = [2_500, 20_000];
/** Milliseconds below which a busy machine says nothing about growth. */
const NOISE = 25;
const REPEATED = ["a", "1", " ", "\n", "/", ".", "-", "(", "[", '"', '"/', "http://", "https://a", "@", "\ue000", "a.", ". ", "ä", "0".repeat(8) + "-"];
const AROUND = [["", ""], ["", "/"], ["", "\u0000"], ["/", " "], ['"', "x"], ["http://", " "]] as const;

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
  const parts = text.includes("</script>") ? [...text.matchAll(/<script[^>]*>([^]*?)<\/script>|\{([^{}]*\/[^{}]*)\}/g)].map(([, script, braces]) => script ?? braces ?? "") : [text];
  for (const part of parts) visit(ts.createSourceFile("part.ts", part, ts.ScriptTarget.Latest));
  return found;
}

const ALL = [...new Map(Object.values(SOURCES).flatMap(patternsOf).map((one) => [String(one), one])).values()];

function milliseconds(pattern: RegExp, text: string): number {
  const began = performance.now();
  text.replace(new RegExp(pattern.source, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`), "");
  return performance.now() - began;
}

/** How many times longer a text takes that is twice as long, at the first length that takes time worth measuring; 0 where none does. */
function growth(pattern: RegExp, make: (letters: number) => string): number {
  const best = (text: string): number => Math.min(milliseconds(pattern, text), milliseconds(pattern, text), milliseconds(pattern, text));
  for (let letters = SHORTEST; letters <= LONGEST; letters *= 2) {
    const twice = best(make(2 * letters));
    if (twice >= NOISE) return twice / best(make(letters));
  }
  return 0;
}

function worst(pattern: RegExp): number {
  const grown = REPEATED.flatMap((one) => AROUND.map(([before, after]) => growth(pattern, (letters) => before + one.repeat(Math.ceil(letters / one.length)) + after)));
  return Math.max(...grown);
}

test("the patterns of the client are found", () => {
  expect(ALL.length).toBeGreaterThan(8);
});

test.each(ALL.map((one) => [String(one), one] as const))("%s takes linear time", (_, pattern) => {
  expect(worst(pattern)).toBeLessThanOrEqual(3);
});

test("one that does not is noticed", () => {
  expect(growth(/\.[^/]*$/, (letters) => `${".".repeat(letters)}/`)).toBeGreaterThan(3);
});
