/** What this browser keeps, in shelves of one database. Each piece has an owner, so that nobody finds another's. */

const DATABASE = "hallway";
const VERSION = 2;

/** The path to the key of what lies in each shelf, behind its owner. */
const SHELVES = { outbox: "pending.key", kept: "path" } as const;
export type Shelf = keyof typeof SHELVES;

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const missing = Object.entries(SHELVES).filter(([name]) => !request.result.objectStoreNames.contains(name));
      for (const [name, key] of missing) request.result.createObjectStore(name, { keyPath: ["owner", key] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

/** One piece of work on a shelf; done when it is on the disk. */
export async function within<T>(name: Shelf, mode: IDBTransactionMode, work: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
    });
  } finally {
    database.close();
  }
}

/** A browser that keeps nothing still works: then only a reload would lose. */
export async function asFarAsPossible<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}

/** Forget everything: signing out leaves nothing behind. */
export async function wipe(): Promise<void> {
  for (const name of Object.keys(SHELVES) as Shelf[]) await within(name, "readwrite", (shelf) => shelf.clear());
}
