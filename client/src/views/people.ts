/** How people are named beside their name. */
import { t } from "../i18n/i18n.svelte.ts";
import { isWithExpert } from "../model/chats.ts";
import { ask, path } from "../protocol/http.ts";
import type { People, PersonCard, Row } from "../protocol/wire.ts";
import type { Option } from "../ui/Combobox.svelte";

/** In a chat: expert of a course, asker of a question, or simply the role. */
export function part(row: Row): string {
  if (!row.question) return t(`role-${row.other.role}`);
  const id = isWithExpert(row) ? "row-expert" : "row-question";
  return t(id, { course: row.question.course.title });
}

/** In people search: role and department. */
export function office(person: PersonCard): string {
  return [t(`role-${person.role}`), person.department].filter(Boolean).join(" · ");
}

export interface PersonOption extends Option {
  person: PersonCard;
}

export function asOption(person: PersonCard): PersonOption {
  return { id: person.id, label: person.name, detail: office(person), person };
}

/** Whom I may write to first. */
export async function findPeople(text: string): Promise<PersonOption[]> {
  const found = await ask<People>("GET", path("/people", { q: text, limit: 20 }));
  return found.people.map(asOption);
}
