import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import type { Pending } from "../model/chats.ts";
import { wipe } from "./database.ts";
import { newKey, Outbox } from "./outbox.ts";

function pending(key: string, second: number, more: Partial<Pending> = {}): Pending {
  const at = new Date(Date.UTC(2026, 2, 2, 12, 0, second)).toISOString();
  return { key, conversationId: "c", personId: "eva", body: key, course: null, at, status: "waiting", reason: null, ...more };
}

const keys = async (owner: string) => (await new Outbox(owner).all()).map((one) => one.key);

beforeEach(() => vi.stubGlobal("indexedDB", new IDBFactory()));

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
  await new Outbox("lena").keep(one);
  expect(await new Outbox("lena").all()).toEqual([one]);
});

test("the order is that of writing, whatever the keys", async () => {
  const outbox = new Outbox("lena");
  for (const one of [pending("z", 1), pending("a", 3), pending("m", 2)]) await outbox.keep(one);
  expect(await keys("lena")).toEqual(["z", "m", "a"]);
});

test("kept again it is changed, not doubled; dropped it is gone", async () => {
  const outbox = new Outbox("lena");
  await outbox.keep(pending("one", 1));
  await outbox.keep(pending("one", 1, { status: "failed", reason: "too_many" }));
  expect((await outbox.all()).map((one) => [one.key, one.status, one.reason])).toEqual([["one", "failed", "too_many"]]);
  await outbox.drop("elsewhere");
  expect(await keys("lena")).toEqual(["one"]);
  await outbox.drop("one");
  expect(await keys("lena")).toEqual([]);
});

test("one owner never sees, changes or drops another's", async () => {
  await new Outbox("lena").keep(pending("one", 1, { body: "Lena's" }));
  await new Outbox("otto").keep(pending("one", 2, { body: "Otto's" }));
  expect((await new Outbox("lena").all()).map((one) => one.body)).toEqual(["Lena's"]);
  await new Outbox("otto").drop("one");
  expect(await keys("lena")).toEqual(["one"]);
  expect(await keys("otto")).toEqual([]);
  expect(await keys("")).toEqual([]);
});

test("wiping leaves nothing of anybody", async () => {
  await new Outbox("lena").keep(pending("one", 1));
  await new Outbox("otto").keep(pending("two", 2));
  await wipe();
  expect([await keys("lena"), await keys("otto")]).toEqual([[], []]);
});

test("a browser that keeps nothing is no failure, but a wipe that fails is one", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  });
  const outbox = new Outbox("lena");
  await outbox.keep(pending("one", 1));
  await outbox.drop("one");
  expect(await outbox.all()).toEqual([]);
  await expect(wipe()).rejects.toThrow("no");
});
