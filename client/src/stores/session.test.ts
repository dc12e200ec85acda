// @vitest-environment jsdom
/** Coming and going, as the stores know of it. */
import { afterEach, expect, test, vi } from "vitest";
import type { Me } from "../protocol/wire.ts";
import { session } from "./session.svelte.ts";

const ENTRY = { academy: "Harbour", needs_set_up: false, is_demo: false };

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a session that ends while the server does not answer is over all the same", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(ENTRY)));
  session.welcome({ csrf: "word" } as Me);
  await session.leave();
  expect([session.me, session.entry]).toEqual([null, ENTRY]);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  session.welcome({ csrf: "word" } as Me);
  await session.leave();
  expect([session.me, session.entry]).toEqual([null, ENTRY]);
});
