/** What was written and is not stored yet, kept by the browser so that a reload loses nothing. */
import type { Pending } from "../model/chats.ts";

const DATABASE = "hallway";
const SHELF = "outbox";

interface Kept {
  owner: string;
  pending: Pending;
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF, { keyPath: ["owner", "pending.key"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(SHELF, mode);
      const request = work(transaction.objectStore(SHELF));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
    });
  } finally {
    database.close();
  }
}

async function asFarAsPossible<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
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
    const kept = await asFarAsPossible(within<Kept[]>("readonly", (shelf) => shelf.getAll()));
    return (kept ?? [])
      .filter((one) => one.owner === this.owner)
      .map((one) => one.pending)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  async keep(pending: Pending): Promise<void> {
    await asFarAsPossible(within("readwrite", (shelf) => shelf.put({ owner: this.owner, pending: { ...pending } } satisfies Kept)));
  }

  async drop(key: string): Promise<void> {
    await asFarAsPossible(within("readwrite", (shelf) => shelf.delete([this.owner, key])));
  }
}

/** Forget everything: signing out leaves nothing behind. */
export async function wipe(): Promise<void> {
  await within("readwrite", (shelf) => shelf.clear());
}
