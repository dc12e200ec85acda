// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import replies from "../../../tests/transport/golden/replies.json";
import { speak, speakWhole, wording } from "../i18n/i18n.svelte.ts";
import type { OfficeHours } from "../protocol/wire.ts";
import { answerDue, cityOf, daysOf, expectedReply, hoursAhead, hoursOf } from "./hours.ts";

const hours = (days: number[]): OfficeHours => ({
  days,
  opens: "09:00",
  closes: "17:00",
  time_zone: "UTC",
  is_open: true,
  reply_hours: 4,
  reply_by: null,
});
const [WINTER, SUMMER] = [new Date("2026-01-05T12:00:00Z"), new Date("2026-07-05T12:00:00Z")];

afterEach(() => {
  wording.language = "en";
});

test.each([
  [[0, 1, 2, 3, 4], "Mon–Fri"],
  [[0, 2, 3, 4], "Mon Wed–Fri"],
  [[5, 6], "Sat Sun"],
  [[2], "Wed"],
])("days %j are %s", (days, said) => {
  expect(daysOf(hours(days)).replaceAll(",", "")).toBe(said);
});

test("days are said in the reader's language", () => {
  wording.language = "ru";
  expect(daysOf(hours([0, 1, 2]))).toBe("пн–ср");
});

test.each([
  ["Africa/Lagos", "Europe/London", WINTER, 1],
  ["Africa/Lagos", "Europe/London", SUMMER, 0],
  ["America/New_York", "UTC", WINTER, -5],
  ["Asia/Kathmandu", "UTC", WINTER, 5.75],
  ["UTC", "UTC", WINTER, 0],
])("%s is ahead of %s at %s by %d hours", (zone, than, at, ahead) => {
  expect(hoursAhead(zone, than, at)).toBe(ahead);
});

test("a zone is named by its city", () => {
  expect(["Asia/Ho_Chi_Minh", "America/Argentina/Buenos_Aires", "UTC"].map(cityOf)).toEqual(["Ho Chi Minh", "Buenos Aires", "UTC"]);
});

test.each(replies.map((one) => [`${one.time_zone} ${one.asked}`, one] as const))(
  "a reply is expected when the server says so: %s",
  (_, { asked, expected, ...office }) => {
    const found = expectedReply(office, Date.parse(asked));
    expect(found && new Date(found).toISOString()).toBe(expected && new Date(expected).toISOString());
  },
);

test("an answer is due within a day where no hours are set, or none ever come", () => {
  const none = { days: [], opens: "09:00", closes: "17:00", time_zone: "UTC", is_open: false, reply_hours: 4, reply_by: null };
  expect(answerDue(null, "2026-03-06T15:00:00Z")).toBe(Date.parse("2026-03-07T15:00:00Z"));
  expect(answerDue(none, "2026-03-06T15:00:00Z")).toBe(Date.parse("2026-03-07T15:00:00Z"));
  expect(answerDue({ ...none, days: [0, 1, 2, 3, 4] }, "2026-03-06T15:00:00Z")).toBe(Date.parse("2026-03-09T11:00:00Z"));
});

test("hours are days and times, as the reader's language has them", async () => {
  await speakWhole();
  expect(hoursOf(hours([0, 1, 2, 3, 4]))).toMatch(/^Mon–Fri, 0?9:00( AM)?–(17:00|0?5:00 PM)$/u);
  await speak("ru");
  expect(hoursOf(hours([0]))).toMatch(/^пн, 09:00–17:00$/u);
  await speak("en");
});
