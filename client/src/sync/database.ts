/** What this browser stores: the object stores of one database, over one connection for the page. Each record has an owner, so that nobody finds another's. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction } from "idb";
import type { Pending } from "../model/chats.ts";
import type { Upload } from "../model/uploads.ts";

interface Schema extends DBSchema {
  outbox: { key: [owner: string, key: string]; value: { owner: string; pending: Pending } };
  uploads: { key: [owner: string, key: string]; value: { owner: string; upload: Upload; blob: Blob } };
  /** The offline cache, under the name that older versions gave it. */
  kept: { key: [owner: string, path: string]; value: CachedAnswer };
}

/** An answer of the server, by the path that was asked for. */
export interface CachedAnswer {
  owner: string;
  path: string;
  answer: unknown;
}

type Database = IDBPDatabase<Schema>;
type Name = "outbox" | "uploads" | "kept";

const DATABASE = "hallway";
const VERSION = 4;
/** The path to a record's key in each object store, behind its owner. */
const KEYS: Record<Name, string> = { outbox: "pending.key", uploads: "upload.key", kept: "path" };

/** The page's connection. While pages of an older version hold the database, `blocked` rejects instead of keeping the work waiting. */
let connection: { database: Promise<Database>; blocked: Promise<never> } | undefined;

function connect(): Promise<Database> {
  connection ??= open();
  return Promise.race([connection.database, connection.blocked]);
}

function open(): NonNullable<typeof connection> {
  let block: (failure: Error) => void;
  const blocked = new Promise<never>((_, reject) => (block = reject));
  const database = openDB<Schema>(DATABASE, VERSION, {
    upgrade(upgraded, before) {
      // Answers of before the fourth version have another shape; the server gives them anew. What was written stays.
      if (before === 2 || before === 3) upgraded.deleteObjectStore("kept");
      const missing = (Object.keys(KEYS) as Name[]).filter((name) => !upgraded.objectStoreNames.contains(name));
      for (const name of missing) upgraded.createObjectStore(name, { keyPath: ["owner", KEYS[name]] });
    },
    blocked: () => block(new Error("Pages of an older version hold the database.")),
    // A page of a newer version waits to upgrade: it goes first.
    blocking: () => void disconnect(),
    terminated: () => (connection = undefined),
  });
  const opened = { database, blocked };
  database.catch(() => {
    if (connection === opened) connection = undefined;
  });
  return opened;
}

/** Close the connection; the next piece of work opens another. */
export async function disconnect(): Promise<void> {
  const closed = connection;
  connection = undefined;
  (await closed?.database.catch(() => undefined))?.close();
}

/** Run one piece of work on an object store; it is done when it is on the disk. */
export async function within<N extends Name, M extends "readonly" | "readwrite", T>(
  name: N,
  mode: M,
  work: (store: IDBPObjectStore<Schema, [N], N, M>) => Promise<T>,
): Promise<T> {
  const transaction = await begin(name, mode);
  const [result] = await Promise.all([work(transaction.store), transaction.done]);
  return result;
}

async function begin<N extends Name, M extends "readonly" | "readwrite">(name: N, mode: M): Promise<IDBPTransaction<Schema, [N], M>> {
  try {
    return (await connect()).transaction(name, mode);
  } catch (failure) {
    // Some browsers drop a connection, on a phone above all, without saying so.
    if (!(failure instanceof DOMException && failure.name === "InvalidStateError")) throw failure;
    await disconnect();
    return (await connect()).transaction(name, mode);
  }
}

/** Answer undefined where the browser stores nothing: the page works without it. */
export async function asFarAsPossible<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}

/** Remove everything: signing out leaves nothing behind. */
export async function wipe(): Promise<void> {
  for (const name of Object.keys(KEYS) as Name[]) await within(name, "readwrite", (store) => store.clear());
}
