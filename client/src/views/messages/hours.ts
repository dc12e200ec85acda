/** When somebody answers, in the reader's language, and what their clock says beside the reader's. */
import { wording } from "../../i18n/i18n.svelte.ts";
import type { OfficeHours } from "../../protocol/wire.ts";

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
const HOUR = 60;

/** "Mon–Fri", or "Mon, Wed–Fri": days that follow each other as one. */
export function daysOf({ days }: OfficeHours): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const named = runs.flatMap((run) => (run.length > 2 ? [`${nameOf(run[0])}–${nameOf(run.at(-1))}`] : run.map(nameOf)));
  return new Intl.ListFormat(wording.language, { type: "unit", style: "narrow" }).format(named);
}

function nameOf(day = 0): string {
  return new Intl.DateTimeFormat(wording.language, { weekday: "short", timeZone: "UTC" }).format(MONDAY + day * DAY);
}

/** The city of a zone, as its name has it: "Asia/Ho_Chi_Minh" is "Ho Chi Minh". */
export function cityOf(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

/** Hours, also halves and quarters, by which the first zone's clock is ahead of the other's at a moment. */
export function hoursAhead(zone: string, than: string | undefined, at: Date): number {
  return (offsetOf(zone, at) - offsetOf(than, at)) / HOUR;
}

/** Minutes ahead of UTC. */
function offsetOf(zone: string | undefined, at: Date): number {
  const name = new Intl.DateTimeFormat("en", { timeZoneName: "longOffset", ...(zone ? { timeZone: zone } : {}) }).formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes));
}
