import { afterEach, expect, test, vi } from "vitest";
import { storage, wipe } from "./storage.ts";

afterEach(() => {
  vi.doUnmock("./stored.ts");
  vi.resetModules();
});

test("the code that stores things comes when it is asked for", async () => {
  expect(await storage()).toHaveProperty("StoredOutbox");
});

test("where it does not come, that is no failure, but a wipe that cannot be done is one", async () => {
  vi.resetModules();
  vi.doMock("./stored.ts", () => {
    throw new TypeError("Failed to fetch dynamically imported module");
  });
  expect(await storage()).toBeUndefined();
  await expect(wipe()).rejects.toThrow();
});
