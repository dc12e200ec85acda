/** Which texts may have marks: all others are shown as they stand, and load nothing. */

const LONGEST = 10_000;
const MARKED = /[*_`$[]|^ {0,3}(?:[->]|1[.)])[ \t]/m;

export function isMarked(text: string): boolean {
  return text.length <= LONGEST && MARKED.test(text);
}
