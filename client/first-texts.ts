/** Which texts the first screen needs: found in its own sources while the client is built, so that no list of them can grow old. */

/** The text of a file by its path from the root of all, undefined where there is none. */
export type Read = (path: string) => string | undefined;

const IMPORTED = /(?:from|import) "(\.[^"]+\.(?:ts|svelte))"/g;
/** A word in quotes. Those that are compared, or name a type, a member of one, a class or a drawing, are no ids. */
const WHOLE_ID =
  /(?<!case |[=!]== |(?:type|icon): |(?:class|icon|name|role|type|variant)=|[^|]\| |\[)["'`]([a-z][\w-]*)["'`](?!\]| \|[^|])/g;
/** The beginning of an id whose end is known later: `role-${role}`. */
const BEGINNING = /`([a-z][\w-]*-)\$\{/g;

/** All that is imported by a file, and by what it imports, before anything is shown. */
function sources(entry: string, read: Read): string[] {
  const [found, waiting] = [new Map<string, string>(), [entry]];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const text = found.has(file) ? undefined : read(file);
    if (text === undefined) continue;
    found.set(file, text);
    for (const [, path = ""] of text.matchAll(IMPORTED)) waiting.push(new URL(path, `file://${file}`).pathname);
  }
  return [...found.values()];
}

/** Answers whether a text is one of those that may be shown at first. */
export function firstTexts(entry: string, read: Read): (id: string) => boolean {
  const all = sources(entry, read);
  const matches = (pattern: RegExp): string[] => all.flatMap((text) => [...text.matchAll(pattern)].map(([, one = ""]) => one));
  const [whole, beginnings] = [new Set(matches(WHOLE_ID)), matches(BEGINNING)];
  return (id) => whole.has(id) || beginnings.some((one) => id.startsWith(one));
}

/** The entries of a catalogue whose ids are wanted; terms, which others refer to, always. */
export function entriesOf(catalogue: string, isWanted: (id: string) => boolean): string {
  const entries = catalogue.split(/^(?=[a-z#-])/m).filter((one) => !one.startsWith("#"));
  return entries.filter((one) => one.startsWith("-") || isWanted(one.slice(0, one.indexOf(" =")))).join("");
}
