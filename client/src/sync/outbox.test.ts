import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Pending } from "../model/chats.ts";
import { disconnect, wipe } from "./database.ts";
import { newKey } from "./message-key.ts";
import { StoredOutbox } from "./outbox.ts";

function pending(key: string, second: number, more: Partial<Pending> = {}): Pending {
  const at = new Date(Date.UTC(2026, 2, 2, 12, 0, second)).toISOString();
  return { key, conversationId: "c", personId: "eva", body: key, course: null, at, status: "waiting", reason: null, ...more };
}

const keys = async (owner: string) => (await new StoredOutbox(owner).all()).map((one) => one.key);

beforeEach(() => vi.stubGlobal("indexedDB", new IDBFactory()));
afterEach(disconnect);

test("keys sort by the time of their making, and are never made twice", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 2) });
  const first = newKey();
  vi.setSystemTime(Date.UTC(2026, 2, 3));
  const later = Array.from({ length: 100 }, newKey);
  vi.useRealTimers();
  expect(later.every((key) => key > first && /^[0-9a-f]{32}$/.test(key))).toBe(true);
  expect(new Set(later).size).toBe(100);
});

test("what was written is there after a reload, whole", async () => {
  const one = pending("one", 1, { course: { id: "drill", title: "Fire drill" }, body: "Is the exit\non the left? 👍" });
  await new StoredOutbox("lena").put(one);
  expect(await new StoredOutbox("lena").all()).toEqual([one]);
});

test("the order is that of writing, whatever the keys", async () => {
  const outbox = new StoredOutbox("lena");
  for (const one of [pending("z", 1), pending("a", 3), pending("m", 2)]) await outbox.put(one);
  expect(await keys("lena")).toEqual(["z", "m", "a"]);
});

test("stored again it is changed, not doubled; removed it is gone", async () => {
  const outbox = new StoredOutbox("lena");
  await outbox.put(pending("one", 1));
  await outbox.put(pending("one", 1, { status: "failed", reason: "too_many" }));
  expect((await outbox.all()).map((one) => [one.key, one.status, one.reason])).toEqual([["one", "failed", "too_many"]]);
  await outbox.remove("elsewhere");
  expect(await keys("lena")).toEqual(["one"]);
  await outbox.remove("one");
  expect(await keys("lena")).toEqual([]);
});

test("one owner never sees, changes or removes another's", async () => {
  await new StoredOutbox("lena").put(pending("one", 1, { body: "Lena's" }));
  await new StoredOutbox("otto").put(pending("one", 2, { body: "Otto's" }));
  expect((await new StoredOutbox("lena").all()).map((one) => one.body)).toEqual(["Lena's"]);
  await new StoredOutbox("otto").remove("one");
  expect(await keys("lena")).toEqual(["one"]);
  expect(await keys("otto")).toEqual([]);
  expect(await keys("")).toEqual([]);
});

test("wiping leaves nothing of anybody", async () => {
  await new StoredOutbox("lena").put(pending("one", 1));
  await new StoredOutbox("otto").put(pending("two", 2));
  await wipe();
  expect([await keys("lena"), await keys("otto")]).toEqual([[], []]);
});

test("a browser that stores nothing is no failure, but a wipe that fails is one", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  });
  const outbox = new StoredOutbox("lena");
  await outbox.put(pending("one", 1));
  await outbox.remove("one");
  expect(await outbox.all()).toEqual([]);
  await expect(wipe()).rejects.toThrow("no");
});
