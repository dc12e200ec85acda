/** What was written and is not stored yet, kept by the browser so that a reload loses nothing. */
import type { Pending } from "../model/chats.ts";
import { asFarAsPossible, within } from "./database.ts";

interface Kept {
  owner: string;
  pending: Pending;
}

/** A message's key, made once: 80 random bits behind the time of its making, by which keys sort. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Date.now().toString(16).padStart(12, "0") + Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

/** One person's outbox in this browser. A browser that keeps nothing still sends: then only a reload would lose. */
export class Outbox {
  constructor(private readonly owner: string) {}

  async all(): Promise<Pending[]> {
    const kept = await asFarAsPossible(within<Kept[]>("outbox", "readonly", (shelf) => shelf.getAll() as IDBRequest<Kept[]>));
    return (kept ?? [])
      .filter((one) => one.owner === this.owner)
      .map((one) => one.pending)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  async keep(pending: Pending): Promise<void> {
    await asFarAsPossible(
      within("outbox", "readwrite", (shelf) => shelf.put({ owner: this.owner, pending: { ...pending } } satisfies Kept)),
    );
  }

  async drop(key: string): Promise<void> {
    await asFarAsPossible(within("outbox", "readwrite", (shelf) => shelf.delete([this.owner, key])));
  }
}
