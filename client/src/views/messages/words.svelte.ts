/** The words of a text for a line of it, without marks. What knows marks comes with the first chat; until then the text stands as it is. */
let read = $state.raw((text: string): string => text);

export const wordsOf = (text: string): string => read(text);

/** Words are read by this from now on. */
export function readWith(reader: (text: string) => string): void {
  read = reader;
}
