/** Long texts, which show their beginning until somebody wants all of it. */
const MOST_LINES = 24;
const MOST_LETTERS = 1_600;

/** Whether a text is folded at first: what is little more than the beginning is shown whole. */
export function isLong(text: string): boolean {
  return text.length > MOST_LETTERS || text.split("\n", MOST_LINES + 1).length > MOST_LINES;
}

let unfolded = $state.raw<ReadonlySet<string>>(new Set());

/** Whether a line of the history was unfolded: it stays so when it leaves the view and comes back. */
export const isUnfolded = (line: string): boolean => unfolded.has(line);

export function unfold(line: string): void {
  unfolded = new Set([...unfolded, line]);
}

export function fold(line: string): void {
  unfolded = new Set([...unfolded].filter((one) => one !== line));
}
