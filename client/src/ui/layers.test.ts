// @vitest-environment jsdom
/** The step of the history for what lies over the page, as jsdom keeps a history. */
import { beforeEach, expect, test, vi } from "vitest";

vi.mock("./media.svelte.ts", () => ({ phone: { current: true }, pointer: { current: false } }));

const { back, layOver, leaveStep } = await import("./layers.ts");

const PAGE = { from: "/before" };
const STEP = { ...PAGE, isLayer: true };

/** Once the history has come to rest there. */
const isAt = (state: unknown) => vi.waitFor(() => expect([history.state, location.pathname]).toEqual([state, "/page"]));

beforeEach(() => history.pushState(PAGE, "", "/page"));

test("the way back closes the topmost, one after the other, and then leaves the page", async () => {
  const closed: string[] = [];
  for (const name of ["lower", "upper"]) {
    const leave = layOver(() => {
      closed.push(name);
      leave();
    });
  }
  await isAt(STEP);
  await back();
  expect(closed).toEqual(["upper"]);
  await isAt(STEP);
  await back();
  expect(closed).toEqual(["upper", "lower"]);
  await isAt(PAGE);
});

test("what is closed otherwise takes its step along, and what follows at once takes it over", async () => {
  layOver(() => undefined)();
  const leave = layOver(() => undefined);
  await isAt(STEP);
  leave();
  await isAt(PAGE);
});

test("one that may not close now stays, with its step", async () => {
  const leave = layOver(() => undefined);
  await back();
  await isAt(STEP);
  leave();
  await isAt(PAGE);
});

test("another page is gone to from the page's own step", async () => {
  const leave = layOver(() => expect.unreachable());
  await leaveStep();
  expect([history.state, leaveStep()]).toEqual([PAGE, null]);
  leave();
});

test("a step that one comes forward to leads back", async () => {
  layOver(() => undefined)();
  await isAt(PAGE);
  const arrived = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
  history.forward();
  await arrived;
  await isAt(PAGE);
});
