/** The links in a text. Text is text: nothing else is made of it, and only addresses of the web and of mail become links. */
export interface Piece {
  text: string;
  href?: string;
}

/**
 * An address of the web: its beginning, then what addresses are written with. Marks of other scripts (، 。 「) end it, but
 * for those that stand inside of words.
 */
const WEB =
  /(?:\bhttps?:\/\/|(?<![\w./:@-])www\.[\p{L}\p{N}-]+\.(?=[\p{L}\p{N}]))(?:(?!\]\()(?:[^\s<>"'`～\p{P}\p{C}]|[!#%&()*,\-./:;?@[\\\]_{}\u200c\u200d]|[‐‑–・·’](?=[\p{L}\p{N}])))+/iu;
/** Letters of scripts that are written with spaces: of others the sentence before would be a part of it. */
const MAIL =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d_/@])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d][\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d_.+%-]{0,63}@(?:[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d-]{1,63}\.){1,8}(?:xn--[a-z\d-]{1,59}|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{2,63})(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d_@])/iu;
const ADDRESS = new RegExp(`${WEB.source}|(?<mail>${MAIL.source})`, "giu");

/** What ends a sentence, or stands around a part of it. */
const MARKS = ".,;:!?*()[]{}\u200c\u200d";
const BRACKETS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const mail = match.groups?.["mail"];
    const address = mail ?? trimmed(match[0]);
    const href = mail ? `mailto:${encodeURI(mail)}` : webAddress(address);
    if (!URL.canParse(href)) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

function webAddress(address: string): string {
  return /^www/i.test(address) ? `https://${address}` : address;
}

/** Without the marks of the sentence around it; a bracket that the address opened itself stays. */
function trimmed(address: string): string {
  const left = new Map<string, number>();
  for (const sign of address) left.set(sign, (left.get(sign) ?? 0) + 1);
  const count = (sign: string): number => left.get(sign) ?? 0;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const sign = address.charAt(end - 1);
    const opening = BRACKETS[sign];
    const isItsOwn = opening !== undefined && count(opening) >= count(sign);
    if (isItsOwn || !MARKS.includes(sign)) break;
    left.set(sign, count(sign) - 1);
  }
  return address.slice(0, end);
}
