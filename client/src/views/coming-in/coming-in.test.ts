import { beforeEach, expect, test, vi } from "vitest";
import { ComingIn } from "./coming-in.svelte.ts";

const PEOPLE = Array.from({ length: 250 }, (_, number) => `person ${number}`);
const who = async (): Promise<string[]> => PEOPLE;

let asked: string[][] = [];
let failsAt = Infinity;
let whileAsked = (): void => undefined;

beforeEach(() => {
  [asked, failsAt, whileAsked] = [[], Infinity, () => undefined];
  vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
    if (asked.length >= failsAt) throw new TypeError("no network");
    const { user_ids: ids } = JSON.parse(String(body)) as { user_ids: string[] };
    asked.push(ids);
    whileAsked();
    return Response.json({ links: ids.map((id) => ({ id })), left_out: [{ id: "somebody" }] });
  });
});

test("links for many are made a hundred at a time", async () => {
  const run = new ComingIn();
  expect(await run.link(who)).toBe(true);
  expect(asked.map((part) => part.length)).toEqual([100, 100, 50]);
  expect(run.links.map((one) => one.id)).toEqual(PEOPLE);
  expect([run.leftOut.length, run.progress]).toEqual([3, null]);
});

test("links that were made are kept when a later part fails", async () => {
  failsAt = 2;
  const run = new ComingIn();
  expect(await run.link(who)).toBe(false);
  expect(run.links.map((one) => one.id)).toEqual(PEOPLE.slice(0, 200));
  expect(run.submission.failure).not.toBe("");
});

test("who stops it keeps what was made, and no other part is asked for", async () => {
  const run = new ComingIn();
  whileAsked = () => run.stop();
  await run.link(who);
  expect(run.links.length).toBe(100);
  expect(asked.length).toBe(1);
});
