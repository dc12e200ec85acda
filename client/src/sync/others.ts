/** What somebody left in this tab whose session ended: it is theirs, and nobody else's who signs in here after them. */

const BEGINNING = "draft of ";

/** Keep the drafts of one person alone. */
export function forgetDraftsOfOthers(personId: string): void {
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith(BEGINNING));
  for (const name of names) if (!name.startsWith(`${BEGINNING}${personId} `)) sessionStorage.removeItem(name);
}
