/** What keys and buttons do to a text that is being written: each answers one replacement, which the browser can undo. */

/** `insert` takes the place of what stands from `from` to `to`; then `start` to `end` is selected. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

export type Kind = "bold" | "italic" | "code" | "code-block" | "bullets" | "numbers" | "quote" | "link" | "formula";

const PREFIX = /^( *)(?:[-*] |\d{1,9}[.)] |> )/;
const ITEM = /^( *)(?:([-*])|(\d{1,9})([.)]))( +)(.*)$/;
const QUOTED = /^((?:> )+)(.*)$/;
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const BEGINNING = "https://";

export function edited(text: string, start: number, end: number, kind: Kind): Edit {
  switch (kind) {
    case "bold":
      return emphasised(text, start, end, 2);
    case "italic":
      return emphasised(text, start, end, 1);
    case "code":
      return text.slice(start, end).includes("\n") ? fenced(text, start, end, "```") : wrapped(text, start, end, "`");
    case "code-block":
      return fenced(text, start, end, "```");
    case "formula":
      return text.slice(start, end).includes("\n") ? fenced(text, start, end, "$$") : wrapped(text, start, end, "$");
    case "link":
      return linked(text, start, end);
    default:
      return listed(text, start, end, kind);
  }
}

/** One star or two around the words; where they stand there, they go. */
function emphasised(text: string, start: number, end: number, stars: 1 | 2): Edit {
  const [left, right] = [stopped(text, start, -1), stopped(text, end, 1)];
  const around = Math.min(left, right, 3);
  const isThere = around === 3 || around === stars;
  const mark = "*".repeat(stars);
  if (isThere) return unwrapped(text, start, end, stars);
  return wrapped(text, start, end, mark);
}

/** How many stars stand there, one beside the other. */
function stopped(text: string, from: number, step: 1 | -1): number {
  let count = 0;
  for (let at = step < 0 ? from - 1 : from; text.charAt(at) === "*"; at += step) count += 1;
  return count;
}

function unwrapped(text: string, start: number, end: number, length: number): Edit {
  return { from: start - length, to: end + length, insert: text.slice(start, end), start: start - length, end: end - length };
}

function wrapped(text: string, start: number, end: number, mark: string): Edit {
  const said = text.slice(start, end);
  const from = start + said.length - said.trimStart().length;
  const inside = said.trim();
  const { length } = mark;
  if (mark !== "*" && mark !== "**" && text.slice(start - length, start) === mark && text.slice(end, end + length) === mark)
    return unwrapped(text, start, end, length);
  const first = inside ? from : start;
  return {
    from: first,
    to: inside ? first + inside.length : end,
    insert: `${mark}${inside || said}${mark}`,
    start: first + length,
    end: first + length + (inside || said).length,
  };
}

/** In lines of its own. */
function fenced(text: string, start: number, end: number, fence: string): Edit {
  const said = text.slice(start, end);
  const above = start && text.charAt(start - 1) !== "\n" ? "\n" : "";
  const below = end < text.length && text.charAt(end) !== "\n" ? "\n" : "";
  const first = start + above.length + fence.length + 1;
  return { from: start, to: end, insert: `${above}${fence}\n${said}\n${fence}${below}`, start: first, end: first + said.length };
}

function linked(text: string, start: number, end: number): Edit {
  const said = text.slice(start, end);
  if (ADDRESS.test(said)) return { from: start, to: end, insert: `[](${said})`, start: start + 1, end: start + 1 };
  const insert = `[${said}](${BEGINNING})`;
  const inside = said ? start + said.length + 3 : start + 1;
  return { from: start, to: end, insert, start: inside, end: said ? inside + BEGINNING.length : inside };
}

/** Each line that the selection touches begins as the kind asks for; where all do, none does afterwards. */
function listed(text: string, start: number, end: number, kind: "bullets" | "numbers" | "quote"): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const after = text.indexOf("\n", end);
  const to = after < 0 ? text.length : after;
  const lines = text.slice(from, to).split("\n");
  const wanted = { bullets: /^ *[-*] /, numbers: /^ *\d{1,9}[.)] /, quote: /^> / }[kind];
  const isThere = lines.every((line) => wanted.test(line));
  const insert = lines
    .map((line, at) => {
      const bare = kind === "quote" && !isThere ? line : line.replace(PREFIX, "$1");
      return isThere ? bare : `${{ bullets: "- ", numbers: `${at + 1}. `, quote: "> " }[kind]}${bare}`;
    })
    .join("\n");
  const place = from + insert.length;
  return { from, to, insert, start: start === end ? place : from, end: place };
}

/** A line break in a list or a quote goes on with it; one in an empty item ends it. Undefined everywhere else. */
export function continued(text: string, at: number): Edit | undefined {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const line = text.slice(from, at);
  if (isInCode(text.slice(0, from))) return undefined;
  const [, indent = "", bullet, number, sign, blank = "", said = ""] = ITEM.exec(line) ?? [];
  const [, quote, quoted] = QUOTED.exec(line) ?? [];
  if (quote) return quoted ? inserted(at, `\n${quote}`) : { from, to: at, insert: "", start: from, end: from };
  if (!bullet && !number) return undefined;
  if (number && !isOfList(text.slice(0, from), Number(number))) return undefined;
  if (!said) return { from, to: at, insert: "", start: from, end: from };
  return inserted(at, `\n${indent}${bullet ?? `${Number(number) + 1}${sign}`}${blank}`);
}

function inserted(at: number, insert: string): Edit {
  return { from: at, to: at, insert, start: at + insert.length, end: at + insert.length };
}

/** A list begins with 1; what has another number is an item only below one. */
function isOfList(above: string, number: number): boolean {
  return number === 1 || ITEM.test(above.trimEnd().split("\n").at(-1) ?? "");
}

function isInCode(above: string): boolean {
  return above.split("\n").filter((line) => line.startsWith("```")).length % 2 === 1;
}

/** Make it in a field, so that the browser's own *Undo* takes it back. */
export function make({ from, to, insert, start, end }: Edit, field: HTMLTextAreaElement): void {
  field.focus();
  field.setSelectionRange(from, to);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Nothing else leaves the browser's undo as it is.
  if (!document.execCommand(insert ? "insertText" : "delete", false, insert)) {
    field.setRangeText(insert, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}
