/** A text in pieces, with those that are marked. Marks count characters as `[...text]` does, as the server's do. */
import type { Mark } from "../../protocol/wire.ts";

export interface MarkedPiece {
  text: string;
  isMatch: boolean;
}

/** `from` is where the text begins in the longer one that the marks are of, in characters. */
export function markedPieces(text: string, marks: readonly Mark[], from = 0): MarkedPiece[] {
  if (!marks.length) return [{ text, isMatch: false }];
  const letters = [...text];
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const mark of marks) {
    const [start, end] = [Math.max(at, mark.start - from), Math.min(letters.length, mark.end - from)];
    if (end <= start) continue;
    if (start > at) pieces.push({ text: letters.slice(at, start).join(""), isMatch: false });
    pieces.push({ text: letters.slice(start, end).join(""), isMatch: true });
    at = end;
  }
  if (at < letters.length) pieces.push({ text: letters.slice(at).join(""), isMatch: false });
  return pieces;
}

/** Pieces of one text that follow each other, each with where it begins, in characters. */
export function begun<Piece extends { text: string }>(pieces: readonly Piece[]): (Piece & { from: number })[] {
  let from = 0;
  return pieces.map((piece) => {
    const begins = from;
    from += [...piece.text].length;
    return { ...piece, from: begins };
  });
}
