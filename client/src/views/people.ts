/** How people are named beside their name. */
import { t } from "../i18n/i18n.svelte.ts";
import type { PersonCard, Row } from "../protocol/wire.ts";

/** In a chat: expert of a course, asker of a question, or simply the role. */
export function part(row: Row): string {
  if (!row.question) return t(`role-${row.other.role}`);
  const id = row.question.expert_id === row.other.id ? "row-expert" : "row-question";
  return t(id, { course: row.question.course.title });
}

/** In people search: role and department. */
export function office(person: PersonCard): string {
  return [t(`role-${person.role}`), person.department].filter(Boolean).join(" · ");
}

/** A name in three parts, the middle one being what was looked for; case and accents do not matter. */
export function marked(name: string, text: string): [string, string, string] {
  const fold = (one: string) => one.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const wanted = fold(text.trim());
  for (let at = 0; wanted && at < name.length; at += 1) {
    const isStart = at === 0 || name[at - 1] === " ";
    for (let end = at + 1; isStart && end <= name.length; end += 1) {
      if (fold(name.slice(at, end)) === wanted) return [name.slice(0, at), name.slice(at, end), name.slice(end)];
    }
  }
  return [name, "", ""];
}
