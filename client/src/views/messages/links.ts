/** The links in a text. Text is text: nothing else is made of it, and only web addresses become links. */
export interface Piece { text: string; href?: string }

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}»”’]+$/u;

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
  const tail = TRAILING.exec(address)?.[0] ?? "";
  const isBalanced = tail.startsWith(")") && address.split("(").length > address.slice(0, address.length - tail.length + 1).split(")").length - 1;
  return isBalanced ? address.slice(0, address.length - tail.length + 1) : address.slice(0, address.length - tail.length);
}
