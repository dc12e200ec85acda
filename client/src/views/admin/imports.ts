/** What the import's screen knows by itself: why something is wrong in the reader's language, and which columns were chosen before. */
import { known, t } from "../../i18n/i18n.svelte.ts";
import { Problem } from "../../protocol/http.ts";
import type { BadLine, ImportLook } from "../../protocol/wire.ts";
import { words } from "../failures.svelte.ts";

type Encoding = ImportLook["readings"][number]["encoding"];
type Values = Record<string, string | number>;

/** Why a file or a line cannot be imported; the server's own sentence for a code that is newer than this page. */
function sentence(code: string, values: Values, message: string): string {
  return known(`import-why-${code.replaceAll("_", "-")}${code === "too_large" && "line" in values ? "-cell" : ""}`, values) ?? message;
}

export function whyLine(bad: BadLine): string {
  return sentence(bad.code, bad.values, bad.message);
}

export function whyFailed(code: string | null, message: string | null): string {
  return sentence(code ?? "", {}, message ?? "");
}

/** Why a file was refused whole. */
export function whyRefused(failure: unknown): string {
  const wrong = failure instanceof Problem ? failure.document.errors?.[0] : undefined;
  return wrong ? sentence(wrong.code, wrong.values ?? {}, wrong.message) : words(failure);
}

/** Whether a choice of encoding or columns can still make a file of it. */
export function isToBeChosen(failure: unknown): boolean {
  const code = failure instanceof Problem ? failure.document.errors?.[0]?.code : undefined;
  return code === "unknown_encoding" || code === "missing_column" || code === "double_column";
}

/** What columns were taken for in files before, by their names there; nothing where one was left out. */
export type Choices = Record<string, string>;

export function remembered(kind: string): Choices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(kind)) ?? "{}");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? (kept as Choices) : {};
  } catch {
    return {};
  }
}

/** The newest choices; so many that they fit into an address. */
export function remember(kind: string, choices: Choices): Choices {
  const entries = Object.entries({ ...remembered(kind), ...choices });
  while (JSON.stringify(Object.fromEntries(entries)).length > LONGEST) entries.shift();
  const kept = Object.fromEntries(entries);
  try {
    localStorage.setItem(place(kind), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: the choice holds for this file.
  }
  return kept;
}

const LONGEST = 3_000;

function place(kind: string): string {
  return `hallway-import-${kind}`;
}

/** Encodings that somebody may choose, by their names on the web, with the letters that they are for. */
const LETTERS: Record<Encoding, string> = {
  "utf-8": "unicode",
  "utf-16": "unicode",
  "windows-1250": "central-european",
  "x-mac-ce": "central-european",
  ibm852: "central-european",
  "windows-1251": "cyrillic",
  "koi8-r": "cyrillic",
  ibm866: "cyrillic",
  "iso-8859-5": "cyrillic",
  "x-mac-cyrillic": "cyrillic",
  "windows-1252": "western",
  macintosh: "western",
  ibm850: "western",
  "windows-1253": "greek",
  "windows-1254": "turkish",
  "windows-1255": "hebrew",
  "windows-1256": "arabic",
  "windows-1257": "baltic",
  "windows-1258": "vietnamese",
  "windows-874": "thai",
  gb18030: "chinese-simplified",
  big5: "chinese-traditional",
  shift_jis: "japanese",
  "euc-jp": "japanese",
  "euc-kr": "korean",
};
export const ENCODINGS = Object.keys(LETTERS) as Encoding[];

/** "Cyrillic (windows-1251)". */
export function named(encoding: Encoding): string {
  return t("import-encoding-name", { letters: t(`letters-${LETTERS[encoding]}`), encoding });
}
