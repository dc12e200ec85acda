/** What the list shows of drafts. All else comes behind the first screen, with `drafting.svelte.ts`, which hooks itself in here. */
import type { ServerFrame } from "../protocol/wire.ts";

export const DRAFT_OF = "draft of ";

class Drafts {
  /** By chat. */
  texts = $state.raw<Readonly<Record<string, string>>>({});
  /** The connection was there before the rest was. */
  isLate = false;
  heard = (_frame: ServerFrame): void => undefined;
  resumed = (): void => void (this.isLate = true);
  stop = (): void => undefined;

  of(id: string): string {
    return this.texts[id] ?? "";
  }
}

/** What somebody left here whose session ended is nobody else's who signs in after them; who signs out leaves nothing. */
export function forgetDrafts(except = ""): void {
  for (const store of [sessionStorage, localStorage])
    for (const name of Object.keys(store))
      if (name.startsWith(DRAFT_OF) && !name.startsWith(`${DRAFT_OF}${except} `)) store.removeItem(name);
}

export const drafts = new Drafts();
