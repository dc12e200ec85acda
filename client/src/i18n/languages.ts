/** The languages of the client, and the texts of each, which come alone and when they are chosen: those of the first screen, then the others. */
import type { FluentResource } from "@fluent/bundle";

export const LANGUAGES = { en: "English", ar: "العربية", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;

type Catalogue = () => Promise<{ default: FluentResource }>;

const FIRST: Record<Language, Catalogue> = { en: () => import("./en.ftl"), ar: () => import("./ar.ftl"), ru: () => import("./ru.ftl") };
const LATER: Record<Language, Catalogue> = {
  en: () => import("./en.ftl?later"),
  ar: () => import("./ar.ftl?later"),
  ru: () => import("./ru.ftl?later"),
};
const KEPT = "hallway-language";

export function isLanguage(name: string): name is Language {
  return name in LANGUAGES;
}

export async function textsOf(language: Language, isWhole: boolean): Promise<FluentResource[]> {
  const catalogues = isWhole ? [FIRST, LATER] : [FIRST];
  return Promise.all(catalogues.map(async (one) => (await one[language]()).default));
}

/** The language before anybody signed in: the one chosen here before, else the browser's. */
export function usual(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages.map((one) => one.slice(0, 2))];
  return wanted.find(isLanguage) ?? "en";
}

export function keep(language: Language): void {
  localStorage.setItem(KEPT, language);
}
