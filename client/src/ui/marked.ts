/** A name in pieces, with the pieces that match what was typed. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Marks each typed word where it stands in the name, whatever its case or accents. */
export function marked(name: string, typed: string): Piece[] {
  const letters = [...name];
  const isMatch = letters.map(() => false);
  const folded = letters.map(plain);
  for (const word of plain(typed).split(/\s+/u).filter(Boolean)) {
    for (let from = 0; from < letters.length; from += 1) {
      const length = matchLength(folded, from, word);
      for (let at = from; at < from + length; at += 1) isMatch[at] = true;
      if (length > 0) break;
    }
  }
  return pieces(letters, isMatch);
}

/** How many letters from there on make up the word; 0 when they do not. */
function matchLength(folded: string[], from: number, word: string): number {
  let seen = "";
  for (let at = from; at < folded.length && seen.length < word.length; at += 1) {
    seen += folded[at] ?? "";
    if (!word.startsWith(seen)) return 0;
    if (seen === word) return at - from + 1;
  }
  return 0;
}

function pieces(letters: string[], isMatch: boolean[]): Piece[] {
  const found: Piece[] = [];
  letters.forEach((letter, at) => {
    const last = found.at(-1);
    if (last && last.isMatch === isMatch[at]) last.text += letter;
    else found.push({ text: letter, isMatch: isMatch[at] ?? false });
  });
  return found;
}
