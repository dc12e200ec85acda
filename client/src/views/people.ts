/** How people are named beside their name. */
import { t } from "../i18n/i18n.svelte.ts";
import { isWithExpert } from "../model/chats.ts";
import type { PersonCard, Row } from "../protocol/wire.ts";

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

/** The same beside a text: that they are not there any more, else the course alone. */
export function briefPart(row: Row): string {
  const id = partId(row);
  if (id.startsWith("role-")) return "";
  return id === "row-former-expert" || !id.startsWith("row-") ? part(row) : (row.question?.course.title ?? "");
}

/** Role and department. */
export function post(person: PersonCard): string {
  return [t(`role-${person.role}`), person.department].filter(Boolean).join(" · ");
}
