/** When a message may be sent later: what is offered, and the moment at which a clock shows a time. */
import { clock, clockIn, dayOf, t, wording } from "../../../i18n/i18n.svelte.ts";
import type { LocalTime, OfficeHours } from "../../../protocol/wire.ts";
import { cityOf, dayName, hoursAhead } from "../../hours.ts";

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];
const MORNING = "09:00";
/** The server takes a minute; so much is left for choosing. */
const LEAST_AHEAD = MINUTE;
const MOST_AHEAD = 366 * DAY;

export interface Offer {
  label: string;
  at: string | LocalTime;
  /** In milliseconds, as the server will answer it. */
  moment: number;
}

/** The reader's zone. */
export function ownZone(): string {
  return wording.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What is offered for a chat now: when its person is back, if that is known and not now, then three times. */
export function offers(now: number, name: string, office: OfficeHours | null): Offer[] {
  const back = office && backAt(office, now);
  return [...(back ? [offer(t("later-back", { name }), back)] : []), ...usual(now)];
}

function usual(now: number): Offer[] {
  const today = localDay(now, ownZone());
  const weekday = weekdayOf(today);
  const tomorrow = offer(t("later-tomorrow"), own(today + DAY, MORNING));
  // On a Sunday, tomorrow is Monday.
  const ahead = weekday === 6 ? 2 : 7 - weekday;
  const other = offer(t("later-morning", { day: dayName(weekday === 6 ? 1 : 0, "long") }), own(today + ahead * DAY, MORNING));
  return [soon(now, today), tomorrow, other];
}

/** Later today: this afternoon, this evening, or in an hour when it is evening already. */
function soon(now: number, today: number): Offer {
  const [afternoon, evening] = [offer(t("later-afternoon"), own(today, "14:00")), offer(t("later-evening"), own(today, "18:00"))];
  if (afternoon.moment - now >= 2 * HOUR) return afternoon;
  if (evening.moment - now >= HOUR) return evening;
  const moment = Math.ceil((now + HOUR) / MINUTE) * MINUTE;
  return { label: t("later-hour"), at: new Date(moment).toISOString(), moment };
}

/** The next beginning of their office hours, by their clock; null while they are there, and where there is none. */
function backAt(office: OfficeHours, now: number): LocalTime | null {
  const today = localDay(now, office.time_zone);
  for (let day = today; day <= today + 7 * DAY; day += DAY) {
    if (!office.days.includes(weekdayOf(day))) continue;
    const [opens, closes] = [office.opens, office.closes].map((time) => clockTime(day, time, office.time_zone));
    if (!opens || !closes) return null;
    if (momentOf(opens) <= now && now < momentOf(closes)) return null;
    if (momentOf(opens) >= now + LEAST_AHEAD) return opens;
  }
  return null;
}

function offer(label: string, at: LocalTime): Offer {
  return { label, at, moment: momentOf(at) };
}

function own(day: number, time: string): LocalTime {
  return clockTime(day, time, ownZone());
}

/** `day` is midnight in UTC of the day that is meant. */
function clockTime(day: number, time: string, zone: string): LocalTime {
  return { time: `${new Date(day).toISOString().slice(0, 10)}T${time.slice(0, 5)}:00`, zone };
}

/** Midnight in UTC of the day that it is in a zone. */
function localDay(moment: number, zone: string): number {
  return Math.floor((moment + aheadAt(zone, moment)) / DAY) * DAY;
}

/** From Monday, 0. */
function weekdayOf(day: number): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

function aheadAt(zone: string, moment: number): number {
  return hoursAhead(zone, "UTC", new Date(moment)) * HOUR;
}

/** The moment at which a clock shows this: of two the first; where the clocks leave it out, when they go on; NaN for no time. The server's
 * `moment_of` says the same: both read the same cases. */
export function momentOf({ time, zone }: LocalTime): number {
  const shown = Date.parse(`${time}Z`);
  if (Number.isNaN(shown)) return NaN;
  const [earlier, later] = [shown - aheadAt(zone, shown - DAY), shown - aheadAt(zone, shown + DAY)];
  for (const moment of [Math.min(earlier, later), Math.max(earlier, later)]) {
    if (moment + aheadAt(zone, moment) === shown) return moment;
  }
  return endOfGap(zone, later, earlier);
}

/** The second at which the clocks of a zone were put forward, between two moments around it. */
function endOfGap(zone: string, before: number, after: number): number {
  const ahead = aheadAt(zone, after);
  while (after - before > SECOND) {
    const middle = before + Math.floor((after - before) / 2 / SECOND) * SECOND || before + SECOND;
    if (aheadAt(zone, middle) === ahead) after = middle;
    else before = middle;
  }
  return after;
}

/** What is wrong with a date and a time that were typed; nothing when they can be taken. */
export function objectionTo(date: string, time: string, now: number): { field: "date" | "time"; text: string } | null {
  if (!date) return { field: "date", text: t("later-no-date") };
  if (!time) return { field: "time", text: t("later-no-time") };
  const moment = momentOf(typed(date, time));
  if (Number.isNaN(moment) || moment > now + MOST_AHEAD) return { field: "date", text: t("later-too-far") };
  if (moment >= now + LEAST_AHEAD) return null;
  return dayOf(new Date(moment)) < dayOf(new Date(now))
    ? { field: "date", text: t("later-past") }
    : { field: "time", text: t("later-past") };
}

export function typed(date: string, time: string): LocalTime {
  return { time: `${date}T${time.slice(0, 5)}:00`, zone: ownZone() };
}

/** Whether the clocks leave out what was typed, so that the message goes when they go on. */
export function isInGap(at: LocalTime): boolean {
  const moment = momentOf(at);
  return moment + aheadAt(at.zone, moment) !== Date.parse(`${at.time}Z`);
}

/** A moment as date and time of the reader's clock, for fields. */
export function fieldsOf(moment: number): [date: string, time: string] {
  const shown = new Date(moment + aheadAt(ownZone(), moment)).toISOString();
  return [shown.slice(0, 10), shown.slice(11, 16)];
}

/** A moment in few words: today and tomorrow by name, within a week its weekday, else the date; always with the clock. */
export function when(moment: number, now: number): string {
  const days = Math.round((Date.parse(dayOf(new Date(moment))) - Date.parse(dayOf(new Date(now)))) / DAY);
  const at = clock(new Date(moment).toISOString());
  if (days === 0) return t("later-today-at", { time: at });
  if (days === 1) return t("later-tomorrow-at", { time: at });
  return t("later-day-at", { day: dayIn(moment, ownZone(), days > 1 && days < 7, days > 300), time: at });
}

function dayIn(moment: number, timeZone: string, isNear: boolean, isFar: boolean): string {
  const form: Intl.DateTimeFormatOptions = isNear
    ? { weekday: "long" }
    : { weekday: "short", day: "numeric", month: "short", ...(isFar ? { year: "numeric" } : {}) };
  return new Intl.DateTimeFormat(document.documentElement.lang || wording.language, { ...form, timeZone }).format(moment);
}

/** What the other person's clock says then; nothing where it is not known or says the same. */
export function theirClock(moment: number, name: string, office: OfficeHours | null): string {
  if (!office || aheadAt(office.time_zone, moment) === aheadAt(ownZone(), moment)) return "";
  const day = dayIn(moment, office.time_zone, true, false);
  return t("later-for-them", { time: clockIn(office.time_zone, new Date(moment)), day, name, city: cityOf(office.time_zone) });
}
