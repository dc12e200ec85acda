// @vitest-environment jsdom
/** Coming and going, as the stores know of it. */
import { afterEach, expect, test, vi } from "vitest";
import type { Me } from "../protocol/wire.ts";
import { session } from "./session.svelte.ts";

const ENTRY = { academy: "Harbour", needs_set_up: false, is_demo: false, has_mail: false };

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a session that ends while the server does not answer is over all the same", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(ENTRY)));
  session.welcome({ csrf: "word", person: { id: "maya" } } as Me);
  await session.leave();
  expect([session.me, session.entry]).toEqual([null, ENTRY]);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  session.welcome({ csrf: "word", person: { id: "maya" } } as Me);
  await session.leave();
  expect([session.me, session.entry]).toEqual([null, ENTRY]);
});

test("what somebody was writing when their session ended is kept for them, and for nobody else", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(ENTRY)));
  const welcome = (id: string) => session.welcome({ csrf: "word", person: { id } } as Me);
  const draft = () => localStorage.getItem("draft of maya in c");
  welcome("maya");
  localStorage.setItem("draft of maya in c", "Half a sentence");
  await session.leave();
  expect([session.endedFor, draft()]).toEqual(["maya", "Half a sentence"]);
  welcome("maya");
  expect([session.endedFor, draft()]).toEqual(["", "Half a sentence"]);
  await session.leave();
  welcome("mayaa");
  expect([session.endedFor, draft()]).toEqual(["", null]);
});
