/** What was written and is not sent yet, stored by the browser so that a reload loses nothing. */
import type { Pending } from "../model/chats.ts";
import { asFarAsPossible, within } from "./database.ts";

/** One person's outbox in this browser. A browser that stores nothing still sends. */
export class StoredOutbox {
  constructor(private readonly owner: string) {}

  /** All that waits or failed, in the order of writing. */
  async all(): Promise<Pending[]> {
    const stored = await asFarAsPossible(within("outbox", "readonly", (store) => store.getAll()));
    return (stored ?? [])
      .filter((record) => record.owner === this.owner)
      .map((record) => record.pending)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  async put(pending: Pending): Promise<void> {
    await asFarAsPossible(within("outbox", "readwrite", (store) => store.put({ owner: this.owner, pending: { ...pending } })));
  }

  async remove(key: string): Promise<void> {
    await asFarAsPossible(within("outbox", "readwrite", (store) => store.delete([this.owner, key])));
  }
}
