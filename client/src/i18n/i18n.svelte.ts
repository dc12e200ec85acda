/** The message catalogue: texts by id with plural rules, and dates in the reader's language and time zone. */
import { FluentBundle } from "@fluent/bundle";
import { keep, textsOf, type Language } from "./languages.ts";

const RIGHT_TO_LEFT: readonly Language[] = ["ar"];

class Wording {
  language = $state<Language>("en");
  timeZone = $state<string | undefined>(undefined);
  bundle = $state.raw(new FluentBundle("en"));
}

export const wording = new Wording();

/** The text with this id, in the chosen language. */
export function t(id: string, values: Record<string, string | number> = {}): string {
  const pattern = wording.bundle.getMessage(id)?.value;
  return pattern ? wording.bundle.formatPattern(pattern, isolated(values)) : id;
}

/** The text with this id where there is one: codes of a newer server may have none yet. */
export function known(id: string, values?: Record<string, string | number>): string | undefined {
  return wording.bundle.hasMessage(id) ? t(id, values) : undefined;
}

/** What stands before and behind one of a text's values, where that is shown as something else, as a link. */
export function around(id: string, value: string): [string, string] {
  const pattern = wording.bundle.getMessage(id)?.value;
  const [before = "", after = ""] = pattern ? wording.bundle.formatPattern(pattern, { [value]: SPOT }).split(SPOT) : [id];
  return [before, after];
}

const SPOT = "\u0000";

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, by number: written out they would turn this line around. */
const [ISOLATE, POP] = [String.fromCodePoint(0x2068), String.fromCodePoint(0x2069)];

const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Names whose direction may differ from the sentence's are set apart, so that neither turns the other around. */
function isolated(values: Record<string, string | number>): Record<string, string | number> {
  const mayTurn = (value: string) => wording.language === "ar" || RIGHT_TO_LEFT_LETTER.test(value);
  const apart = (value: string | number) => (typeof value === "string" && mayTurn(value) ? `${ISOLATE}${value}${POP}` : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, apart(value)]));
}

let wanted: Language = "en";
let isWhole = false;

/** The texts that the first screen does not need come, too, and stay with every language that is chosen from here on. */
export async function speakWhole(): Promise<void> {
  if (isWhole) return;
  isWhole = true;
  await speak(wanted);
}

export async function speak(language: Language): Promise<void> {
  wanted = language;
  const isComplete = isWhole;
  const texts = await textsOf(language, isComplete);
  // Another language was chosen meanwhile, or more texts of this one.
  if (wanted !== language || isWhole !== isComplete) return speak(wanted);
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const one of texts) bundle.addResource(one);
  wording.bundle = bundle;
  wording.language = language;
  keep(language);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
}

/** The chosen language as it is used where the reader lives: 14:32 or 2:32 PM. */
export function locale(): string {
  return navigator.languages.find((one) => one.split("-")[0] === wording.language) ?? wording.language;
}

const FORMS = {
  key: { dateStyle: "short" },
  clock: { hour: "2-digit", minute: "2-digit" },
  full: { dateStyle: "full", timeStyle: "short" },
  long: { dateStyle: "long" },
  weekday: { weekday: "short" },
  date: { day: "numeric", month: "short" },
  dateOfYear: { day: "numeric", month: "short", year: "numeric" },
  heading: { weekday: "long", day: "numeric", month: "long" },
  headingOfYear: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a formatter takes far longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(moment: Date, form: keyof typeof FORMS, language = locale()): string {
  const { timeZone } = wording;
  const name = `${form} ${language} ${timeZone}`;
  const made = formatters.get(name) ?? new Intl.DateTimeFormat(language, { ...(timeZone ? { timeZone } : {}), ...FORMS[form] });
  formatters.set(name, made);
  return made.format(moment);
}

/** The day of each quarter of an hour that was asked for, by zone: no zone's day begins between two quarters. */
const days: Record<string, Map<number, string>> = {};

/** A day as a text that can be compared, in the reader's time zone. A long history asks for thousands at a time. */
export function dayOf(iso: string | Date): string {
  const moment = new Date(iso);
  const quarter = Math.floor(moment.getTime() / 900_000);
  const known = (days[wording.timeZone ?? ""] ??= new Map());
  const day = known.get(quarter) ?? format(moment, "key", "en-CA");
  known.set(quarter, day);
  return day;
}

export function clock(iso: string): string {
  return format(new Date(iso), "clock");
}

/** What a clock in another time zone says. */
export function clockIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat(locale(), { ...FORMS.clock, timeZone }).format(moment);
}

export function longDate(iso: string): string {
  return format(new Date(iso), "long");
}

export function fullDate(iso: string): string {
  return format(new Date(iso), "full");
}

function daysAgo(iso: string): number {
  return Math.round((Date.parse(dayOf(new Date())) - Date.parse(dayOf(iso))) / 86_400_000);
}

function isThisYear(iso: string): boolean {
  return dayOf(iso).slice(0, 4) === dayOf(new Date()).slice(0, 4);
}

/** The heading of a day in a chat. */
export function dayHeading(iso: string): string {
  const ago = daysAgo(iso);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return format(new Date(iso), isThisYear(iso) ? "heading" : "headingOfYear");
}

/** When, in a line of the list: the time of today, the weekday of this week, else the date. */
export function shortWhen(iso: string): string {
  const ago = daysAgo(iso);
  if (ago === 0) return clock(iso);
  if (ago < 7) return format(new Date(iso), "weekday");
  return format(new Date(iso), isThisYear(iso) ? "date" : "dateOfYear");
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** Several things in a row: Maya, Daniel and Grace. */
export function list(parts: readonly string[]): string {
  return new Intl.ListFormat(locale()).format(parts);
}

const UNITS = [
  ["day", 1440],
  ["hour", 60],
  ["minute", 1],
] as const;

/** How long ago, in one short unit: 12 min, 6 hr, 3 days. */
export function since(iso: string, now: number): string {
  const minutes = Math.max(1, Math.floor((now - Date.parse(iso)) / 60_000));
  const [unit, size] = UNITS.find(([, size]) => minutes >= size) ?? UNITS[2];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short" }).format(Math.floor(minutes / size));
}
