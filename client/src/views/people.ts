/** How people are named beside their name. */
import { t } from "../i18n/i18n.svelte.ts";
import { isWithExpert } from "../model/chats.ts";
import { partnerOf, type Shown } from "../model/participants.ts";
import type { PersonCard, Row } from "../protocol/wire.ts";
import type { Face } from "../ui/avatar.ts";

/** In a dialog: that they are not there any more, expert of a course or its expert once, asker of a question, or simply the
 * role. In a group: how many there are. */
export function part(row: Row): string {
  return t(partId(row), { course: row.question?.course.title ?? "", count: row.members_count });
}

/** The text's id; those that begin with `row-` name the course. */
export function partId(row: Row): string {
  const { question } = row;
  const partner = partnerOf(row);
  if (!partner) return "members";
  if (partner.state !== "active") return `state-${partner.state}`;
  if (!question) return `role-${partner.role}`;
  if (!isWithExpert(row)) return "row-question";
  return question.is_expert ? "row-expert" : "row-former-expert";
}

/** The same beside a text: that they are not there any more, else the course alone. */
export function briefPart(row: Row): string {
  const id = partId(row);
  if (id.startsWith("role-")) return "";
  return id === "row-former-expert" || !id.startsWith("row-") ? part(row) : (row.question?.course.title ?? "");
}

/** What stands in the place of a chat's picture, and whether without colour: for somebody who is not there any more. */
export function looksOf(chat: Shown, conversationId: string): { person: Face; isFaded: boolean } {
  const partner = partnerOf(chat);
  const person = { id: partner?.id ?? conversationId, name: chat.title, photo: chat.picture };
  return { person, isFaded: partner !== undefined && partner.state !== "active" };
}

/** Role and department. */
export function post(person: PersonCard): string {
  return [t(`role-${person.role}`), person.department].filter(Boolean).join(" · ");
}
