/** When a mute ends. */
import { hoursAhead } from "../hours.ts";

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
/** In the reader's zone. */
const MORNING = 8;

/** Eight o'clock of the next day in a zone, also where its clocks change in the night before. */
export function nextMorning(now: number, zone: string | undefined): Date {
  const ahead = (at: number) => hoursAhead(zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, "UTC", new Date(at)) * HOUR_MS;
  const today = Math.floor((now + ahead(now)) / DAY_MS) * DAY_MS;
  const morning = today + DAY_MS + MORNING * HOUR_MS;
  return new Date(morning - ahead(morning - ahead(now)));
}
