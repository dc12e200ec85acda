// @vitest-environment jsdom
import { afterEach, beforeAll, expect, test } from "vitest";
import clocks from "../../../../../tests/transport/golden/clocks.json";
import { speak, speakWhole, wording } from "../../../i18n/i18n.svelte.ts";
import type { OfficeHours } from "../../../protocol/wire.ts";
import { fieldsOf, isInGap, momentOf, objectionTo, offers, theirClock, typed, when } from "./times.ts";

const office: OfficeHours = {
  days: [0, 1, 2, 3, 4],
  opens: "09:00",
  closes: "17:00",
  time_zone: "Africa/Lagos",
  is_open: false,
  reply_hours: 4,
  reply_by: null,
};
const at = (time: string) => Date.parse(time);
const iso = (moment: number) => new Date(moment).toISOString().replace(".000", "");
const said = (now: string, hours: OfficeHours | null = null) =>
  offers(at(now), "Daniel", hours).map(({ label, moment }) => `${label} ${iso(moment)}`);

beforeAll(async () => {
  await speakWhole();
  await speak("en");
});
afterEach(() => {
  wording.timeZone = "Europe/London";
});

test.each(clocks)("$time in $zone is $due", ({ time, zone, due }) => {
  expect(iso(momentOf({ time, zone }))).toBe(due);
});

test("three times are offered, by the reader's clock", () => {
  wording.timeZone = "Europe/London";
  // A Wednesday.
  expect(said("2026-07-01T08:00:00Z")).toEqual([
    "This afternoon 2026-07-01T13:00:00Z",
    "Tomorrow morning 2026-07-02T08:00:00Z",
    "Monday morning 2026-07-06T08:00:00Z",
  ]);
  expect(said("2026-07-01T13:00:00Z")[0]).toBe("This evening 2026-07-01T17:00:00Z");
  expect(said("2026-07-01T20:30:30Z")[0]).toBe("In an hour 2026-07-01T21:31:00Z");
});

test("on a Sunday and on a Monday no time is offered twice, and none that is over", () => {
  wording.timeZone = "Europe/London";
  expect(said("2026-07-05T12:00:00Z").slice(1)).toEqual(["Tomorrow morning 2026-07-06T08:00:00Z", "Tuesday morning 2026-07-07T08:00:00Z"]);
  expect(said("2026-07-06T12:00:00Z").slice(1)).toEqual(["Tomorrow morning 2026-07-07T08:00:00Z", "Monday morning 2026-07-13T08:00:00Z"]);
});

test("tomorrow is tomorrow where the clocks change in the night", () => {
  wording.timeZone = "Europe/Berlin";
  expect(said("2027-03-27T20:00:00Z")[1]).toBe("Tomorrow morning 2027-03-28T07:00:00Z");
});

test("who is away is offered first, by their own clock", () => {
  wording.timeZone = "Europe/London";
  expect(said("2026-07-03T18:00:00Z", office)[0]).toBe("When Daniel is back 2026-07-06T08:00:00Z");
  expect(said("2026-07-03T06:00:00Z", office)[0]).toBe("When Daniel is back 2026-07-03T08:00:00Z");
  expect(offers(at("2026-07-03T18:00:00Z"), "Daniel", office)[0]?.at).toEqual({ time: "2026-07-06T09:00:00", zone: "Africa/Lagos" });
});

test("who is there is not waited for", () => {
  expect(said("2026-07-03T10:00:00Z", office)).toHaveLength(3);
  expect(said("2026-07-03T10:00:00Z", { ...office, days: [] })).toHaveLength(3);
});

test("a moment is said by the reader's clock", () => {
  wording.timeZone = "Europe/London";
  const now = at("2026-07-01T08:00:00Z");
  const words = (moment: string) => when(at(moment), now).replaceAll("\u202f", " ");
  expect(words("2026-07-01T17:00:00Z")).toMatch(/^Today, (18:00|06:00 PM)$/);
  expect(words("2026-07-02T08:00:00Z")).toMatch(/^Tomorrow, 09:00/);
  expect(words("2026-07-06T08:00:00Z")).toMatch(/^Monday, 09:00/);
  expect(words("2026-12-24T09:00:00Z")).toMatch(/Thu.*24|24.*Thu/);
  expect(words("2027-06-24T09:00:00Z")).toMatch(/2027/);
});

test("the other person's clock is said where it is known and differs", () => {
  wording.timeZone = "Europe/London";
  expect(theirClock(at("2026-01-05T09:00:00Z"), "Daniel", office)).toMatch(/Monday, 10:00.* for Daniel \(Lagos\)/);
  expect(theirClock(at("2026-07-06T09:00:00Z"), "Daniel", office)).toBe("");
  expect(theirClock(at("2026-07-06T09:00:00Z"), "Daniel", null)).toBe("");
});

test.each([
  ["", "09:00", "date"],
  ["2026-07-02", "", "time"],
  ["2026-06-30", "09:00", "date"],
  ["2026-07-01", "09:00", "time"],
  ["2027-07-10", "09:00", "date"],
  ["9999-99-99", "09:00", "date"],
])("of %j and %j the %s is wrong", (date, time, field) => {
  wording.timeZone = "Europe/London";
  expect(objectionTo(date, time, at("2026-07-01T08:00:30Z"))?.field).toBe(field);
});

test("a time that can be taken has nothing against it", () => {
  wording.timeZone = "Europe/London";
  expect(objectionTo("2026-07-01", "09:02", at("2026-07-01T08:00:30Z"))).toBeNull();
});

test("what the clocks leave out is known, and a moment goes back into its fields", () => {
  wording.timeZone = "Europe/Berlin";
  expect(isInGap(typed("2027-03-28", "02:30"))).toBe(true);
  expect(isInGap(typed("2027-03-28", "03:00"))).toBe(false);
  expect(fieldsOf(at("2027-03-28T01:00:00Z"))).toEqual(["2027-03-28", "03:00"]);
});
