/** The links in a text. Text is text: nothing else is made of it, and only web addresses become links. */
export interface Piece { text: string; href?: string }

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const TRAILING = ".,;:!?)]}»”’";

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** Without the punctuation of the sentence around it; a bracket that the address opened itself stays. */
function trimmed(address: string): string {
  let end = address.length;
  while (end > 0 && TRAILING.includes(address.charAt(end - 1))) end -= 1;
  const withBracket = address.slice(0, end + 1);
  const isBalanced = withBracket.endsWith(")") && withBracket.split(")").length <= address.split("(").length;
  return isBalanced ? withBracket : address.slice(0, end);
}
