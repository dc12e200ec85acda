import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Pending } from "../model/chats.ts";
import { asFarAsPossible, disconnect, within } from "./database.ts";

const PENDING: Pending = {
  key: "k",
  conversationId: "c",
  personId: "eva",
  body: "written by an older version",
  course: null,
  at: "2026-03-02T12:00:00Z",
  status: "waiting",
  reason: null,
};
const RECORD = { owner: "lena", pending: PENDING };

/** The database as the first version made it, or the second. */
async function older(version: 1 | 2): Promise<void> {
  const database = await openDB("hallway", version, {
    upgrade(made) {
      made.createObjectStore("outbox", { keyPath: ["owner", "pending.key"] });
      if (version === 2) made.createObjectStore("kept", { keyPath: ["owner", "path"] });
    },
  });
  await database.put("outbox", RECORD);
  if (version === 2) await database.put("kept", { owner: "lena", path: "/conversations?limit=50", answer: { rows: [] } });
  database.close();
}

const outbox = () => within("outbox", "readonly", (store) => store.getAll());
const cached = () => within("kept", "readonly", (store) => store.get(["lena", "/conversations?limit=50"]));

let factory: IDBFactory;

beforeEach(() => {
  factory = new IDBFactory();
  vi.stubGlobal("indexedDB", factory);
});
afterEach(async () => {
  await disconnect();
  vi.unstubAllGlobals();
});

test("what the first version stored is there, and the cache beside it", async () => {
  await older(1);
  expect([await outbox(), await cached()]).toEqual([[RECORD], undefined]);
});

test("what was written in the second version is there; its answers, which have another shape, are not", async () => {
  await older(2);
  expect([await outbox(), await cached()]).toEqual([[RECORD], undefined]);
});

test("what this version stored is there", async () => {
  const answer = { owner: "lena", path: "/conversations?limit=50", answer: { rows: [] } };
  await within("kept", "readwrite", (store) => store.put(answer));
  await disconnect();
  expect(await cached()).toEqual(answer);
});

test("all work goes over one connection, at once too", async () => {
  const open = vi.spyOn(factory, "open");
  await Promise.all([outbox(), cached(), within("outbox", "readwrite", (store) => store.put(RECORD))]);
  await outbox();
  expect(open).toHaveBeenCalledOnce();
});

test("work that fails is undone whole, and the next goes over the same connection", async () => {
  const broken = within("outbox", "readwrite", async (store) => {
    await store.put(RECORD);
    await store.add(RECORD);
  });
  await expect(broken).rejects.toThrow();
  expect(await outbox()).toEqual([]);
});

test("a page of a newer version may upgrade: this one lets go, and stores nothing from then on", async () => {
  await within("outbox", "readwrite", (store) => store.put(RECORD));
  const newer = await openDB("hallway", 5);
  expect(await newer.getAll("outbox")).toEqual([RECORD]);
  await expect(outbox()).rejects.toThrow();
  newer.close();
});

test("a page of an older version that holds the database keeps nobody waiting; once it lets go, all is stored again", async () => {
  const old = await openDB("hallway", 1, {
    upgrade: (made) => void made.createObjectStore("outbox", { keyPath: ["owner", "pending.key"] }),
  });
  expect(await asFarAsPossible(outbox())).toBeUndefined();
  expect(await asFarAsPossible(cached())).toBeUndefined();
  old.close();
  await vi.waitFor(async () => expect(await outbox()).toEqual([]));
});

test("a connection that the browser dropped is opened again", async () => {
  await within("outbox", "readwrite", (store) => store.put(RECORD));
  const dropped = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(() => {
    throw new DOMException("The database connection is closing.", "InvalidStateError");
  });
  expect(await outbox()).toEqual([RECORD]);
  expect(dropped).toHaveBeenCalledTimes(2);
  dropped.mockRestore();
});

test("a browser that stored nothing a moment ago is asked again", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  });
  await expect(outbox()).rejects.toThrow("no");
  vi.stubGlobal("indexedDB", factory);
  expect(await outbox()).toEqual([]);
});
