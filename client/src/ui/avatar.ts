/** What stands in the place of a photo: one or two letters, and a colour that stays the same for the same id. */

/** Anybody with a face. `photo` is the version of their picture; null while they have none. */
export interface Face {
  id: string;
  name: string;
  photo?: string | null;
}

const HUES = 12;

/** The first letter of the first and of the last word, as people of that script would shorten the name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? "")].find((letter) => /\p{L}|\p{N}/u.test(letter)) ?? "")
    .join("\u200c")
    .toLocaleUpperCase();
}

/** An angle of the colour circle in degrees. */
export function hue(id: string): number {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (sum % HUES) * (360 / HUES);
}
