// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import type { Me } from "../protocol/wire.ts";
import { session } from "./session.svelte.ts";
import { unfinishedForms } from "./unfinished.ts";

const welcome = (id: string) => session.welcome({ csrf: "word", person: { id } } as Me);

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Somebody writes, and the session ends; the form goes with the page. */
async function written(by: string, text: string): Promise<void> {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({})));
  welcome(by);
  const close = unfinishedForms.open("form", () => text);
  await session.leave();
  close();
}

test("whoever was writing finds it again, once", async () => {
  await written("maya", "Half a name");
  welcome("maya");
  expect([unfinishedForms.take("form"), unfinishedForms.take("form")]).toEqual(["Half a name", undefined]);
});

test("nobody else finds it, and then it is gone", async () => {
  await written("maya", "Half a name");
  welcome("otto");
  expect(unfinishedForms.take("form")).toBeUndefined();
  welcome("maya");
  expect(unfinishedForms.take("form")).toBeUndefined();
});

test("whoever signs out leaves nothing", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({})));
  vi.stubGlobal("indexedDB", undefined);
  welcome("maya");
  const close = unfinishedForms.open("form", () => "Half a name");
  await session.signOut().catch(() => undefined);
  close();
  welcome("maya");
  expect(unfinishedForms.take("form")).toBeUndefined();
});

test("a form that was closed is not kept", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({})));
  welcome("maya");
  unfinishedForms.open("form", () => "Half a name")();
  await session.leave();
  welcome("maya");
  expect(unfinishedForms.take("form")).toBeUndefined();
});
