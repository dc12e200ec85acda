import { expect, test } from "vitest";
import { coalesced } from "./coalesced.ts";

/** Work that ends when the test lets it. */
function controlled() {
  const ends: ((failure?: Error) => void)[] = [];
  const work = () => new Promise<void>((resolve, reject) => ends.push((failure) => (failure ? reject(failure) : resolve())));
  return { ends, run: coalesced(work) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

test("asked for many times while it runs, it runs once more", async () => {
  const { ends, run } = controlled();
  const all = [run(), run(), run(), run()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await Promise.all(all);
  expect(ends).toHaveLength(2);
});

test("asked for once, it runs once, and again when it is asked for later", async () => {
  const { ends, run } = controlled();
  const first = run();
  ends[0]?.();
  await first;
  await turn();
  expect(ends).toHaveLength(1);
  const second = run();
  ends[1]?.();
  await second;
  expect(ends).toHaveLength(2);
});

test("a failure reaches the caller, and the next time is a new one", async () => {
  const { ends, run } = controlled();
  const first = run();
  ends[0]?.(new Error("no"));
  await expect(first).rejects.toThrow("no");
  const second = run();
  ends[1]?.();
  await second;
});
