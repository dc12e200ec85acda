/** The message catalogue: texts by id with plural rules, and dates in the reader's language and time zone. */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import english from "./en.ftl?raw";

export const LANGUAGES = { en: "English", ar: "العربية", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;

const RIGHT_TO_LEFT: readonly Language[] = ["ar"];
const KEPT = "hallway-language";

function bundleOf(language: Language, text: string): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(text));
  return bundle;
}

const fallback = bundleOf("en", english);

class Wording {
  language = $state<Language>("en");
  timeZone = $state<string | undefined>(undefined);
  bundle = $state.raw(fallback);
}

export const wording = new Wording();

/** The text with this id, in the chosen language. */
export function t(id: string, values: Record<string, string | number> = {}): string {
  const bundle = wording.bundle.hasMessage(id) ? wording.bundle : fallback;
  const pattern = bundle.getMessage(id)?.value;
  return pattern ? bundle.formatPattern(pattern, isolated(values)) : id;
}

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, by number: written out they would turn this line around. */
const [ISOLATE, POP] = [String.fromCodePoint(0x2068), String.fromCodePoint(0x2069)];

const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Names whose direction may differ from the sentence's are set apart, so that neither turns the other around. */
function isolated(values: Record<string, string | number>): Record<string, string | number> {
  const mayTurn = (value: string) => wording.language === "ar" || RIGHT_TO_LEFT_LETTER.test(value);
  const apart = (value: string | number) => (typeof value === "string" && mayTurn(value) ? `${ISOLATE}${value}${POP}` : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, apart(value)]));
}

export async function speak(language: Language): Promise<void> {
  const texts = { en: async () => english, ar: async () => (await import("./ar.ftl?raw")).default, ru: async () => (await import("./ru.ftl?raw")).default };
  wording.bundle = bundleOf(language, await texts[language]());
  wording.language = language;
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
}

export function isLanguage(name: string): name is Language {
  return name in LANGUAGES;
}

/** The language before anybody signed in: the one chosen here before, else the browser's. */
export function usual(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages.map((one) => one.slice(0, 2))];
  return wanted.find(isLanguage) ?? "en";
}

/** The chosen language as it is used where the reader lives: 14:32 or 2:32 PM. */
function locale(): string {
  return navigator.languages.find((one) => one.split("-")[0] === wording.language) ?? wording.language;
}

/** Making a formatter takes far longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const chosen = { ...(wording.timeZone ? { timeZone: wording.timeZone } : {}), ...options };
  const name = JSON.stringify([language, chosen]);
  const made = formatters.get(name) ?? new Intl.DateTimeFormat(language, chosen);
  formatters.set(name, made);
  return made;
}

function format(moment: Date, options: Intl.DateTimeFormatOptions): string {
  return formatter(locale(), options).format(moment);
}

/** A day as a text that can be compared, in the reader's time zone. */
export function dayOf(iso: string | Date): string {
  return formatter("en-CA", { dateStyle: "short" }).format(new Date(iso));
}

export function clock(iso: string): string {
  return format(new Date(iso), { hour: "2-digit", minute: "2-digit" });
}

export function fullDate(iso: string): string {
  return format(new Date(iso), { dateStyle: "full", timeStyle: "short" });
}

function daysAgo(iso: string): number {
  return Math.round((Date.parse(dayOf(new Date())) - Date.parse(dayOf(iso))) / 86_400_000);
}

/** The heading of a day in a chat. */
export function dayHeading(iso: string): string {
  const ago = daysAgo(iso);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  const isThisYear = dayOf(iso).slice(0, 4) === dayOf(new Date()).slice(0, 4);
  return format(new Date(iso), { weekday: "long", day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) });
}

/** When, in a line of the list: the time of today, the weekday of this week, else the date. */
export function shortWhen(iso: string): string {
  const ago = daysAgo(iso);
  if (ago === 0) return clock(iso);
  if (ago < 7) return format(new Date(iso), { weekday: "short" });
  const isThisYear = dayOf(iso).slice(0, 4) === dayOf(new Date()).slice(0, 4);
  return format(new Date(iso), { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) });
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}
