// @vitest-environment jsdom
import { expect, test } from "vitest";
import { speak } from "../../i18n/i18n.svelte.ts";
import type { AdminUser } from "../../protocol/wire.ts";
import { choice, lastSeen, NO_FILTERS, orders, seenChoices, sorted, statusChoices } from "./users.ts";

const COUNTS = { active: 298, invited: 3, link_expired: 1, not_invited: 8, deactivated: 2, never_seen: 14 };

test("a filter says only what is chosen", () => {
  expect(choice(NO_FILTERS)).toEqual({});
  expect(choice({ text: "ann", role: "learner", status: "invited", department: "d", seen: "never" })).toEqual({
    q: "ann",
    role: "learner",
    status: "invited",
    department_id: "d",
    never_seen: true,
  });
  expect(choice({ ...NO_FILTERS, seen: "90" })).toEqual({ not_seen_days: 90 });
});

test("the same column turns around, another begins as one reads it", () => {
  const byName = { by: "name", descending: false } as const;
  expect(sorted(byName, "name")).toEqual({ by: "name", descending: true });
  expect(sorted(byName, "seen")).toEqual({ by: "seen", descending: true });
  expect(sorted({ by: "seen", descending: true }, "email")).toEqual({ by: "email", descending: false });
});

test("every order can be chosen in both directions", async () => {
  await speak("en");
  expect(orders()).toHaveLength(16);
  expect(new Set(orders().map((one) => one.label)).size).toBe(16);
});

test("states and last seen carry their numbers", async () => {
  await speak("en");
  expect(statusChoices(COUNTS).map((one) => one.label)).toContain("Not invited (8)");
  expect(seenChoices(COUNTS).map((one) => one.label)).toContain("Never signed in (14)");
});

test("somebody was seen never, a while ago, or at a moment", async () => {
  await speak("en");
  const seen = (seen_at: string | null) => lastSeen({ seen_at } as AdminUser);
  expect([seen(null), seen("1970-01-01T00:00:00Z")]).toEqual(["Never", "A while ago"]);
  expect(seen("2020-05-17T12:00:00Z")).toMatch(/2020/);
});
