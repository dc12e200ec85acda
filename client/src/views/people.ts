/** How people are named beside their name. */
import { t } from "../i18n/i18n.svelte.ts";
import { isWithExpert } from "../model/chats.ts";
import { ask, path } from "../protocol/http.ts";
import type { People, PersonCard, Row } from "../protocol/wire.ts";
import type { Choices, Option } from "../ui/Combobox.svelte";

/** In a chat: that they are not there any more, expert of a course or its expert once, asker of a question, or simply the role. */
export function part(row: Row): string {
  return t(partId(row), { course: row.question?.course.title ?? "" });
}

/** The text's id; those that begin with `row-` name the course. */
export function partId(row: Row): string {
  const { other, question } = row;
  if (other.state !== "active") return `state-${other.state}`;
  if (!question) return `role-${other.role}`;
  if (!isWithExpert(row)) return "row-question";
  return question.is_expert ? "row-expert" : "row-former-expert";
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
export async function findPeople(text: string): Promise<Choices<PersonOption>> {
  const found = await ask<People>("GET", path("/people", { q: text, limit: 20 }));
  return { options: found.people.map(asOption), hasMore: found.next !== null };
}
