/** The emoji with their names in a language, loaded when somebody wants more than the six at hand. */
import type { Language } from "../../i18n/languages.ts";

/** An emoji, its name, and more words by which it is found. */
export type Entry = readonly [emoji: string, name: string, words: string];
export type Groups = readonly (readonly [group: string, entries: readonly Entry[]])[];

const NAMES: Record<Language, () => Promise<{ default: string }>> = {
  en: () => import("../../emoji/en.json?raw"),
  ru: () => import("../../emoji/ru.json?raw"),
  ar: () => import("../../emoji/ar.json?raw"),
};

export async function emojiIn(language: Language): Promise<Groups> {
  const { default: text } = await NAMES[language]();
  return Object.entries(JSON.parse(text) as Record<string, Entry[]>);
}

/** Those whose name or words begin with each word of the text, without the groups that have none. */
export function found(groups: Groups, text: string): Groups {
  const wanted = plain(text).split(" ").filter(Boolean);
  if (!text.trim()) return groups;
  const fits = ([emoji, name, words]: Entry): boolean => {
    const said = ` ${plain(`${name} ${words}`)}`;
    return emoji === text.trim() || (wanted.length > 0 && wanted.every((one) => said.includes(` ${one}`)));
  };
  return groups.map(([group, entries]) => [group, entries.filter(fits)] as const).filter(([, entries]) => entries.length > 0);
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
