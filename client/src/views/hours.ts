/** When somebody answers, in the reader's language, and what their clock says beside the reader's. */
import { clockIn, t, wording } from "../i18n/i18n.svelte.ts";
import type { OfficeHours } from "../protocol/wire.ts";

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
const HOUR = 60;
const MINUTE = 60_000;
/** Days that are looked through, as the server does. */
const LONGEST = 400;

/** "Mon–Fri, 09:00–17:00", as their own clock says it. */
export function hoursOf(office: OfficeHours): string {
  return t("office-times", { days: daysOf(office), times: `${clockAt(office.opens)}–${clockAt(office.closes)}` });
}

function clockAt(time: string): string {
  return clockIn("UTC", new Date(`2024-01-01T${time}Z`));
}

/** "Mon–Fri", or "Mon, Wed–Fri": days that follow each other as one. */
export function daysOf({ days }: OfficeHours): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const named = runs.flatMap((run) => (run.length > 2 ? [`${dayName(run[0])}–${dayName(run.at(-1))}`] : run.map((day) => dayName(day))));
  return new Intl.ListFormat(wording.language, { type: "unit", style: "narrow" }).format(named);
}

/** The name of a day of the week; Monday is 0. */
export function dayName(day = 0, weekday: "short" | "long" = "short"): string {
  return new Intl.DateTimeFormat(wording.language, { weekday, timeZone: "UTC" }).format(MONDAY + day * DAY);
}

/** The city of a zone, as its name has it: "Asia/Ho_Chi_Minh" is "Ho Chi Minh". */
export function cityOf(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

/** Hours, also halves and quarters, by which the first zone's clock is ahead of the other's at a moment. */
export function hoursAhead(zone: string, than: string | undefined, at: Date): number {
  return (offsetOf(zone, at) - offsetOf(than, at)) / HOUR;
}

/** Making a formatter takes far longer than using it. */
const zones = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string | undefined): Intl.DateTimeFormat {
  const made = zones.get(zone ?? "") ?? formatFor(zone);
  zones.set(zone ?? "", made);
  return made;
}

/** For a zone that this browser does not know (yet) it is UTC, as on the server. */
function formatFor(zone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en", { timeZoneName: "longOffset", ...(zone ? { timeZone: zone } : {}) });
  } catch {
    return formatFor("UTC");
  }
}

/** Minutes ahead of UTC. */
function offsetOf(zone: string | undefined, at: Date): number {
  const name =
    formatOf(zone)
      .formatToParts(at)
      .find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes));
}

/** When so many office hours will have gone by since a question; null when that takes more than a year. The server's
 * `expected_reply` says the same: both read the same cases. */
export function expectedReply(
  office: Pick<OfficeHours, "days" | "opens" | "closes" | "reply_hours" | "time_zone">,
  asked: number,
): number | null {
  let left = office.reply_hours * HOUR * MINUTE;
  let day = Math.floor((asked + offsetOf(office.time_zone, new Date(asked)) * MINUTE) / DAY) * DAY;
  for (let looked = 0; looked < LONGEST; looked += 1, day += DAY) {
    if (!office.days.includes(weekdayOf(day))) continue;
    const begins = Math.max(asked, momentOf(day, office.opens, office.time_zone));
    const span = momentOf(day, office.closes, office.time_zone) - begins;
    if (span <= 0) continue;
    if (left <= span) return begins + left;
    left -= span;
  }
  return null;
}

/** From Monday, 0. */
function weekdayOf(day: number): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/** The moment at which a clock shows this; the first of two, and as before the change where the clocks leave it out. */
function momentOf(day: number, time: string, zone: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const shown = day + (hours * HOUR + minutes) * MINUTE;
  const [before, after] = [shown - DAY, shown + DAY].map((at) => shown - offsetOf(zone, new Date(at)) * MINUTE) as [number, number];
  const isBefore = shown - offsetOf(zone, new Date(before)) * MINUTE === before;
  const isAfter = shown - offsetOf(zone, new Date(after)) * MINUTE === after;
  return isBefore || !isAfter ? before : after;
}

/** By when whoever waits since then may expect an answer: within a day, where no office hours are set. */
export function answerDue(office: OfficeHours | null, since: string): number {
  const asked = Date.parse(since);
  return (office && expectedReply(office, asked)) ?? asked + DAY;
}
