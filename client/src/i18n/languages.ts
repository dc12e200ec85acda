/** The languages of the client, and the texts of each, which come alone and when they are chosen. */
import type { FluentResource } from "@fluent/bundle";

export const LANGUAGES = { en: "English", ar: "العربية", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;

const CATALOGUES: Record<Language, () => Promise<{ default: FluentResource }>> = {
  en: () => import("./en.ftl"),
  ar: () => import("./ar.ftl"),
  ru: () => import("./ru.ftl"),
};
const KEPT = "hallway-language";

export function isLanguage(name: string): name is Language {
  return name in LANGUAGES;
}

export async function textsOf(language: Language): Promise<FluentResource> {
  return (await CATALOGUES[language]()).default;
}

/** The language before anybody signed in: the one chosen here before, else the browser's. */
export function usual(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? "", ...navigator.languages.map((one) => one.slice(0, 2))];
  return wanted.find(isLanguage) ?? "en";
}

export function keep(language: Language): void {
  localStorage.setItem(KEPT, language);
}
