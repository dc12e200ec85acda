import { expect, test } from "vitest";
import { nextMorning } from "./muting.ts";

test.each([
  ["2026-03-01T12:00:00Z", "Europe/Oslo", "2026-03-02T07:00:00.000Z"],
  ["2026-03-01T23:30:00Z", "Europe/Oslo", "2026-03-03T07:00:00.000Z"],
  ["2026-03-28T12:00:00Z", "Europe/Oslo", "2026-03-29T06:00:00.000Z"],
  ["2026-03-01T12:00:00Z", "Asia/Kathmandu", "2026-03-02T02:15:00.000Z"],
  ["2026-03-01T01:00:00Z", "America/New_York", "2026-03-01T13:00:00.000Z"],
])("the morning after %s in %s", (now, zone, morning) => {
  expect(nextMorning(Date.parse(now), zone).toISOString()).toBe(morning);
});
