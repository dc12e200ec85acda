/** A list that the server gives in pages. */
import { ask, path } from "./http.ts";

/** Each page of a list, one after the other, asked for when the one before it was used. */
export async function* pages<Page extends { next: string | null }>(
  address: string,
  query: Parameters<typeof path>[1],
): AsyncGenerator<Page, void> {
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Page = await ask<Page>("GET", path(address, { ...query, cursor }));
    yield page;
    cursor = page.next;
  }
}
