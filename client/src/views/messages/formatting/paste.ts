/** What is pasted from Word, from a page or from a document, as a message writes it. It is read, and never put into the page. */
import { plain } from "./plain.ts";

/** In UTF-16 units; what is longer is pasted as plain text. */
const LONGEST = 400_000;
const MOST_NODES = 20_000;
const DEEPEST = 100;
const NOTHING = new Set([
  "STYLE",
  "SCRIPT",
  "TITLE",
  "TEMPLATE",
  "NOSCRIPT",
  "IFRAME",
  "OBJECT",
  "SVG",
  "MATH",
  "TEXTAREA",
  "SELECT",
  "BUTTON",
]);
const BOLD = new Set(["B", "STRONG", "TH"]);
const ITALIC = new Set(["I", "EM", "CITE", "VAR", "DFN"]);
const CODE = new Set(["CODE", "KBD", "SAMP", "TT"]);
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TFOOT THEAD TR UL".split(
    " ",
  ),
);
const LEADS = /^(?:https?:\/\/|mailto:)[^\s()<>]+$/i;

interface Style {
  isBold: boolean;
  isItalic: boolean;
  isCode: boolean;
  href: string;
}

interface Run extends Style {
  text: string;
}

/** A block of the text; `isApart` has an empty line around it. */
interface Part {
  text: string;
  isApart: boolean;
  /** The level of an item of a list that Word writes as paragraphs. */
  isItem?: boolean;
}

const NO_STYLE: Style = { isBold: false, isItalic: false, isCode: false, href: "" };

/** The text with marks, or undefined where nothing in it is formatted: then it is pasted as plain text. */
export function fromHtml(html: string): string | undefined {
  if (html.length > LONGEST) return undefined;
  const page = new DOMParser().parseFromString(html, "text/html");
  const reader = new Reader();
  const text = joined(reader.parts(page.body, NO_STYLE, 0)).trim();
  return reader.isFormatted && text ? text : undefined;
}

function joined(parts: readonly Part[]): string {
  return parts.reduce((all, { text, isApart }, at) => {
    const before = parts[at - 1];
    const gap = !before ? "" : isApart && before.isApart ? "\n\n" : "\n";
    return `${all}${gap}${text}`;
  }, "");
}

class Reader {
  isFormatted = false;
  #nodes = 0;

  /** The blocks in an element, from the first to the last. */
  parts(within: Element, style: Style, depth: number): Part[] {
    const parts: Part[] = [];
    let runs: Run[] = [];
    const isApart = within.tagName === "P" && !/^Mso/.test(within.className);
    const flush = (): void => {
      const text = this.#written(runs);
      if (text) parts.push({ text, isApart });
      runs = [];
    };
    const visit = (node: Node, now: Style, level: number): void => {
      this.#nodes += 1;
      if (this.#nodes > MOST_NODES || level > DEEPEST) return;
      if (node.nodeType === Node.TEXT_NODE) return void runs.push({ ...now, text: (node.nodeValue ?? "").replace(/[\s\u00a0]+/g, " ") });
      if (!(node instanceof Element) || isHidden(node)) return;
      if (node.tagName === "BR") return void runs.push({ ...now, text: "\n" });
      if (BLOCKS.has(node.tagName)) {
        flush();
        parts.push(...this.#block(node, now, level + 1));
        return;
      }
      if (node.tagName === "TD" && runs.length) runs.push({ ...now, text: "\t" });
      const inside = styled(node, now);
      for (const child of node.childNodes) visit(child, inside, level + 1);
    };
    for (const child of within.childNodes) visit(child, style, depth);
    flush();
    return parts;
  }

  #block(element: Element, style: Style, depth: number): Part[] {
    const { tagName } = element;
    if (tagName === "UL" || tagName === "OL") return this.#list(element, style, depth);
    if (tagName === "PRE") return this.#code(element);
    if (tagName === "BLOCKQUOTE") return this.#quote(this.parts(element, style, depth));
    if (/^H[1-6]$/.test(tagName)) return this.parts(element, { ...style, isBold: true }, depth);
    const level = wordLevel(element);
    return level ? this.#wordItem(element, style, depth, level) : this.parts(element, styled(element, style), depth);
  }

  #list(list: Element, style: Style, depth: number): Part[] {
    const isOrdered = list.tagName === "OL";
    let number = 0;
    const lines: string[] = [];
    for (const child of list.children) {
      if (child.tagName === "LI") number += 1;
      const text = joined(this.parts(child, styled(child, style), depth + 1).map((one) => ({ ...one, isApart: false })));
      const isNested = child.tagName === "UL" || child.tagName === "OL";
      if (isNested) lines.push(...this.#list(child, style, depth + 1).flatMap((one) => one.text.split("\n").map((line) => `   ${line}`)));
      else if (text) lines.push(itemised(text, isOrdered ? `${number}.` : "-"));
    }
    this.isFormatted ||= lines.length > 0;
    return lines.length ? [{ text: lines.join("\n"), isApart: false }] : [];
  }

  /** Word writes items as paragraphs, each with its sign as text. */
  #wordItem(element: Element, style: Style, depth: number, level: number): Part[] {
    const sign = [...element.querySelectorAll("span")].find((one) => /mso-list:\s*ignore/i.test(one.getAttribute("style") ?? ""));
    const number = /^\s*(\d{1,9})[.)]/.exec(sign?.textContent ?? "")?.[1];
    sign?.remove();
    const text = joined(this.parts(element, style, depth));
    if (!text) return [];
    this.isFormatted = true;
    const indent = "   ".repeat(level - 1);
    const item = itemised(text, number ? `${number}.` : "-");
    return [{ text: item.replace(/^/gm, indent), isApart: false, isItem: true }];
  }

  #code(element: Element): Part[] {
    const text = trimmedEnd(element.textContent ?? "", "\n");
    if (!text.trim() || text.includes("```")) return text.trim() ? [{ text, isApart: false }] : [];
    this.isFormatted = true;
    return [{ text: `\`\`\`\n${text}\n\`\`\``, isApart: false }];
  }

  #quote(parts: readonly Part[]): Part[] {
    if (!parts.length) return [];
    this.isFormatted = true;
    return [{ text: eachLine(joined(parts), (line) => trimmedEnd(`> ${line}`, " ")), isApart: false }];
  }

  /** Runs with their marks: bold outside, italic inside, each touching its words. */
  #written(runs: readonly Run[]): string {
    let [text, isBold, isItalic] = ["", false, false];
    const close = (mark: string): void => {
      const said = text.trimEnd();
      text = `${said}${mark}${text.slice(said.length)}`;
    };
    const leave = (bold: boolean, italic: boolean): void => {
      if (isItalic && (!italic || bold !== isBold)) {
        isItalic = false;
        close("*");
      }
      if (isBold && !bold) {
        isBold = false;
        close("**");
      }
    };
    const enter = (bold: boolean, italic: boolean): void => {
      if (bold && !isBold) [isBold, text] = [true, `${text}**`];
      if (italic && !isItalic) [isItalic, text] = [true, `${text}*`];
    };
    for (const run of merged(runs)) {
      if (run.text.includes("\n")) leave(false, false);
      if (!run.text.trim()) {
        text += run.text;
        continue;
      }
      const isFree = !run.isBold && !run.isItalic;
      const blank = run.text.slice(0, run.text.length - run.text.trimStart().length);
      leave(run.isBold, run.isItalic);
      text += blank;
      enter(run.isBold, run.isItalic);
      this.isFormatted ||= !isFree || run.isCode || Boolean(run.href);
      text += this.#worded(run, run.text.slice(blank.length));
    }
    leave(false, false);
    return eachLine(text, (line) => trimmedEnd(line.replace(/^ +/, ""), " ")).trim();
  }

  #worded({ isCode, href }: Run, said: string): string {
    const words = said.trimEnd();
    const rest = said.slice(words.length);
    if (isCode && !words.includes("`")) return `\`${words}\`${rest}`;
    if (!href || words === href) return `${escaped(words)}${rest}`;
    return `[${escaped(words).replace(/(?<!\\)[[\]]/g, "\\$&")}](${href})${rest}`;
  }
}

/** Word cuts words into runs wherever its spelling checker was. */
function merged(runs: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (const run of runs) {
    const last = found.at(-1);
    const isSame =
      last &&
      last.isBold === run.isBold &&
      last.isItalic === run.isItalic &&
      last.isCode === run.isCode &&
      last.href === run.href &&
      run.text !== "\n" &&
      last.text !== "\n";
    if (isSame) last.text = `${last.text}${run.text}`.replace(/ {2,}/g, " ");
    else found.push({ ...run });
  }
  return found;
}

function itemised(text: string, sign: string): string {
  const [first = "", ...others] = text.split("\n");
  return [`${sign} ${first}`, ...others.map((line) => (line ? `${" ".repeat(sign.length + 1)}${line}` : line))].join("\n");
}

/** The text without this sign at its end. A pattern would go through a long row of them from each one again. */
function trimmedEnd(text: string, sign: string): string {
  let end = text.length;
  while (text[end - 1] === sign) end -= 1;
  return text.slice(0, end);
}

function eachLine(text: string, change: (line: string) => string): string {
  return text.split("\n").map(change).join("\n");
}

/** Signs that stand in the words themselves are no marks. */
function escaped(words: string): string {
  return plain(words) === words ? words : words.replace(/[*_`[\]$]/g, "\\$&");
}

function isHidden(element: Element): boolean {
  return NOTHING.has(element.tagName.toUpperCase()) || /display:\s*none|mso-hide:\s*all/i.test(element.getAttribute("style") ?? "");
}

function styled(element: Element, style: Style): Style {
  const { tagName } = element;
  const own = element.getAttribute("style") ?? "";
  const weight = /font-weight:\s*(\w+)/i.exec(own)?.[1];
  const slant = /font-style:\s*(\w+)/i.exec(own)?.[1];
  const href = tagName === "A" ? (element.getAttribute("href") ?? "").trim() : "";
  return {
    isBold: weight ? /^(?:bold|bolder|[6-9]00)$/i.test(weight) : style.isBold || BOLD.has(tagName),
    isItalic: slant ? /^(?:italic|oblique)$/i.test(slant) : style.isItalic || ITALIC.has(tagName),
    isCode: style.isCode || CODE.has(tagName),
    href: LEADS.test(href) ? href : style.href,
  };
}

function wordLevel(element: Element): number {
  const level = /mso-list:[^;]*level(\d)/i.exec(element.getAttribute("style") ?? "")?.[1];
  return element.tagName === "P" && level ? Number(level) : 0;
}
