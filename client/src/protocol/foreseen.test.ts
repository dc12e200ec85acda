import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { foresee } from "./foreseen.ts";
import { Problem, Unreachable, ask } from "./http.ts";

const fetched = vi.fn<(address: string) => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
  fetched.mockReset();
  fetched.mockImplementation(async (address) => Response.json({ address, asked: fetched.mock.calls.length }));
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what was foreseen is asked once, for one asker; the next one asks anew", async () => {
  void foresee("/me");
  expect(await ask("GET", "/me")).toEqual({ address: "/api/v1/me", asked: 1 });
  expect(await ask("GET", "/me")).toEqual({ address: "/api/v1/me", asked: 2 });
});

test("another question, or a change, has an answer of its own", async () => {
  void foresee("/me");
  expect(await ask("GET", "/entry")).toMatchObject({ asked: 2 });
  expect(await ask("PATCH", "/me", {})).toMatchObject({ asked: 3 });
  expect(await ask("GET", "/me")).toMatchObject({ asked: 1 });
});

test("an answer that nobody came for in time is old", async () => {
  void foresee("/me");
  vi.advanceTimersByTime(10_000);
  expect(await ask("GET", "/me")).toMatchObject({ asked: 2 });
});

test("a refusal that was foreseen is that refusal, and no answer is no answer", async () => {
  fetched.mockResolvedValueOnce(Response.json({ code: "forbidden" }, { status: 403 }));
  void foresee("/me");
  await expect(ask("GET", "/me")).rejects.toThrow(Problem);
  fetched.mockRejectedValueOnce(new TypeError("no network"));
  foresee("/me").catch(() => undefined);
  await expect(ask("GET", "/me")).rejects.toThrow(Unreachable);
});
